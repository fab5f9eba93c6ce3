import { existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { captureOf } from '../support/captures.ts';
import { runCli } from '../support/cli.ts';
import { minimalEvent } from '../support/events.ts';
import { temporaryFile, temporaryFolder } from '../support/files.ts';
import { startReceiver } from '../support/receiver.ts';

const SAID_BEFORE = /delivering to|the same again|written anew/;

describe.each([
  ['replay', ['replay', '-']],
  ['simulate', ['simulate', '-s', 'sent']],
])('the files of %s', (_name, command) => {
  it.each(['--failures', '--report'])('%s overwrites what is there only with --force', async (flag) => {
    const receiver = await startReceiver();
    const folder = temporaryFolder();
    const [there, other] = [join(folder, 'there.ndjson'), join(folder, 'other.ndjson')];
    writeFileSync(there, 'precious\n');
    const otherFlag = flag === '--report' ? '--failures' : '--report';
    const argv = [...command, '--to', receiver.url, flag, there, otherFlag, other];
    const refused = await runCli(argv, { stdin: captureOf(1) });
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('--force');
    expect(refused.stderr).not.toMatch(SAID_BEFORE);
    expect(readFileSync(there, 'utf8')).toBe('precious\n');
    expect(existsSync(other)).toBe(false);
    expect(receiver.requests).toHaveLength(0);
    expect((await runCli([...argv, '--force'], { stdin: captureOf(1) })).code).toBe(0);
    expect(readFileSync(there, 'utf8')).not.toContain('precious');
  });

  it('may be there if they are empty, or no files at all', async () => {
    const receiver = await startReceiver();
    const flags = ['--failures', temporaryFile(''), '--report', '/dev/null'];
    const { code } = await runCli([...command, '--to', receiver.url, ...flags], { stdin: captureOf(1) });
    expect(code).toBe(0);
  });

  it('are two, also where neither is there yet', async () => {
    const folder = temporaryFolder();
    symlinkSync(folder, join(folder, 'link'));
    for (const other of ['a.ndjson', './a.ndjson', 'link/a.ndjson']) {
      const flags = ['--failures', join(folder, 'a.ndjson'), '--report', `${folder}/${other}`];
      const { code } = await runCli([...command, '--to', '3000', ...flags], { stdin: captureOf(1) });
      expect(code).toBe(2);
    }
    expect(readdirSync(folder)).toEqual(['link']);
  });
});

test('--force without a file to overwrite is a usage error', async () => {
  expect((await runCli(['replay', '-', '--to', '3000', '--force'], { stdin: captureOf(1) })).code).toBe(2);
});

test.each([
  ['another machine without --yes', ['--to', 'http://192.0.2.1/'], 2],
  ['a report in a folder that is not there', ['--to', '3000', '--report', '/nowhere/at/all'], 3],
  ['a path that is not there', ['--to', '3000', '--set', 'payload.nothing=1'], 2],
  ['--json for curl commands', ['--to', '3000', '--print', 'curl', '--json', '--fresh'], 2],
])('replay says nothing of delivering before it fails: %s', async (_name, flags, expected) => {
  const { code, stdout, stderr } = await runCli(['replay', temporaryFile(captureOf(2)), ...flags]);
  expect(code).toBe(expected);
  expect(stdout).toBe('');
  expect(stderr).not.toMatch(SAID_BEFORE);
});

test('replay says nothing of delivering for a capture that is missing', async () => {
  const { code, stderr } = await runCli(['replay', '/nowhere/at-all.json', '--to', '3000']);
  expect(code).toBe(3);
  expect(stderr).not.toMatch(SAID_BEFORE);
});

test('replay says where it delivers to, once', async () => {
  const receiver = await startReceiver();
  const { stderr } = await runCli(['replay', '-', '--to', receiver.url], { stdin: captureOf(3) });
  expect(stderr.match(/delivering to/g)).toHaveLength(1);
});

test.each([
  ['an ending that says no format', ['-o', 'x.txt']],
  ['a file that is there', ['-o', 'existing']],
  ['--bail without --to', ['--bail']],
  ['another machine without --yes', ['--to', 'http://192.0.2.1/']],
])('simulate says how to do the same again only after the checks: %s', async (_name, flags) => {
  const existing = temporaryFile('{}');
  const argv = flags.map((flag) => (flag === 'existing' ? existing : flag));
  const { code, stdout, stderr } = await runCli(['simulate', '-s', 'sent', ...argv]);
  expect(code).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).not.toMatch(SAID_BEFORE);
  const file = join(temporaryFolder(), 'a.json');
  expect((await runCli(['simulate', '-s', 'sent', '-o', file])).stderr).toMatch(/--seed 42/);
});

describe('nothing to deliver', () => {
  const check = JSON.stringify({
    receivedAt: '2026-01-31T14:03:00Z',
    method: 'GET',
    path: '/',
    headers: {},
    body: '',
  });
  it.each([
    ['an input of white space', '\n', [], /no event/],
    ['an empty array', '[]', [], /no event/],
    ['only checks of the connection', `${check}\n${check}\n`, [], /no event/],
    ['no status that was selected', captureOf(4), ['--status', 'mismatch'], /none of the 4 events/],
    ['no uuid that was selected', captureOf(4), ['--uuid', 'ffffff'], /none of the 4 events/],
    ['all passed over', captureOf(4), ['--skip', '9'], /none of the 4 events/],
  ])('exits 3 and says why: %s', async (_name, capture, flags, why) => {
    const receiver = await startReceiver();
    for (const mode of [[], ['--dry-run'], ['--print', 'curl']]) {
      for (const file of ['-', temporaryFile(capture)]) {
        const argv = ['replay', file, '--to', receiver.url, ...flags, ...mode];
        const { code, stderr } = await runCli(argv, { stdin: capture });
        expect(code).toBe(3);
        expect(stderr).toMatch(why);
      }
    }
    expect(receiver.requests).toHaveLength(0);
  });

  it('exits 3 where standard input gives nothing: what was to give it may have failed', async () => {
    const { code, stderr } = await runCli(['replay', '-', '--to', '3000'], { stdin: '' });
    expect([code, stderr]).toEqual([3, expect.stringMatching(/no event/)]);
  });

  it('exits 0 for an empty file, as a complete replay leaves its failures', async () => {
    const files = [temporaryFile(''), temporaryFile('')];
    for (const mode of [[], ['--dry-run'], ['--print', 'curl']]) {
      const { code, stderr } = await runCli(['replay', ...files, '--to', '3000', ...mode]);
      expect([code, stderr]).toEqual([0, expect.stringMatching(/nothing to deliver/)]);
    }
  });

  it.each(['xyz', 'AB', 'abc-def', 'a'.repeat(33)])('--uuid %s is a usage error', async (uuid) => {
    const flags = ['--to', '3000', '--uuid', uuid];
    const { code } = await runCli(['replay', '-', ...flags], { stdin: minimalEvent('a'.repeat(32), 'read') });
    expect(code).toBe(2);
  });
});

test.each(['2026-02-30T00:00:00Z', '2026-02-29', '2026-04-31T00:00:00+02:00', '2026-13-01'])(
  '--now %s is no moment',
  async (now) => {
    expect((await runCli(['simulate', '-s', 'sent', '--now', now])).code).toBe(2);
    expect((await runCli(['simulate', '-s', 'sent', '--now', '2028-02-29T23:59:00-11:00'])).code).toBe(0);
  },
);
