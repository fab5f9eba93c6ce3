import { once } from 'node:events';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { captureOf } from '../support/captures.ts';
import { runCli } from '../support/cli.ts';
import { answering, selfSignedCertificate, startRawServer } from '../support/misbehaving.ts';
import { freePort, startReceiver } from '../support/receiver.ts';

/** Replays one event and gives its delivery. */
async function replayOne(target: string | number, ...flags: string[]) {
  const result = await runCli(['replay', '-', '--json', '--to', String(target), ...flags], {
    stdin: captureOf(1),
  });
  const [delivery = {}] = result.jsonLines;
  return { ...result, delivery };
}

const HEAD = 'HTTP/1.1 200 OK\r\n';

test.each([
  ['never answers', () => {}, 'timeout-headers', undefined, 1],
  ['sends its headers one byte at a time', answering(dripHead), 'timeout-headers', undefined, 1],
  [
    'stops in the middle of the body',
    answering((s) => s.write(`${HEAD}Content-Length: 9\r\n\r\n{`)),
    'timeout-body',
    200,
    1,
  ],
  ['sends its body a byte at a time', answering(dripBody), 'timeout-body', 200, 1],
  [
    'closes in the middle of the body',
    answering((s) => s.end(`${HEAD}Content-Length: 9\r\n\r\n{`)),
    'incomplete-answer',
    200,
    1,
  ],
  ['closes without an answer', answering((s) => s.end()), 'closed', undefined, 1],
  ['resets the connection', answering((s) => s.resetAndDestroy()), 'closed', undefined, 1],
  ['does not speak HTTP', answering((s) => s.end('SSH-2.0-OpenSSH_9.6\r\n')), 'not-http', undefined, 1],
] as const)('names the fault of a target that %s', async (_name, talk, failure, httpStatus, code) => {
  const port = await startRawServer(talk);
  const result = await replayOne(port, '--timeout', '150ms');
  expect(result.delivery).toMatchObject({ outcome: 'unreachable', failure });
  expect(result.delivery.httpStatus).toBe(httpStatus);
  expect(result.code).toBe(code);
});

function dripHead(socket: NodeJS.WritableStream & { destroyed?: boolean }): void {
  drip(socket, `${HEAD}X-Long: ${'a'.repeat(1000)}`);
}

function dripBody(socket: NodeJS.WritableStream & { destroyed?: boolean }): void {
  socket.write(`${HEAD}Content-Length: 1000\r\n\r\n`);
  drip(socket, ' '.repeat(1000));
}

function drip(socket: NodeJS.WritableStream & { destroyed?: boolean }, text: string): void {
  let at = 0;
  const timer = setInterval(() => {
    if (socket.destroyed || at >= text.length) return clearInterval(timer);
    socket.write(text.charAt(at));
    at += 1;
  }, 20);
}

test('an answer that comes after the time-out is none', async () => {
  const late: (() => void)[] = [];
  const receiver = await startReceiver((response) => late.push(() => response.end('{"status":"ok"}')));
  const { delivery } = await replayOne(receiver.url, '--timeout', '100ms');
  for (const answer of late) answer();
  expect(delivery).toMatchObject({ outcome: 'unreachable', failure: 'timeout-headers' });
});

test('a TLS handshake that never ends is a time-out of the connection', async () => {
  const port = await startRawServer(() => {});
  const { delivery, code } = await replayOne(`https://localhost:${port}`, '--timeout', '150ms');
  expect(delivery).toMatchObject({ outcome: 'unreachable', failure: 'timeout-connect' });
  expect(code).toBe(3);
});

test('an answer of 10 MB is judged by its status, and its beginning is kept', async () => {
  const receiver = await startReceiver((response) => {
    response.statusCode = 400;
    response.end(Buffer.alloc(10 * 1024 * 1024, 'x'));
  });
  const { delivery } = await replayOne(receiver.url);
  expect(delivery).toMatchObject({ outcome: 'refused', httpStatus: 400 });
  expect(String(delivery.responseBody)).toHaveLength(2048);
});

test('a redirect is refused, not followed, and said where it leads', async () => {
  const receiver = await startReceiver((response) => response.writeHead(301, { location: '/again' }).end());
  const { delivery, code } = await replayOne(receiver.url);
  expect(delivery).toMatchObject({ outcome: 'refused', httpStatus: 301 });
  expect(delivery.reason).toContain('/again');
  expect(receiver.requests).toHaveLength(1);
  expect(code).toBe(1);
});

test('an HTTP/1.0 server that ends its answer by closing is understood', async () => {
  const port = await startRawServer(
    answering((socket) => socket.end('HTTP/1.0 200 OK\r\n\r\n{"status":"ok"}')),
  );
  expect((await replayOne(port)).delivery).toMatchObject({ outcome: 'accepted', httpStatus: 200 });
});

test('a server that listens on IPv6 only is reached by its address', async () => {
  const port = await startRawServer(
    answering((s) => s.end(`${HEAD}Content-Length: 0\r\n\r\n`)),
    '::1',
  );
  expect((await replayOne(`http://[::1]:${port}/`)).delivery).toMatchObject({ outcome: 'accepted' });
});

test('where nothing listens it says which address families were tried, and exits 3', async () => {
  const port = await freePort();
  const { delivery, code } = await replayOne(`http://127.0.0.1:${port}`);
  expect(delivery).toMatchObject({ outcome: 'unreachable', failure: 'connection-refused' });
  expect(delivery.reason).toContain('IPv4');
  expect(code).toBe(3);
});

test('a name that does not exist is said so', async () => {
  const { delivery, code } = await replayOne('http://handler.invalid/', '--yes');
  expect(delivery).toMatchObject({ outcome: 'unreachable', failure: 'name-not-found' });
  expect(code).toBe(3);
});

test('a self-signed certificate is refused, and trusted with --insecure or --ca', async () => {
  const { key, cert, file } = selfSignedCertificate();
  const server = createHttpsServer({ key, cert }, (request, response) => {
    request.resume().on('end', () => response.end('{"status":"ok"}'));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const target = `https://127.0.0.1:${port}/hook`;
  const untrusted = await replayOne(target);
  const insecure = await replayOne(target, '--insecure');
  const named = await replayOne(target, '--ca', file);
  const plain = await replayOne(`http://127.0.0.1:${port}/hook`);
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
  expect(untrusted.delivery).toMatchObject({ outcome: 'unreachable', failure: 'certificate' });
  expect(untrusted.delivery.reason).toMatch(/--ca.*--insecure/);
  expect(insecure.delivery).toMatchObject({ outcome: 'accepted' });
  expect(named.delivery).toMatchObject({ outcome: 'accepted' });
  expect(plain.delivery).toMatchObject({ outcome: 'unreachable' });
  expect(plain.delivery.reason).toContain('https://');
});

test('a server without TLS on an https URL is said to be one', async () => {
  const receiver = await startReceiver();
  const { delivery } = await replayOne(`https://127.0.0.1:${receiver.port}/`);
  expect(delivery).toMatchObject({ outcome: 'unreachable', failure: 'tls' });
  expect(delivery.reason).toContain('http://');
});
