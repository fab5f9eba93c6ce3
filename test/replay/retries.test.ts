import { expect, test } from 'vitest';
import { parseRetryAfter, retryWait } from '../../src/domain/delivery/retry.ts';
import { captureOf } from '../support/captures.ts';
import { runCli, startCli } from '../support/cli.ts';
import { startReceiver } from '../support/receiver.ts';

test('500 twice and then 200 is accepted at the third attempt', async () => {
  const receiver = await startReceiver((response, n) => {
    response.statusCode = n < 3 ? 500 : 200;
    response.end();
  });
  const argv = ['replay', '-', '--json', '--to', receiver.url, '--retry-schedule', '1ms,2ms'];
  const { code, jsonLines } = await runCli(argv, { stdin: captureOf(1) });
  expect(jsonLines[0]).toMatchObject({ outcome: 'accepted', httpStatus: 200, attempts: 3 });
  expect(code).toBe(0);
});

test.each([
  [400, 1],
  [301, 1],
  [429, 3],
  [503, 3],
])('%i is attempted %i times with --retries 2', async (status, attempts) => {
  const receiver = await startReceiver((response) => response.writeHead(status).end());
  const argv = ['replay', '-', '--json', '--to', receiver.url, '--retries', '2', '--retry-schedule', '1ms'];
  const { code, jsonLines } = await runCli(argv, { stdin: captureOf(1) });
  expect(jsonLines[0]).toMatchObject({ outcome: 'refused', httpStatus: status, attempts });
  expect(receiver.requests).toHaveLength(attempts);
  expect(code).toBe(1);
});

test('Retry-After is obeyed instead of the schedule', async () => {
  const receiver = await startReceiver((response, n) => {
    if (n === 1) response.writeHead(429, { 'retry-after': '0' }).end();
    else response.end();
  });
  // With the schedule alone this would outlast the test.
  const argv = ['replay', '-', '--json', '--to', receiver.url, '--retry-schedule', '1h'];
  const { code, jsonLines } = await runCli(argv, { stdin: captureOf(1) });
  expect(jsonLines[0]).toMatchObject({ outcome: 'accepted', attempts: 2 });
  expect(code).toBe(0);
});

test('Ctrl+C does not wait for a retry: the delivery comes to what its last attempt came to', async () => {
  const receiver = await startReceiver((response) => response.writeHead(503).end());
  const run = startCli(['replay', '-', '--json', '--to', receiver.url, '--retry-schedule', '1h'], {
    stdin: captureOf(3),
  });
  await run.stderr.until(/retry 1 of 1 in 1h/);
  run.interrupt();
  expect(await run.exitCode).toBe(130);
  expect(run.stdout.jsonLines[0]).toMatchObject({ outcome: 'refused', attempts: 1 });
  expect(receiver.requests).toHaveLength(1);
});

test.each([
  ['120', 120_000],
  ['Wed, 21 Oct 2026 07:28:10 GMT', 10_000],
  ['Wed, 21 Oct 2026 07:27:00 GMT', 0],
  ['soon', undefined],
  ['-5', undefined],
  ['9'.repeat(300), 1e12],
])('Retry-After: %s', (value, expected) => {
  expect(parseRetryAfter(value, Date.parse('2026-10-21T07:28:00Z'))).toBe(expected);
});

test('waits double up to a minute, shortened at random by up to a half', () => {
  const waits = [1, 2, 3, 7, 50].map((retry) => retryWait({ retries: 99 }, retry, undefined, 0).waitMs);
  expect(waits).toEqual([1000, 2000, 4000, 60_000, 60_000]);
  expect(retryWait({ retries: 99 }, 1, undefined, 0.999).waitMs).toBeGreaterThanOrEqual(500);
});

test('a Retry-After of years is cut, which is said, with --quiet once', async () => {
  const receiver = await startReceiver((response) =>
    response.writeHead(429, { 'retry-after': '999999999' }).end(),
  );
  const cut = ['replay', '-', '--to', receiver.url, '--retries', '2', '--max-wait', '2ms'];
  const { code, stderr } = await runCli(cut, { stdin: captureOf(1) });
  expect(stderr.match(/in 2 ms .*277777h 46m.*--max-wait/g)).toHaveLength(2);
  expect(code).toBe(1);
  const quiet = startCli(['replay', '-', '--to', receiver.url, '--retries', '2', '--quiet'], {
    stdin: captureOf(1),
  });
  await quiet.stderr.until(/retry 1 of 2 in 5m 00s .*277777h 46m/);
  quiet.interrupt();
  expect(await quiet.exitCode).toBe(130);
});

test('--quiet says nothing of short waits', async () => {
  const receiver = await startReceiver((response, n) => response.writeHead(n < 3 ? 503 : 200).end());
  const argv = ['replay', '-', '--to', receiver.url, '--retry-schedule', '1ms,1ms', '--quiet'];
  const { code, stderr } = await runCli(argv, { stdin: captureOf(1) });
  expect(code).toBe(0);
  expect(stderr).not.toContain('retry');
});

test('--max-wait without retries is a usage error', async () => {
  const argv = ['replay', '-', '--to', '3000', '--max-wait', '1s'];
  expect((await runCli(argv, { stdin: captureOf(1) })).code).toBe(2);
});
