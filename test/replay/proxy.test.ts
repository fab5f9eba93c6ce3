import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, connect, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { isInBlock } from '../../src/domain/delivery/address-block.ts';
import { proxyFor } from '../../src/domain/delivery/proxy.ts';
import { deliver } from '../../src/index.ts';
import { captureOf } from '../support/captures.ts';
import { runCli } from '../support/cli.ts';
import { selfSignedCertificate, startRawServer } from '../support/misbehaving.ts';
import { freePort, startReceiver } from '../support/receiver.ts';

/** A target that is not this machine, and that no resolver knows: only a proxy can lead there. */
const ELSEWHERE = 'http://handler.invalid/hook';

/** Replays one event to a target that is not this machine. */
async function replayThrough(variables: Record<string, string>, target = ELSEWHERE, ...flags: string[]) {
  const argv = ['replay', '-', '--json', '--yes', '--to', target, ...flags];
  const result = await runCli(argv, { stdin: captureOf(1), variables });
  return { ...result, delivery: result.jsonLines[0] ?? {} };
}

async function listen(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => sockets.add(socket.on('error', () => {})));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** A proxy that answers what it is asked for itself, and leads each tunnel to a port of this machine. */
async function startProxy(tunnelTo = 0, tunnelHead = 'HTTP/1.1 200 OK\r\n\r\n') {
  const asked: string[] = [];
  const server = createHttpServer((request, response) => {
    asked.push(`${request.url} ${request.headers['proxy-authorization'] ?? ''}`.trim());
    request.resume().on('end', () => response.writeContinue());
    request.on('end', () => response.end('{}'));
  });
  server.on('connect', (request, socket: Socket) => {
    asked.push(`CONNECT ${request.url}`);
    socket.write(tunnelHead);
    socket.on('error', () => {});
    socket.pipe(connect(tunnelTo, '127.0.0.1').on('error', () => {})).pipe(socket);
  });
  return { port: await listen(server), asked };
}

test('a delivery to this machine goes through no proxy, however the target is spelled', async () => {
  const receiver = await startReceiver();
  const proxy = await startProxy();
  const named = `http://127.0.0.1:${proxy.port}`;
  const variables = { http_proxy: named, HTTP_PROXY: named, ALL_PROXY: named, all_proxy: named };
  for (const host of ['localhost', '127.0.0.1', '127.1', 'my.localhost']) {
    const { code } = await replayThrough(variables, `http://${host}:${receiver.port}/`);
    expect(code).toBe(0);
  }
  expect(receiver.requests).toHaveLength(4);
  expect(proxy.asked).toEqual([]);
});

test('another target goes through the proxy, which is said; interim answers of it are dropped', async () => {
  const proxy = await startProxy();
  const HTTP_PROXY = `http://user:pa55word@127.0.0.1:${proxy.port}`;
  const { code, delivery, stderr } = await replayThrough({ HTTP_PROXY });
  expect(code).toBe(0);
  expect(delivery).toMatchObject({ outcome: 'accepted', httpStatus: 200 });
  expect(proxy.asked).toEqual([`${ELSEWHERE} Basic dXNlcjpwYTU1d29yZA==`]);
  expect(stderr).toMatch(/through the proxy .*HTTP_PROXY/);
  expect(stderr).not.toContain('pa55word');
});

test('a target with TLS is reached by a tunnel, and interim answers inside and before it are dropped', async () => {
  const { key, cert } = selfSignedCertificate();
  const server = createTlsServer({ key, cert }, (socket) => {
    socket.on('error', () => {});
    socket.once('data', () =>
      socket.write('HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'),
    );
  });
  const proxy = await startProxy(
    await listen(server),
    'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\n',
  );
  const variables = { https_proxy: `http://127.0.0.1:${proxy.port}` };
  const target = 'https://handler.invalid/hook';
  expect((await replayThrough(variables, target, '--insecure')).delivery).toMatchObject({
    outcome: 'accepted',
  });
  const untrusted = await replayThrough(variables, target);
  expect(untrusted.delivery).toMatchObject({ outcome: 'unreachable', failure: 'certificate' });
  expect(untrusted.delivery.reason).toContain('handler.invalid');
  expect(proxy.asked).toEqual(['CONNECT handler.invalid:443', 'CONNECT handler.invalid:443']);
});

test.each(['http://handler.invalid/', 'https://handler.invalid/'])(
  'a proxy that is down is told as the proxy, with its variable and the way out: %s',
  async (target) => {
    const port = await freePort();
    const { code, delivery } = await replayThrough(
      { ALL_PROXY: `http://me:pa55word@127.0.0.1:${port}` },
      target,
    );
    expect(delivery).toMatchObject({ outcome: 'unreachable', failure: 'proxy' });
    expect(delivery.reason).toMatch(new RegExp(`port ${port} of 127.0.0.1.*the proxy .*ALL_PROXY`));
    expect(delivery.reason).toContain('NO_PROXY=handler.invalid');
    expect(delivery.reason).not.toMatch(/start the handler|pa55word/);
    expect(code).toBe(3);
  },
);

