import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { captureOf, uuidIn, uuidOf } from '../support/captures.ts';
import { temporaryFile, temporaryFolder } from '../support/files.ts';
import { startReceiver } from '../support/receiver.ts';

test('the real program: a second Ctrl+C gives up what is under way, and --failures is complete', async () => {
  const failures = join(temporaryFolder(), 'failures.ndjson');
  const receiver = await startReceiver((response, n) => {
    if (n <= 5) response.end();
  });
  const argv = [
    'replay',
    temporaryFile(captureOf(200)),
    '--to',
    receiver.url,
    '-c',
    '3',
    '--failures',
    failures,
  ];
  const child = spawn(process.execPath, ['bin/callbell-status.js', ...argv], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const exited = once(child, 'exit');
  let stderr = '';
  child.stdout.resume();
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
    if (stderr.includes('interrupted:')) {
      child.stderr.removeAllListeners('data').resume();
      // The same signal within half a second is the same request.
      child.kill('SIGINT');
      setTimeout(() => child.kill('SIGINT'), 700);
    }
  });
  await expect.poll(() => receiver.requests.length, { timeout: 10_000 }).toBe(8);
  child.kill('SIGINT');
  expect(await exited).toEqual([130, null]);
  const left = readFileSync(failures, 'utf8').trim().split('\n').map(uuidIn);
  const accepted = receiver.requests.slice(0, 5).map(({ body }) => uuidIn(body));
  expect([...accepted, ...left].toSorted()).toEqual(Array.from({ length: 200 }, (_, index) => uuidOf(index)));
});
