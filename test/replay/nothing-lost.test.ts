import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { captureOf, uuidIn, uuidOf } from '../support/captures.ts';
import { runCli, startCli } from '../support/cli.ts';
import { temporaryFile, temporaryFolder } from '../support/files.ts';
import { freePort, startReceiver } from '../support/receiver.ts';

function uuidsOf(file: string): string[] {
  return readFileSync(file, 'utf8').split('\n').filter(Boolean).map(uuidIn);
}

test.each([1, 8])(
  'a target that dies after the 500th of 1,000: --failures is the rest (%i at once)',
  async (concurrency) => {
    const capture = temporaryFile(captureOf(1000), 'capture.ndjson');
    const failures = join(temporaryFolder(), 'failures.ndjson');
    const accepted: string[] = [];
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        if (accepted.length >= 500) return;
        accepted.push(uuidIn(Buffer.concat(chunks)));
        response.end('{"status":"ok"}', () => {
          if (accepted.length === 500) {
            server.close();
            setImmediate(() => server.closeAllConnections());
          }
        });
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const flags = ['-q', '-c', String(concurrency), '--failures', failures];
    const first = await runCli(['replay', capture, '--to', `http://127.0.0.1:${port}`, ...flags]);
    expect(first.code).toBe(1);
    const left = uuidsOf(failures);
    const alive = await startReceiver();
    const second = await runCli(['replay', failures, '--to', alive.url, '-q']);
    expect(second.code).toBe(0);
    const delivered = [...accepted, ...alive.requests.map(({ body }) => uuidIn(body))];
    expect(accepted).toHaveLength(500);
    expect(left).toHaveLength(500);
    expect(delivered.toSorted()).toEqual(Array.from({ length: 1000 }, (_, index) => uuidOf(index)));
  },
);

test('Ctrl+C finishes what is in flight, keeps the rest in --failures and exits 130', async () => {
  const failures = join(temporaryFolder(), 'failures.ndjson');
  const answers: (() => void)[] = [];
  const receiver = await startReceiver((response, n) => {
    if (n <= 10) response.end();
    else answers.push(() => response.end());
  });
  const argv = ['replay', '-', '--json', '--to', receiver.url, '-c', '4', '--failures', failures];
  const run = startCli(argv, { stdin: captureOf(100) });
  await run.stdout.until(/(.*\n){10}/);
  await expect.poll(() => answers.length).toBe(4);
  run.interrupt();
  for (const answer of answers) answer();
  expect(await run.exitCode).toBe(130);
  const delivered = receiver.requests.map(({ body }) => uuidIn(body));
  expect(delivered).toHaveLength(14);
  expect([...delivered, ...uuidsOf(failures)].toSorted()).toEqual(
    Array.from({ length: 100 }, (_, i) => uuidOf(i)),
  );
  expect(run.stdout.jsonLines.at(-1)).toMatchObject({
    type: 'summary',
    total: 100,
    accepted: 14,
    notSent: 86,
  });
});

test('a second Ctrl+C does not wait, and --failures is complete all the same', async () => {
  const failures = join(temporaryFolder(), 'failures.ndjson');
  const receiver = await startReceiver(() => {});
  const argv = ['replay', '-', '--json', '--to', receiver.url, '-c', '4', '--failures', failures];
  const run = startCli(argv, { stdin: captureOf(50) });
  await expect.poll(() => receiver.requests.length).toBe(4);
  run.interrupt();
  run.interrupt();
  expect(await run.exitCode).toBe(130);
  expect(uuidsOf(failures).toSorted()).toEqual(Array.from({ length: 50 }, (_, i) => uuidOf(i)));
  expect(run.stdout.jsonLines[0]).toMatchObject({ outcome: 'unreachable', failure: 'cancelled' });
});

test('Ctrl+C ends a replay whose standard input stays open', async () => {
  const receiver = await startReceiver();
  const stdin = new PassThrough();
  const run = startCli(['replay', '-', '--to', receiver.url], { stdin });
  stdin.write(captureOf(200));
  await run.stdout.until(/accepted/);
  run.interrupt();
  expect(await run.exitCode).toBe(130);
});

test('--bail sends no more after the first refusal, and --failures has the rest', async () => {
  const failures = join(temporaryFolder(), 'failures.ndjson');
  const receiver = await startReceiver((response, n) => response.writeHead(n === 3 ? 500 : 200).end());
  const argv = ['replay', '-', '--json', '--to', receiver.url, '--bail', '--failures', failures];
  const { code, jsonLines } = await runCli(argv, { stdin: captureOf(10) });
  expect(code).toBe(1);
  expect(receiver.requests).toHaveLength(3);
  expect(uuidsOf(failures)).toEqual(Array.from({ length: 8 }, (_, index) => uuidOf(index + 2)));
  expect(jsonLines.at(-1)).toMatchObject({ total: 10, accepted: 2, refused: 1, notSent: 7 });
});

