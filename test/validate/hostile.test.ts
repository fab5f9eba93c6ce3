import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exampleEvent } from '../../src/domain/validate/examples.ts';
import { OBEYED, runCli } from '../support/cli.ts';
import { temporaryFile, temporaryFolder } from '../support/files.ts';

const GOOD = JSON.stringify(exampleEvent('read'));

const codesOf = async (stdin: string | Buffer, ...flags: string[]): Promise<unknown[]> => {
  const { jsonLines } = await runCli(['validate', '-', '--json', ...flags], { stdin });
  return jsonLines.filter(({ type }) => type === 'problem').map(({ code }) => code);
};

describe('hostile input', () => {
  it.each<[string, string | Buffer, string]>([
    ['arrays nested 100,000 deep', '['.repeat(100_000), 'not-json'],
    ['objects nested 100,000 deep', '{"a":'.repeat(100_000), 'not-json'],
    ['a line over the limit', `${GOOD}\n{"a":"${'x'.repeat(11_000_000)}"}\n`, 'too-large'],
    ['a gzip bomb', gzipSync(Buffer.alloc(50_000_000, 'x')), 'too-large'],
    ['NUL bytes', `\0${GOOD}`, 'not-json'],
    ['nothing', '', 'no-event'],
    ['white space', ' \n\n ', 'no-event'],
    ['invalid UTF-8', Buffer.from(GOOD.replace('Ada', 'Ad\xe9'), 'latin1'), 'invalid-utf8'],
    ['a key of the prototype', GOOD.replace('"uuid"', '"__proto__":{"status":"x"},"uuid"'), 'unknown-key'],
  ])('%s gets a verdict', async (_name, stdin, code) => {
    expect(await codesOf(stdin)).toContain(code);
  });

  it('the lines behind one that is too large are lines of their own', async () => {
    const stdin = `${GOOD}\n{"a":"${'x'.repeat(11_000_000)}"}\n${GOOD}\n{bad\n`;
    const { jsonLines } = await runCli(['validate', '-', '--json'], { stdin });
    const places = jsonLines.filter(({ type }) => type === 'problem').map(({ code, line }) => [code, line]);
    expect(places).toEqual([
      ['too-large', 2],
      ['repeated-status', 3],
      ['not-json', 4],
    ]);
  });

  it('deep nesting inside a good event is no problem', async () => {
    const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
    expect(await codesOf(GOOD.replace('"name":"Ada"', `"name":"Ada","customFields":{"a":${deep}}`))).toEqual(
      [],
    );
  });

  it('shows what is invisible in names and values, in every format for people', async () => {
    const stdin = GOOD.replace('"read","contact"', '"re\\u001b[31mad\\u202e","contact"');
    for (const format of ['pretty', 'line', 'github', 'junit']) {
      const { stdout } = await runCli(['validate', '-', '--format', format], { stdin });
      expect(stdout).toContain('\\u202e');
      expect(stdout).not.toMatch(OBEYED);
    }
  });

  it('reads a folder once, however its links lead back', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'in'));
    symlinkSync(folder, join(folder, 'in', 'loop'));
    writeFileSync(join(folder, 'a.json'), GOOD);
    writeFileSync(join(folder, 'in', 'b.txt'), GOOD);
    writeFileSync(join(folder, 'readme.md'), 'not a capture');
    const { code, jsonLines } = await runCli(['validate', folder, '--json']);
    expect(code).toBe(0);
    expect(jsonLines.at(-1)).toMatchObject({ files: 2, events: 2 });
  });

  it('a folder without captures, and a missing file, exit 3 and the rest is checked', async () => {
    const { code, jsonLines } = await runCli([
      'validate',
      temporaryFolder(),
      'no-such-file',
      temporaryFile(GOOD),
      '--json',
    ]);
    expect(code).toBe(3);
    expect(jsonLines.at(-1)).toMatchObject({ events: 1 });
  });

  it('whatever is changed in a good event, there is a verdict with places inside the file', async () => {
    const change = fc.tuple(fc.nat(GOOD.length - 1), fc.nat(8), fc.string({ maxLength: 6, unit: 'binary' }));
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
        let text = JSON.stringify(exampleEvent('cloud'), null, 1);
        for (const [at, length, by] of changes) text = text.slice(0, at) + by + text.slice(at + length);
        const stdin = Buffer.from(text);
        const lines = stdin.toString('utf8').split('\n');
        const { code, jsonLines } = await runCli(['validate', '-', '--json', '--max-problems', '0'], {
          stdin,
        });
        expect([0, 1]).toContain(code);
        for (const each of jsonLines.filter(({ type }) => type === 'problem')) {
          const line = lines[Number(each.line) - 1];
          expect(line).toBeDefined();
          expect(Number(each.column)).toBeGreaterThan(0);
          expect(Number(each.column)).toBeLessThanOrEqual((line?.length ?? 0) + 1);
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe('flags', () => {
  const warning = GOOD.replace('"destination"', '"destinatio"');

  it('--strict makes a warning fail, --ignore forgets it', async () => {
    expect((await runCli(['validate', '-'], { stdin: warning })).code).toBe(0);
    expect((await runCli(['validate', '-', '--strict'], { stdin: warning })).code).toBe(1);
    const ignored = ['--ignore', 'missing-destination,provider-unknown-key'];
    expect(await codesOf(warning, ...ignored)).toEqual([]);
  });

  it('--max-problems leaves out what is over it, and says how many', async () => {
    const bad = `${GOOD.replace('"read","contact"', '"raed","contact"')}\n`.repeat(30);
    const { jsonLines } = await runCli(['validate', '-', '--json'], { stdin: bad });
    expect(jsonLines.filter(({ severity }) => severity === 'error')).toHaveLength(20);
    expect(jsonLines.at(-1)).toMatchObject({ errors: 30, leftOut: 10 });
    const all = await codesOf(bad, '--max-problems', '0');
    expect(all).toHaveLength(30);
  });

  it.each([
    ['--ignore', 'unknwn-status', '"unknown-status"'],
    ['--format', 'jsn', '"json"'],
    ['--max-event', '10', '10MiB'],
  ])('%s %s is answered with what was meant', async (flag, value, meant) => {
    const { code, stderr } = await runCli(['validate', '-', flag, value]);
    expect(code).toBe(2);
    expect(stderr).toContain(meant);
  });
});