test('a proxy whose name does not exist is not taken for a target without a name', async () => {
  const { delivery } = await replayThrough({ http_proxy: 'http://proxy.invalid:8080' });
  expect(delivery).toMatchObject({ failure: 'proxy' });
  expect(delivery.reason).toMatch(/the name proxy\.invalid .*http_proxy/);
});

test.each([
  [403, 'https://handler.invalid/', 'unreachable', 'proxy', 3],
  [407, 'https://handler.invalid/', 'unreachable', 'proxy', 3],
  [407, ELSEWHERE, 'unreachable', 'proxy', 3],
  [403, ELSEWHERE, 'refused', undefined, 1],
] as const)('a proxy that answers %d for %s is named', async (status, target, outcome, failure, expected) => {
  const port = await startRawServer((socket) => {
    socket.once('data', () => socket.end(`HTTP/1.1 ${status} No\r\nContent-Length: 0\r\n\r\n`));
  });
  const variables = { ALL_PROXY: `127.0.0.1:${port}` };
  const { code, delivery } = await replayThrough(variables, target);
  expect(delivery).toMatchObject({ outcome });
  expect(delivery.failure).toBe(failure);
  expect(delivery.reason).toMatch(/the proxy http:\/\/127\.0\.0\.1.*ALL_PROXY.*NO_PROXY=handler\.invalid/);
  expect(code).toBe(expected);
});

test.each(['http://api.callbell.eu', 'https://CALLBELL.eu.:8080', 'socks5://127.0.0.1:1', 'http://'])(
  'the proxy %s is refused',
  async (ALL_PROXY) => {
    const { code, stdout, stderr } = await replayThrough({ ALL_PROXY });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('ALL_PROXY');
  },
);

test('the library refuses Callbell as a proxy', async () => {
  const event = { source: 'test', bytes: Buffer.from('{}') };
  const options = { url: new URL(ELSEWHERE), proxy: new URL('http://api.callbell.eu') };
  await expect(deliver(event, options)).rejects.toMatchObject({ code: 'usage' });
});

test.each([
  ['http://a.example/', { HTTP_PROXY: 'p' }, 'HTTP_PROXY'],
  ['http://a.example/', { HTTP_PROXY: 'p', http_proxy: 'q' }, 'http_proxy'],
  ['https://a.example/', { HTTP_PROXY: 'p' }, undefined],
  ['https://a.example/', { ALL_PROXY: 'p' }, 'ALL_PROXY'],
  ['http://a.example/', { HTTP_PROXY: 'p', NO_PROXY: '*' }, undefined],
  ['http://a.example/', { HTTP_PROXY: 'p', NO_PROXY: '.example' }, undefined],
  ['http://a.example/', { HTTP_PROXY: 'p', NO_PROXY: 'a.example:8080' }, 'HTTP_PROXY'],
  ['http://a.example:8080/', { HTTP_PROXY: 'p', NO_PROXY: 'b, a.example:8080' }, undefined],
  ['http://[2001:db8::1]:3000/', { HTTP_PROXY: 'p', NO_PROXY: '2001:db8::1' }, undefined],
  ['http://notexample/', { HTTP_PROXY: 'p', NO_PROXY: 'example' }, 'HTTP_PROXY'],
  ['http://192.0.2.9/', { HTTP_PROXY: 'p', NO_PROXY: '10.0.0.0/8 192.0.2.0/24' }, undefined],
  ['http://192.0.3.9/', { HTTP_PROXY: 'p', NO_PROXY: '192.0.2.0/24' }, 'HTTP_PROXY'],
  ['http://[2001:db8:1::9]/', { HTTP_PROXY: 'p', NO_PROXY: '2001:db8::/32' }, undefined],
  ['http://[::1]:3000/', { HTTP_PROXY: 'p' }, undefined],
  ['http://127.7.7.7/', { ALL_PROXY: 'p' }, undefined],
  ['https://app.localhost./', { ALL_PROXY: 'p' }, undefined],
])('the variable that names the proxy for %s with %j is %s', (target, variables, expected) => {
  expect(proxyFor(new URL(target), variables)?.variable).toBe(expected);
});

test('an address is in a block when its first bits are those of the block', () => {
  fc.assert(
    fc.property(fc.nat(0xff_ff_ff), fc.nat(0xff_ff_ff), fc.integer({ min: 8, max: 32 }), (a, b, length) => {
      const [address, network] = [dotted(a), dotted(b)];
      const isSame = Math.floor(a / 2 ** (32 - length)) === Math.floor(b / 2 ** (32 - length));
      expect(isInBlock(address, `${network}/${length}`)).toBe(isSame);
      expect(isInBlock(address, `${address}/${length}`)).toBe(true);
    }),
  );
  for (const block of [
    '',
    '/',
    '10.0.0.0/',
    '10.0.0.0/33',
    '10.0.0.0/-1',
    'name/8',
    '::/0',
    '10.0.0.0/8/9x',
  ]) {
    expect(isInBlock('192.0.2.1', block)).toBe(false);
  }
  expect(isInBlock('handler.invalid', '0.0.0.0/0')).toBe(false);
});

/** An address of 10.0.0.0/8. */
function dotted(rest: number): string {
  return `10.${rest >> 16}.${(rest >> 8) & 255}.${rest & 255}`;
}
