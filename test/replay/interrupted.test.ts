import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { captureOf } from '../support/captures.ts';
import { startCli } from '../support/cli.ts';
import { temporaryFile, temporaryFolder } from '../support/files.ts';
import { startReceiver } from '../support/receiver.ts';

function start(...argv: string[]): ChildProcess {
  const child = spawn(process.execPath, ['bin/callbell-status.js', ...argv], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

describe('a signal', () => {
  it('that comes twice within half a second, as through npm, is one request', async () => {
    const failures = join(temporaryFolder(), 'failures.ndjson');
    let answer = (): void => {};
    const receiver = await startReceiver((response) => {
      answer = () => response.end();
    });
    const child = start(
      'replay',
      temporaryFile(captureOf(20)),
      '--to',
      receiver.url,
      '--json',
      '--failures',
      failures,
    );
    const [stdout, stderr, exited] = [
      text(child.stdout as never),
      text(child.stderr as never),
      once(child, 'exit'),
    ];
    await expect.poll(() => receiver.requests.length, { timeout: 10_000 }).toBe(1);
    child.kill('SIGINT');
    child.kill('SIGINT');
    await expect.poll(() => existsSync(failures), { timeout: 10_000 }).toBe(true);
    setTimeout(() => answer(), 300);
    expect(await exited).toEqual([130, null]);
    expect((await stdout).split('\n')[0]).toMatch(/"outcome":"accepted"/);
    expect(await stderr).toMatch(/19 events to deliver again/);
  });

  it('ends the process at the third time, and the input that was to be replaced is whole', async () => {
    const receiver = await startReceiver(() => {});
    const file = temporaryFile(captureOf(20), 'left.ndjson');
    const child = spawn(
      process.execPath,
      [
        'bin/callbell-status.js',
        'replay',
        file,
        '-',
        '--to',
        receiver.url,
        '--failures',
        file,
        '--timeout',
        '60s',
      ],
      { stdio: ['pipe', 'ignore', 'ignore'] },
    );
    const exited = once(child, 'exit');
    await expect.poll(() => receiver.requests.length, { timeout: 10_000 }).toBe(1);
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) child.kill(signal);
    const [code] = await exited;
    expect([143, null]).toContain(code);
    expect(readFileSync(file, 'utf8').length).toBeGreaterThan(captureOf(18).length);
  });

  it.each([
    ['simulate --from', ['simulate', '--from', '-']],
    ['replay --dry-run', ['replay', '-', '--to', '3000', '--dry-run']],
    ['replay --print', ['replay', '-', '--to', '3000', '--print', 'curl']],
  ])('before the end of an input that goes on exits 130: %s', async (_name, argv) => {
    const stdin = new PassThrough();
    stdin.write(captureOf(3));
    const run = startCli(argv, { stdin });
    await expect.poll(() => stdin.readableLength, { timeout: 10_000 }).toBe(0);
    run.interrupt();
    expect(await run.exitCode).toBe(130);
    expect(run.stderr.text).toMatch(/interrupted/);
  });

  it('ends simulate --from before a large file is read, with 130 and no output', async () => {
    const folder = temporaryFolder();
    const output = join(folder, 'out.ndjson');
    const child = start('simulate', '--from', temporaryFile(captureOf(60_000)), '-o', output);
    const exited = once(child, 'exit');
    setTimeout(() => child.kill('SIGHUP'), 250);
    const [code, signal] = await exited;
    expect([code === 129 || signal === 'SIGHUP', readdirSync(folder)]).toEqual([true, []]);
  });
});

describe('standard input that stays open', () => {
  it.each([
    ['--bail', ['--bail'], 1],
    ['a reader of stdout that leaves', [], 3],
  ])('does not hold up the end by %s, and what was not read is said', async (_name, flags, expected) => {
    const failures = join(temporaryFolder(), 'failures.ndjson');
    const receiver = await startReceiver((response, n) => response.writeHead(n === 3 ? 500 : 200).end());
    const child = start('replay', '-', '--to', receiver.url, '--failures', failures, ...flags);
    const [stderr, exited] = [text(child.stderr as never), once(child, 'exit')];
    child.stdin?.on('error', () => {});
    child.stdin?.write(captureOf(3000));
    if (expected === 3) child.stdout?.destroy();
    else child.stdout?.resume();
    expect(await exited).toEqual([expected, null]);
    expect(await stderr).toMatch(/standard input was still open: what came after line 3000 was not read/);
    const left = readFileSync(failures, 'utf8').split('\n').length - 1;
    const accepted = receiver.requests.length - (receiver.requests.length >= 3 ? 1 : 0);
    expect(accepted + left).toBe(3000);
  });
});

/** Runs a command on a terminal of its own (util-linux). */
const SCRIPT = 'script';
const hasScript = spawnSync(SCRIPT, ['-qec', 'true', '/dev/null']).status === 0;

describe('a prompt', () => {
  it.skipIf(!hasScript)('that is left by Ctrl+D ends with 130, as by Ctrl+C', async () => {
    const command = `"${process.execPath}" bin/callbell-status.js simulate`;
    for (const key of ['\u0004', '\u0003']) {
      const child = spawn(SCRIPT, ['-qec', command, '/dev/null'], {
        env: { ...process.env, TERM: 'xterm', CI: '' },
        stdio: ['pipe', 'pipe', 'ignore'],
      });
      onTestFinished(() => void child.kill('SIGKILL'));
      const exited = once(child, 'exit');
      let shown = '';
      child.stdout.on('data', (chunk: Buffer) => {
        if (!shown.includes('?') && chunk.includes('?')) child.stdin.write(key);
        shown += chunk.toString();
      });
      expect([key, await exited]).toEqual([key, [130, null]]);
    }
  });
});

describe('simulate -o', () => {
  it('- is standard output, and a file is for its owner only', async () => {
    const flags = ['simulate', '-s', 'read', '--seed', '1', '--now', '2026-01-01T00:00:00Z'];
    const file = join(temporaryFolder(), 'a.json');
    const outputs = [];
    for (const output of [[], ['-o', '-'], ['-o', file]]) {
      const run = startCli([...flags, ...output]);
      expect(await run.exitCode).toBe(0);
      outputs.push(run.stdout.text);
    }
    expect(outputs).toEqual([outputs[0], outputs[0], '']);
    expect(readFileSync(file, 'utf8')).toBe(outputs[0]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });
});
