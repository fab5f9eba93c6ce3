import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { PassThrough, type Readable, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { exampleEvent, exampleLines } from '../../src/domain/validate/examples.ts';
import { runCli } from '../support/cli.ts';
import { temporaryFile } from '../support/files.ts';

const GOOD = exampleLines(exampleEvent('read'));
const BAD = exampleLines(exampleEvent('read', { at: ['payload', 'status'], to: 'deliverd' }));
const WARNED = exampleLines(exampleEvent('read', { at: ['payload', 'contact', 'href'], to: 'nowhere' }));

/** An output whose reader goes away after some writes. */
function leaving(after: number): Writable {
  let writes = 0;
  const output = new Writable({
    write: (_chunk, _encoding, done) => {
      writes += 1;
      done(writes > after ? Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }) : null);
    },
    autoDestroy: false,
  });
  output.on('error', () => {});
  return output;
}

describe('a reader of the report that goes away', () => {
  it.each<[string, string[], string[], number]>([
    ['errors', [BAD.repeat(50)], [], 1],
    ['errors behind what was said', [WARNED + BAD], [], 1],
    ['errors that are not shown', [BAD.repeat(50)], ['--max-problems', '1'], 1],
    ['errors in the last of several files', [WARNED, GOOD, BAD], [], 1],
    ['no errors', [GOOD], [], 0],
    ['warnings', [WARNED], [], 0],
    ['warnings that fail', [WARNED], ['--strict'], 1],
    ['errors, and a file that is not there', [BAD, ''], [], 3],
  ])('leaves the exit code at what was found: %s', async (_name, contents, flags, expected) => {
    const files = contents.map((content) => (content === '' ? '/nowhere.json' : temporaryFile(content)));
    for (const format of ['pretty', 'json', 'line', 'github', 'sarif', 'junit']) {
      for (const after of [0, 1]) {
        const argv = ['validate', ...files, '--format', format, ...flags];
        const { code } = await runCli(argv, { stdout: leaving(after) });
        expect([format, after, code]).toEqual([format, after, expected]);
      }
    }
  });

  it('ends the check at once where nothing that comes can make it worse', async () => {
    const stdin = new PassThrough();
    stdin.write(BAD.repeat(3));
    // The source never ends.
    const { code } = await runCli(['validate', '-'], { stdin, stdout: leaving(0) });
    expect([code, stdin.destroyed]).toEqual([1, true]);
  });

  it('leaves the exit code of the built program as it is, with stderr in the same pipe', async () => {
    const file = temporaryFile(BAD.repeat(2000));
    const child = spawn(
      '/bin/sh',
      [
        '-c',
        '{ "$0" bin/callbell-status.js validate "$1" 2>&1; echo "$?" >&3; } | head -1',
        process.execPath,
        file,
      ],
      { stdio: ['ignore', 'pipe', 'inherit', 'pipe'] },
    );
    onTestFinished(() => void child.kill('SIGKILL'));
    const [first, code] = await Promise.all([
      text(child.stdout as Readable),
      text(child.stdio[3] as Readable),
      once(child, 'close'),
    ]);
    expect([first.split('\n').length, code]).toEqual([2, '1\n']);
  });
});

describe('a closed stderr', () => {
  it.each<[string[], number]>([
    [['explain', 'nothing-of-this-name'], 2],
    [['validate', '/nowhere.json'], 3],
  ])('%j still exits with its code', async (argv, expected) => {
    expect((await runCli(argv, { stderr: leaving(0) })).code).toBe(expected);
  });
});

describe('a file that is named twice', () => {
  it.each([
    ['by the same name', (file: string) => [file, file]],
    [
      'by another path',
      (file: string) => [
        file,
        `${file.slice(0, file.lastIndexOf('/'))}/./${file.slice(file.lastIndexOf('/') + 1)}`,
      ],
    ],
    ['by its folder', (file: string) => [file.slice(0, file.lastIndexOf('/')), file]],
  ])('%s is read once, and that is said', async (_name, paths) => {
    const { jsonLines, stderr } = await runCli(['validate', ...paths(temporaryFile(GOOD)), '--json']);
    expect(jsonLines).toMatchObject([{ type: 'summary', files: 1, events: 1 }]);
    expect(stderr).toMatch(/more than once/);
  });

  it('is read once where it is standard input', async () => {
    const { jsonLines } = await runCli(['validate', '-', '-', '--json'], { stdin: GOOD });
    expect(jsonLines).toMatchObject([{ type: 'summary', files: 1, events: 1, errors: 0 }]);
  });
});
