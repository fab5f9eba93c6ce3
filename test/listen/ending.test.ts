import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli, startCli } from '../support/cli.ts';
import { minimalEvent } from '../support/events.ts';
import { temporaryFolder } from '../support/files.ts';
import { post } from '../support/listener.ts';
import { freePort, startReceiver } from '../support/receiver.ts';

const EVENT = minimalEvent('a'.repeat(32), 'read');
const variables = { PATH: process.env.PATH ?? '' };

/** Whether a process runs; one that has ended and was not asked for by its parent does not. */
function isRunning(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
  } catch {
    return false;
  }
}

/** The process ids that a command has written to a file, a line each. */
function pidsIn(file: string): number[] {
  return readFileSync(file, 'utf8').trim().split('\n').map(Number);
}

describe('listen --exec', () => {
  it.each([
    ['its command ends, though what that started still runs', [], 0, ''],
    ['its time is over', ['--timeout', '300ms'], 0, '; wait'],
    [
      'its time is over, and something expected has not come',
      ['--timeout', '300ms', '--until', 'read'],
      1,
      '; wait',
    ],
    [
      'its time is over, and nothing listens to SIGTERM',
      ['--timeout', '300ms'],
      0,
      "; trap '' TERM; wait; wait",
    ],
  ] as const)('leaves no process when %s', async (_name, flags, code, then) => {
    const file = join(temporaryFolder(), 'pids');
    const sleeper = `sh -c 'echo $$ >> ${file}; exec sleep 41'`;
    const command = `${sleeper} & (${sleeper} & wait) & while [ "$(wc -l < ${file})" != 2 ]; do sleep 0.05; done 2>/dev/null${then}`;
    const result = await runCli(['listen', '--port', '0', ...flags, '--exec', command], { variables });
    expect(result.code).toBe(code);
    expect(pidsIn(file)).toHaveLength(2);
    expect(pidsIn(file).filter(isRunning)).toEqual([]);
  });

  it('leaves no process at Ctrl+C', async () => {
    const file = join(temporaryFolder(), 'pids');
    const command = `sh -c 'echo $$ > ${file}; echo started; exec sleep 41' & wait`;
    const run = startCli(['listen', '--port', '0', '--exec', command], { variables });
    await run.stderr.until(/^started$/m);
    run.interrupt();
    expect(await run.exitCode).toBe(0);
    expect(pidsIn(file).filter(isRunning)).toEqual([]);
  });

  it('is ended at once by a second Ctrl+C, whatever it does at the first', async () => {
    const file = join(temporaryFolder(), 'pids');
    const command = `trap '' TERM; echo $$ > ${file}; echo started; while :; do sleep 0.1; done`;
    const run = startCli(['listen', '--port', '0', '--exec', command], { variables });
    await run.stderr.until(/^started$/m);
    run.interrupt();
    await run.stderr.until(/stopping: .*Ctrl\+C again/);
    const began = performance.now();
    run.interrupt();
    expect(await run.exitCode).toBe(0);
    expect(performance.now() - began).toBeLessThan(1500);
    expect(pidsIn(file).filter(isRunning)).toEqual([]);
  });

  it('prints all of the output of its command, also of more than a pipe holds', async () => {
    const { stderr } = await runCli(
      ['listen', '--port', '0', '--exec', 'head -c 3000000 /dev/zero | tr "\\0" x; echo; echo the end'],
      { variables },
    );
    expect(stderr).toMatch(/x{3000000}\nthe end\n/);
  });

  it('exits with 3 and a sentence when the command cannot be started', async () => {
    const { code, stderr, stdout } = await runCli(
      ['listen', '--port', '0', '--exec', `true ${'x'.repeat(3_000_000)}`],
      {
        variables,
      },
    );
    expect(code).toBe(3);
    expect(stderr).toMatch(/could not be started \(the command and the environment are too long\)/);
    expect(stdout).toContain('0 events');
  });
});

describe('listen at Ctrl+C, with a request at a slow handler', () => {
  /** A listener with one request at a handler that never answers; the first Ctrl+C is sent. */
  async function interrupted() {
    const target = await startReceiver(() => {});
    const file = join(temporaryFolder(), 'all.ndjson');
    const run = startCli(['listen', '--port', '0', '-f', `${target.port}/hook`, '--record', file], {
      columns: 200,
    });
    const [, url = ''] = await run.stderr.until(/(http:\/\/127\.0\.0\.1:\d+)/);
    const answer = post(url, EVENT);
    while (target.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    run.interrupt();
    await run.stderr.until(/stopping: .*Ctrl\+C again/);
    return { ...run, answer, kept: file.replace('.ndjson', '.not-forwarded.ndjson') };
  }

  it('gives it up after 2 s, says why, keeps it, and calls no handler down', async () => {
    const { answer, exitCode, stdout, stderr, kept } = await interrupted();
    const { status, text } = await answer;
    expect(status).toBe(502);
    expect(text).toMatch(/given up because the listener was stopped; no answer after 2\.\d s/);
    expect(await exitCode).toBe(0);
    expect(stdout.text).toMatch(/└ given up because the listener was stopped/);
    expect(stderr.text).not.toMatch(/is down|aborted/);
    expect(JSON.parse(readFileSync(kept, 'utf8'))).toMatchObject({
      notForwarded: [{ reason: expect.stringContaining('because the listener was stopped') }],
    });
  });

  it('gives it up at once at the second, keeps it, and still prints the figures', async () => {
    const { answer, interrupt, exitCode, stdout, kept } = await interrupted();
    const began = performance.now();
    interrupt();
    expect((await answer).status).toBe(502);
    expect(await exitCode).toBe(0);
    expect(performance.now() - began).toBeLessThan(1500);
    expect(stdout.text).toContain('1 event: 1 read · 1 message');
    expect(stdout.text).toContain('1 not forwarded');
    expect(readFileSync(kept, 'utf8').trim().split('\n')).toHaveLength(1);
  });

  it('says nothing of stopping where nothing is to be waited for', async () => {
    const run = startCli(['listen', '--port', '0', '-f', String(await freePort())]);
    await run.stderr.until(/listening/);
    run.interrupt();
    await run.exitCode;
    expect(run.stderr.text).not.toContain('stopping');
  });
});
