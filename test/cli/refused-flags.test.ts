import { describe, expect, it } from 'vitest';
import { captureOf } from '../support/captures.ts';
import { runCli } from '../support/cli.ts';
import { temporaryFile } from '../support/files.ts';

const READ = ['--status', 'read'];
const TO = ['--to', '3000', '--dry-run'];
const TLS = ['--to', 'https://localhost:3000', '--dry-run'];
const RECORDED = [...TO, '--timing', 'original'];

/** What asks for nothing that could be done, or for what would be ignored: and the flag that must be named. */
const OF_SIMULATE: readonly (readonly [flag: string, argv: readonly string[]])[] = [
  ['--status', ['--status', '']],
  ['--status', ['--status', ',']],
  ['--scenario', ['--scenario', '']],
  ['--mix', ['--mix', '']],
  ['--mix', ['--mix', 'read=0']],
  ['--mix', ['--mix', `read=${'9'.repeat(400)}`]],
  ['--country', [...READ, '--country', '']],
  ['--count', [...READ, '--count', '0']],
  ['--count', [...READ, '--count', '-1']],
  ['--count', [...READ, '--count', 'NaN']],
  ['--now', [...READ, '--now', '1999-12-31']],
  ['--now', [...READ, '--now', '9999-12-31']],
  ['--now', [...READ, '--now', '2026-01-31', '--now', '2027-01-31']],
  ['--provider', [...READ, '--provider', 'cloud', '--provider', 'gupshup']],
  ['--output', [...READ, '--output', '']],
  ['--output', [...READ, '--output', 'a.json', '--output', 'b.json']],
  ['--from', ['--from', '']],
  ['--set-new', [...READ, '--unset', 'payload.contact', '--set-new']],
  ['--phone', [...READ, '--provider', 'none', '--contact', 'none', '--phone', '447700900123']],
  ...['--seed=3', '--count=3', '--provider=cloud', '--set=a=b', '--verbose', '--yes'].map(
    (flag) => [flag.split('=')[0] ?? '', ['--list', flag]] as const,
  ),
];

const OF_DELIVERING: readonly (readonly [flag: string, argv: readonly string[]])[] = [
  ['--to', ['--to', '0']],
  ['--to', ['--to', '']],
  ['--to', [...TO, '--to', '3001']],
  ['--timeout', [...TO, '--timeout', '0s']],
  ['--timeout', [...TO, '--timeout', '99999999h']],
  ['--timeout', [...TO, '--timeout', '1s', '--timeout', '2s']],
  ['--rate', [...TO, '--rate', '0']],
  ['--rate', [...TO, '--rate', '0/s']],
  ['--rate', [...TO, '--rate', '1e9/s']],
  ['--rate', [...TO, '--rate', '9999999/s']],
  ['--rate', [...TO, '--rate', '0.0001/h']],
  ['--concurrency', [...TO, '--concurrency', '0']],
  ['--concurrency', [...TO, '--concurrency', '']],
  ['--retries', [...TO, '--retries', '-1']],
  ['--retries', [...TO, '--retries', '1', '--retry-schedule', '1s,2s']],
  ['--retry-schedule', [...TO, '--retry-schedule', '']],
  ['--retry-schedule', [...TO, '--retry-schedule', '25h']],
  ['--speed', [...RECORDED, '--speed', '0x']],
  ['--speed', [...RECORDED, '--speed', '0.0000001x']],
  ['--max-gap', [...RECORDED, '--max-gap', '0s']],
  ['--duplicate', [...TO, '--duplicate', '0']],
  ['--duplicate', [...TO, '--duplicate', '101%']],
  ['--secret-env', [...TO, '--secret-env', '']],
  ['--report', ['--to', '3000', '--report', '']],
  ['--failures', ['--to', '3000', '--failures', '']],
  ['--ca', [...TLS, '--ca', '']],
  ['--ca', [...TLS, '--insecure', '--ca', 'some.pem']],
  ['--insecure', [...TO, '--insecure']],
];

describe('what cannot be done, or would be ignored, is a wrong usage that names the flag', () => {
  it.each(OF_SIMULATE)('%s: simulate %j', async (flag, argv) => {
    const { code, stdout, stderr } = await runCli(['simulate', ...argv]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(flag);
  });

  it.each(OF_DELIVERING)('%s: replay and simulate %j', async (flag, argv) => {
    const file = temporaryFile(captureOf(1));
    for (const command of [
      ['replay', file],
      ['simulate', '--status', 'read'],
    ]) {
      const { code, stdout, stderr } = await runCli([...command, ...argv]);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toContain(flag);
    }
  });

  it.each([
    [['replay', 'a.json', '--limit', '1', '--limit', '2']],
    [['replay', 'a.json', '--skip', '1', '--skip', '2']],
    [['replay', '-', '-', '--to', '3000']],
    [['listen', '--port', '3000', '--port', '3001']],
    [['validate', 'a.json', '--format', 'json', '--format', 'line']],
  ])('%j', async (argv) => {
    expect((await runCli(argv)).code).toBe(2);
  });
});

describe('what may be said twice', () => {
  it('adds up where a flag takes several, and a switch says the same again', async () => {
    const flags = [
      '-s',
      'read',
      '-s',
      'failed',
      '--metadata',
      'a=1',
      '--metadata',
      'b=2',
      '--set-new',
      '--set-new',
    ];
    const changes = ['--set', 'payload.contact.name=Ada', '--set', 'payload.contact.note=x'];
    const { code, jsonLines } = await runCli(['simulate', '--json', ...flags, ...changes]);
    expect(code).toBe(0);
    expect(jsonLines).toMatchObject(
      ['read', 'failed'].map((status) => ({
        payload: { status, metadata: { a: '1', b: '2' }, contact: { name: 'Ada', note: 'x' } },
      })),
    );
  });

  it('keeps a seed for what is drawn on the way, where the events are captured ones', async () => {
    const file = temporaryFile(captureOf(5));
    const argv = ['simulate', '--from', file, '--shuffle', '--seed', '3', '--to', '3000', '--dry-run'];
    const [first, second] = [await runCli(argv), await runCli(argv)];
    expect(first.code).toBe(0);
    expect(first.stdout).toBe(second.stdout);
  });
});

it.each([['help', 'simulat'], ['simulat']])('suggests the nearest command: %s %s', async (...argv) => {
  const { code, stdout, stderr } = await runCli(argv);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain('simulate');
});

it.each([[['help']], [['help', 'simulate']], [['help', '--color']]])('%j shows help', async (argv) => {
  const { code, stdout } = await runCli(argv);
  expect(code).toBe(0);
  expect(stdout).toContain('Usage: callbell-status');
});

it('never sends the fragment of a URL, nor shows it', async () => {
  const file = temporaryFile(captureOf(1));
  const { stdout } = await runCli(['replay', file, '--to', '3000/hook#part', '--dry-run', '--json']);
  expect(stdout).toContain('"http://localhost:3000/hook"');
});
