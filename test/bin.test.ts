import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { VERSION } from '../src/version.ts';
import { minimalEvent } from './support/events.ts';

// The built program in processes of its own: only what cannot be seen in-process.

function start(...argv: string[]) {
  const child = spawn(process.execPath, ['bin/callbell-status.js', ...argv], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

async function exitOf(child: ChildProcess): Promise<number | null> {
  const [code] = (await once(child, 'close')) as [number | null];
  return code;
}

describe('the built program', () => {
  it('prints its version', async () => {
    const child = start('--version');
    expect(await Promise.all([text(child.stdout), text(child.stderr), exitOf(child)])).toEqual([
      `${VERSION}\n`,
      '',
      0,
    ]);
  });

  it('exits with the code of the table', async () => {
    expect(await exitOf(start('simulate'))).toBe(2);
    expect(await exitOf(start('validate', 'fixtures/invalid/unknown-status.json'))).toBe(1);
    expect(await exitOf(start('validate', 'fixtures/statuses/nowhere.json'))).toBe(3);
  });

  it('writes all of a large output into a pipe', async () => {
    const child = start('simulate', '--status', 'read', '--count', '3000', '--quiet');
    const [stdout, code] = await Promise.all([text(child.stdout), exitOf(child)]);
    expect([stdout.split('\n').length, code]).toEqual([3001, 0]);
  });

  it('ends quietly when its reader goes away', async () => {
    const child = start('simulate', '--status', 'read', '--count', '100000', '--quiet');
    child.stdout.once('data', () => child.stdout.destroy());
    const [stderr, code] = await Promise.all([text(child.stderr), exitOf(child)]);
    expect([stderr, code]).toEqual(['', 0]);
  });

  it('ends a listener at Ctrl+C with its figures and 0', async () => {
    const child = start('listen', '--port', '0', '--json');
    const [ready] = (await once(child.stdout, 'data')) as [Buffer];
    const { url } = JSON.parse(ready.toString()) as { url: string };
    await fetch(url, { method: 'POST', body: minimalEvent('a'.repeat(32), 'read') });
    child.kill('SIGINT');
    const [stdout, code] = await Promise.all([text(child.stdout), exitOf(child)]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout.trim().split('\n').at(-1) ?? '')).toMatchObject({ type: 'summary', events: 1 });
  });

  it('ends at SIGTERM with 143 when its job was not done', async () => {
    const child = start('simulate', '--status', 'read', '--count', '100000000', '--quiet');
    child.stdout.once('data', () => {
      child.kill('SIGTERM');
      child.stdout.resume();
    });
    expect(await exitOf(child)).toBe(143);
  });
});
