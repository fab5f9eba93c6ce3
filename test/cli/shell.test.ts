import { PassThrough, Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { VERSION } from '../../src/version.ts';
import { runCli, startCli } from '../support/cli.ts';
import { temporaryFile } from '../support/files.ts';

describe('help and version', () => {
  it('prints the version on stdout', async () => {
    expect(await runCli(['--version'])).toMatchObject({ code: 0, stdout: `${VERSION}\n`, stderr: '' });
  });

  it.each([
    ['--help'],
    ['help'],
    ['simulate', '--help'],
    ['listen', '--help'],
    ['replay', '--help'],
    ['validate', '--help'],
    ['report', '--help'],
  ])('%s %s explains itself on stdout, with examples', async (...argv) => {
    const { code, stdout, stderr } = await runCli(argv.filter((argument) => argument !== undefined));
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    if (argv[0] !== 'help') expect(stdout).toContain('Examples:\n  $ callbell-status ');
  });

  it('prints the help on stderr and exits 2 when nothing is asked for', async () => {
    const { code, stdout, stderr } = await runCli([]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('Usage: callbell-status');
  });
});

describe('usage errors', () => {
  it.each([
    [['simulat'], 'simulate'],
    [['simulate', '--statsu', 'read'], '--status'],
    [['simulate', '--status', 'deliverd'], '"delivered"'],
    [['simulate', '--status', 'READ'], '"read"'],
    [['simulate', '--status', 'read', '--count', '0'], '--count'],
    [['simulate', '--status', 'read', '--seed', 'x'], '--seed'],
    [['simulate', '--status', 'read', '--now', 'yesterday'], '--now'],
    [['simulate', '--status', 'read', '--to', 'ftp://localhost'], 'http'],
    [['replay', 'a.json'], '--to'],
    [['replay', '--to', '3000'], 'files'],
    [['validate'], 'files'],
    [['listen', '--port', '70000'], '65535'],
  ])('%j exits 2 and names the way out', async (argv, hint) => {
    const { code, stdout, stderr } = await runCli(argv);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(hint);
  });
});

describe('streams', () => {
  it('ends quietly with 0 when nobody reads the output any more', async () => {
    const closed = new Writable({
      write: (_chunk, _encoding, done) => done(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' })),
    });
    closed.on('error', () => {});
    const { code, stderr } = await runCli(['simulate', '-s', 'read', '-n', '100', '--quiet'], {
      stdout: closed,
    });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  it('says that the disk is full and exits 3', async () => {
    const full = new Writable({
      write: (_chunk, _encoding, done) =>
        done(Object.assign(new Error('ENOSPC: no space'), { code: 'ENOSPC' })),
    });
    full.on('error', () => {});
    const { code, stderr } = await runCli(['simulate', '-s', 'read', '--quiet'], { stdout: full });
    expect(code).toBe(3);
    expect(stderr).toContain('the disk is full');
  });

  it.each([
    ['the terminal', { terminal: true }, [], true],
    ['no terminal', {}, [], false],
    ['NO_COLOR on a terminal', { terminal: true, variables: { NO_COLOR: '1' } }, [], false],
    ['FORCE_COLOR without a terminal', { variables: { FORCE_COLOR: '1' } }, [], true],
    ['a dumb terminal', { terminal: true, variables: { TERM: 'dumb' } }, [], false],
    ['CI', { terminal: true, variables: { CI: 'true' } }, [], false],
    ['--color', {}, ['--color'], true],
    ['--no-color on a terminal', { terminal: true }, ['--no-color'], false],
  ])('colour with %s', async (_name, world, flags, colored) => {
    const { stdout } = await runCli(['validate', temporaryFile('{}'), ...flags], world);
    expect(stdout.includes('\u001b[')).toBe(colored);
  });
});

describe('prompts', () => {
  it('exits 130 and says so when the question is left with Ctrl+C', async () => {
    const stdin = new PassThrough();
    const run = startCli(['simulate'], { terminal: true, stdin });
    await run.stderr.until(/What happens/);
    stdin.write('\u0003');
    expect(await run.exitCode).toBe(130);
    expect(run.stderr.text).toContain('interrupted');
    expect(run.stdout.text).toBe('');
  });

  it.each([{}, { terminal: true, variables: { CI: 'true' } }])(
    'asks nothing without a terminal or in CI (%j)',
    async (world) => {
      const { code, stderr } = await runCli(['simulate'], world);
      expect(code).toBe(2);
      expect(stderr).toContain('--status');
    },
  );
});
