import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { minimalEvent } from '../support/events.ts';
import { temporaryFolder } from '../support/files.ts';
import { startReceiver } from '../support/receiver.ts';

const EVENT = minimalEvent('a'.repeat(32), 'read');

/** Longer than the time in which the same signal counts once. */
const ANOTHER_SIGNAL_MS = 700;

/** The built program in a process group of its own, with one request at a handler that has not answered yet. */
async function listeningToOne() {
  const held: ServerResponse[] = [];
  const target = await startReceiver((response) => held.push(response));
  const file = join(temporaryFolder(), 'all.ndjson');
  const child = spawn(
    process.execPath,
    ['bin/callbell-status.js', 'listen', '--port', '0', '-f', `${target.port}/hook`, '--record', file],
    { stdio: ['ignore', 'pipe', 'pipe'], detached: true },
  );
  onTestFinished(() => void child.kill('SIGKILL'));
  const output = outputOf(child);
  const [url = ''] = await output.until(/http:\/\/127\.0\.0\.1:\d+/);
  const answer = fetch(url, { method: 'POST', body: EVENT }).then(
    ({ status }) => status,
    () => 'no answer',
  );
  while (held.length === 0) await wait(10);
  return { child, output, answer, held, kept: file.replace('.ndjson', '.not-forwarded.ndjson') };
}

/** Everything that a process prints. */
function outputOf(child: ChildProcess) {
  let text = '';
  const exit = once(child, 'close').then(([code, signal]: unknown[]) => code ?? signal);
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (text += chunk));
  const until = async (expected: RegExp): Promise<RegExpExecArray> => {
    for (let attempt = 0; attempt < 1000; attempt += 1) {
      const match = expected.exec(text);
      if (match !== null) return match;
      await wait(10);
    }
    throw new Error(`not printed: ${expected}\n${text}`);
  };
  return { until, exit, text: () => text };
}

describe('the built program, listening with a request at its handler', () => {
  it('takes the same signal twice, to the process and to its group, for one', async () => {
    const { child, output, answer, held } = await listeningToOne();
    child.kill('SIGINT');
    process.kill(-(child.pid ?? 0), 'SIGINT');
    await output.until(/stopping: /);
    held[0]?.end();
    expect(await answer).toBe(200);
    expect(await output.exit).toBe(0);
    expect(output.text()).toContain('1 event: 1 read');
  });

  it('gives the request up at a second signal, keeps it, and prints the figures', async () => {
    const { child, output, answer, kept } = await listeningToOne();
    child.kill('SIGINT');
    await wait(ANOTHER_SIGNAL_MS);
    child.kill('SIGINT');
    expect(await answer).toBe(502);
    expect(await output.exit).toBe(0);
    expect(output.text()).toContain('1 not forwarded');
    expect(readFileSync(kept, 'utf8').trim().split('\n')).toHaveLength(1);
  });
});
