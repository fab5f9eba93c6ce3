import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { exampleEvent } from '../../src/domain/validate/examples.ts';
import { runCli, startCli } from '../support/cli.ts';
import { temporaryFile, temporaryFolder } from '../support/files.ts';

const GOOD = JSON.stringify(exampleEvent('read'));

describe.skipIf(process.platform === 'win32')('what is no file', () => {
  it.each(['validate', 'replay'])(
    '%s refuses a named pipe instead of waiting for its writer',
    async (verb) => {
      const pipe = join(temporaryFolder(), 'pipe');
      execFileSync('mkfifo', [pipe]);
      const to = verb === 'replay' ? ['--to', 'http://127.0.0.1:9/'] : [];
      const { code, stderr } = await runCli([verb, pipe, ...to]);
      expect(code).toBe(3);
      expect(stderr).toContain(`- < ${pipe}`);
    },
  );

  it('refuses a device', async () => {
    expect((await runCli(['validate', '/dev/zero'])).code).toBe(3);
  });

  it('/dev/stdin is standard input', async () => {
    const { code, jsonLines } = await runCli(['validate', '/dev/stdin', '--json'], { stdin: GOOD });
    expect([code, jsonLines.at(-1)?.events]).toEqual([0, 1]);
  });

  it('reads what a shell hands over for <(a command)', async () => {
    const script = 'exec "$0" bin/callbell-status.js validate --json <(printf %s "$1")';
    const shell = spawn('bash', ['-c', script, process.execPath, GOOD], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const output = (await shell.stdout.setEncoding('utf8').toArray()).join('');
    if (shell.exitCode === null) await once(shell, 'exit');
    expect(shell.exitCode).toBe(0);
    expect(JSON.parse(output)).toMatchObject({ events: 1 });
  });
});

describe('what was not read is not called valid', () => {
  it('a run that is interrupted while it waits ends at once', async () => {
    const stdin = new PassThrough();
    const run = startCli(['validate', '-'], { stdin });
    stdin.write(`${GOOD}\n`);
    run.interrupt();
    expect(await run.exitCode).toBe(130);
    expect(run.stdout.text).not.toMatch(/^valid/m);
  });

  it.each([
    ['a missing file', () => 'no-such-file.json'],
    ['an empty folder', temporaryFolder],
    ['damaged gzip', () => temporaryFile(Buffer.from('1f8b08000000000000ff00', 'hex'))],
  ])('%s', async (_name, path) => {
    const { code, stdout } = await runCli(['validate', path()]);
    expect(code).toBe(3);
    expect(stdout).not.toMatch(/^valid/m);
  });
});

it('a file that was not read is named in the summary beside the errors of others', async () => {
  const wrong = temporaryFile(GOOD.replace('"read","contact"', '"raed","contact"'));
  const { code, stdout } = await runCli(['validate', temporaryFile(GOOD), 'no-such-file.json', wrong, '-q']);
  expect(code).toBe(3);
  expect(stdout).toMatch(/^1 error\b.*\b1 file not read/);
});

it('a body that is not JSON is shown where it breaks, inside of its record', async () => {
  const record = JSON.stringify({
    receivedAt: '2026-01-31T14:03:00Z',
    method: 'POST',
    headers: {},
    body: '{["',
  });
  const { code, jsonLines } = await runCli(['validate', '-', '--json'], { stdin: record });
  expect(code).toBe(1);
  const found = jsonLines.find((each) => each.code === 'not-json');
  expect(record.slice(Number(found?.column) - 1)).toMatch(/^\[/);
});

describe('a text that is broken off', () => {
  const recorded = JSON.stringify({
    receivedAt: '2026-01-31T14:03:00Z',
    method: 'POST',
    path: '/',
    headers: {},
    body: GOOD,
  });
  const torn = '{"receivedAt":"2026-01-31T14';

  it.each([
    ['one bracket', '{', 'not-json', 1],
    ['half a key', '{"re', 'not-json', 1],
    ['the beginning of a recording alone', torn, 'not-json', 1],
    ['after events that were not recorded', `${GOOD}\n${torn}`, 'not-json', 1],
    ['after records', `${recorded}\n${torn}`, 'torn-record', 0],
    ['before the records of a second run', `${torn}\n${recorded}\n`, 'torn-record', 0],
  ])('%s', async (_name, stdin, expected, exit) => {
    const { code, jsonLines } = await runCli(['validate', '-', '--json'], { stdin });
    expect(code).toBe(exit);
    expect(jsonLines.map((each) => each.code)).toContain(expected);
  });
});
