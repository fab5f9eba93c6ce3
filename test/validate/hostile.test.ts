import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { gzipSync } from 'node:zlib';
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
    ['lone surrogates as escapes', GOOD.replace('adf3', '\\ud800\\udfff\\udc00'), 'malformed-uuid'],
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

  it('a file of a folder that is gone when its turn comes is named, and the rest is checked', async () => {
    const folder = temporaryFolder();
    for (const name of ['a.json', 'b.json', 'c.json'])
      writeFileSync(join(folder, name), GOOD.replace('"read"', '"raed"'));
    const { stdout, printed } = outputThat(() => rmSync(join(folder, 'b.json'), { force: true }));
    const { code, stderr } = await runCli(['validate', folder, '--json'], { stdout });
    expect(code).toBe(3);
    expect(stderr).toContain('b.json');
    expect(printed()).toMatchObject({ files: 3, events: 2, unreadable: 1 });
  });

  it('a file that is cut while it is read gets a verdict on what was there', async () => {
    const file = temporaryFile(`${GOOD.replace('"read"', '"raed"')}\n`.repeat(8000), 'a.ndjson');
    const { stdout, printed } = outputThat(() => truncateSync(file, 10));
    const { code } = await runCli(['validate', file, '--json'], { stdout });
    expect(code).toBe(1);
    expect(printed()).toMatchObject({ type: 'summary', files: 1 });
    expect(Number(printed()?.events)).toBeLessThan(8000);
  });

  it.skipIf(process.getuid?.() === 0)('a file that may not be read is said to be one', async () => {
    const file = temporaryFile(GOOD);
    chmodSync(file, 0);
    const { code, stderr } = await runCli(['validate', file]);
    expect(code).toBe(3);
    expect(stderr).toContain('permission denied');
  });

  it.skipIf(process.platform !== 'linux')('a line of 200 MB costs little memory', async () => {
    const child = spawn(process.execPath, ['bin/callbell-status.js', 'validate', '-', '--json'], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const output = child.stdout.setEncoding('utf8').toArray();
    const peak = (): number =>
      Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]) / 1024;
    child.stdin.write(`${GOOD}\n{"a":"`);
    const part = Buffer.alloc(2_000_000, 'x');
    for (let written = 0; written < 200_000_000; written += part.length) {
      if (!child.stdin.write(part)) await once(child.stdin, 'drain');
    }
    const most = peak();
    child.stdin.end(`"}\n${GOOD}\n`);
    const lines = (await output).join('').trim().split('\n');
    expect(lines.map((line) => JSON.parse(line).code)).toContain('too-large');
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ events: 2, unrecognised: 1, errors: 1 });
    expect(most).toBeLessThan(250);
  });
});

/** An output that does something when the first line is written to it, and its last line. */
function outputThat(act: () => void): { stdout: Writable; printed(): Record<string, unknown> | undefined } {
  let text = '';
  const stdout = new Writable({
    decodeStrings: false,
    write(chunk, _encoding, done) {
      text += chunk;
      if (text !== '') act();
      done();
    },
  });
  return { stdout, printed: () => JSON.parse(text.trim().split('\n').at(-1) ?? 'null') };
}

describe('flags', () => {
  const warning = GOOD.replace('"destination"', '"destinatio"');

  it('--strict makes a warning fail, --ignore forgets it', async () => {
    expect((await runCli(['validate', '-'], { stdin: warning })).code).toBe(0);
    expect((await runCli(['validate', '-', '--strict'], { stdin: warning })).code).toBe(1);
    const ignored = ['--ignore', 'missing-destination,provider-misspelt-key'];
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