test('a reader of stdout that goes away ends the run with 3, with complete --failures and the figures on stderr', async () => {
  const failures = join(temporaryFolder(), 'failures.ndjson');
  const receiver = await startReceiver();
  const stdout = new PassThrough();
  stdout.on('error', () => {});
  stdout.once('data', () => stdout.destroy());
  const argv = ['replay', '-', '--json', '--to', receiver.url, '--failures', failures];
  const { code, stderr } = await runCli(argv, { stdin: captureOf(500), stdout });
  expect(code).toBe(3);
  expect(stderr).toMatch(new RegExp(`${receiver.requests.length} of 500 accepted`));
  const delivered = receiver.requests.map(({ body }) => uuidIn(body));
  expect([...delivered, ...uuidsOf(failures)].toSorted()).toEqual(
    Array.from({ length: 500 }, (_, i) => uuidOf(i)),
  );
});

test('--report has a line for every delivery and says what was not sent', async () => {
  const report = join(temporaryFolder(), 'report.ndjson');
  const receiver = await startReceiver();
  const stdin = `${captureOf(2)}{"event":\n${captureOf(1)}`;
  const { code } = await runCli(['replay', '-', '-q', '--to', receiver.url, '--report', report], { stdin });
  const lines = readFileSync(report, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).type as string);
  expect(lines.toSorted()).toEqual(['delivery', 'delivery', 'delivery', 'not-sent', 'summary']);
  expect(code).toBe(1);
});

test('a file that cannot be read does not keep the others from being delivered, and exits 3', async () => {
  const receiver = await startReceiver();
  const one = temporaryFile(captureOf(1));
  const { code } = await runCli(['replay', 'missing.json', one, '--to', receiver.url]);
  expect(receiver.requests).toHaveLength(1);
  expect(code).toBe(3);
});

test('--failures keeps the bytes of an event of several lines, of odd white space and of no envelope', async () => {
  const failures = join(temporaryFolder(), 'failures.ndjson');
  const pretty = '{\n  "event": "message_status_updated",\r\n  "payload": {"uuid": "a"}\n}';
  const bare = `{"uuid":"${uuidOf(1)}","status":"read","x":{"body":1}}`;
  const recorded = `${JSON.stringify({ method: 'POST', path: '/', headers: {}, body: ` ${pretty}\n` })}\n`;
  const captures = [pretty, bare, recorded].map((text) => temporaryFile(text));
  const to = `http://127.0.0.1:${await freePort()}`;
  expect((await runCli(['replay', ...captures, '--to', to, '--failures', failures])).code).toBe(3);
  const receiver = await startReceiver();
  expect((await runCli(['replay', failures, '--to', receiver.url])).code).toBe(0);
  expect((await runCli(['replay', ...captures, '--to', receiver.url])).code).toBe(0);
  const bodies = receiver.requests.map(({ body }) => body.toString());
  expect(bodies.slice(0, 3)).toEqual(bodies.slice(3));
  expect(bodies[0]).toBe(pretty);
  expect(bodies[2]).toBe(` ${pretty}\n`);
});

test('where --failures cannot be written, an earlier --report keeps what it holds', async () => {
  const report = temporaryFile('of an earlier run\n', 'report.ndjson');
  const failures = join(temporaryFolder(), 'no-such-folder', 'failures.ndjson');
  const flags = ['--report', report, '--failures', failures, '--force'];
  const { code } = await runCli(['replay', '-', '--to', '3000', ...flags], { stdin: captureOf(1) });
  expect(code).toBe(3);
  expect(readFileSync(report, 'utf8')).toBe('of an earlier run\n');
});

test('a dead target is told in a few lines, counts every event, and all are kept', async () => {
  const failures = join(temporaryFolder(), 'failures.ndjson');
  const argv = ['replay', '-', '--to', `http://127.0.0.1:${await freePort()}`, '--failures', failures];
  const { code, stdout } = await runCli(argv, { stdin: captureOf(2000) });
  expect(code).toBe(3);
  expect(stdout.match(/^unreachable/gm)).toHaveLength(4);
  expect(stdout).toMatch(/1997 more for the same reason/);
  expect(stdout).toMatch(/0 of 2000 accepted, 2000 unreachable/);
  expect(uuidsOf(failures)).toHaveLength(2000);
});
