import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { exampleEvent } from '../../src/domain/validate/examples.ts';
import { runCli } from '../support/cli.ts';
import { temporaryFolder } from '../support/files.ts';
import { startReceiver } from '../support/receiver.ts';

const GOOD = JSON.stringify(exampleEvent('read'));
const WRONG = GOOD.replace('"read","contact"', '"raed","contact"');
const logLine = (event: string): string => `2026-01-31T14:03:00Z info webhook ${event}\n`;
const OTHER_LINES = '2026-01-31T14:03:00Z info GET /health 200\n'.repeat(50);

/** A folder with those files. */
function folderOf(files: Readonly<Record<string, string | Buffer>>): string {
  const folder = temporaryFolder();
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}

describe('a folder is read as its files are', () => {
  it.each<[string, string | Buffer]>([
    ['app.log', OTHER_LINES + logLine(WRONG)],
    ['app.txt', `handler started\n${logLine(WRONG)}`],
    ['app.log.1', logLine(WRONG) + OTHER_LINES],
    ['app.log.gz', gzipSync(OTHER_LINES + logLine(WRONG))],
    ['utf16.log', Buffer.from(`\ufeff${OTHER_LINES}${logLine(WRONG)}`, 'utf16le')],
    ['broken.log', logLine(GOOD.slice(0, -9))],
    ['far.log', OTHER_LINES.repeat(2000) + logLine(WRONG)],
  ])('%s has the same problems in a folder as by name', async (name, content) => {
    const folder = folderOf({ [name]: content });
    const alone = await runCli(['validate', join(folder, name), '--json']);
    const inFolder = await runCli(['validate', folder, '--json']);
    expect(inFolder.code).toBe(1);
    expect(inFolder.jsonLines).toEqual(alone.jsonLines);
  });

  it('files without an event are passed over, and said to be', async () => {
    const folder = folderOf({
      'a.json': GOOD,
      'notes.txt': 'The event "message_status_updated" is what Callbell sends.\n',
      'other.log': `${OTHER_LINES}2026-01-31T14:03:00Z info {"event":"login","payload":{"user":1}}\n`,
      'picture.png': Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'),
      'zipped.gz': gzipSync(Buffer.alloc(100)),
      '.hidden.txt': 'hidden',
    });
    const { code, jsonLines, stderr } = await runCli(['validate', folder, '--json']);
    expect(code).toBe(0);
    expect(jsonLines.at(-1)).toMatchObject({ files: 1, events: 1, errors: 0, passedOver: 4 });
    expect(jsonLines.at(-1)?.passedOverFiles).toEqual([
      { file: join(folder, 'notes.txt'), why: 'no event' },
      { file: join(folder, 'other.log'), why: 'no event' },
      { file: join(folder, 'picture.png'), why: 'not text' },
      { file: join(folder, 'zipped.gz'), why: 'not text' },
    ]);
    expect(stderr).toContain(`${join(folder, 'picture.png')} (not text)`);
    expect((await runCli(['validate', folder, '--quiet'])).stdout).toContain('4 files passed over');
  });

  it('of many only the first are named, and all are counted', async () => {
    const names = Array.from({ length: 300 }, (_, index) => [`n${index}.md`, 'nothing'] as const);
    const folder = folderOf({ 'a.json': GOOD, ...Object.fromEntries(names) });
    const { jsonLines, stderr } = await runCli(['validate', folder, '--json']);
    expect(jsonLines.at(-1)).toMatchObject({ passedOver: 300, files: 1 });
    expect(jsonLines.at(-1)?.passedOverFiles).toHaveLength(5);
    expect(stderr).toContain('and 295 more');
  });

  it('a broken file whose name says JSON is an error, as it is by name', async () => {
    const folder = folderOf({ 'a.ndjson': 'not JSON\n', 'b.json': '' });
    const { code, jsonLines } = await runCli(['validate', folder, '--json']);
    expect(code).toBe(1);
    expect(jsonLines.at(-1)).toMatchObject({ files: 2, errors: 2, passedOver: 0 });
  });

  it('a folder in which nothing is a capture is an error that says what was passed over', async () => {
    const folder = folderOf({ 'notes.txt': 'nothing' });
    const { code, stderr } = await runCli(['validate', folder]);
    expect(code).toBe(3);
    expect(stderr).toContain('notes.txt (no event)');
  });

  it('a long text is looked at only at its beginning, and that is said', async () => {
    const folder = folderOf({ 'a.json': GOOD, 'long.txt': 'word '.repeat(2_000_000) });
    const { code, jsonLines } = await runCli(['validate', folder, '--json']);
    expect(code).toBe(0);
    expect(jsonLines.at(-1)?.passedOverFiles).toMatchObject([{ why: 'no event in its first 8 MiB' }]);
  });
});

describe('replay, simulate and report read the same files of a folder', () => {
  const folderWithLog = (): string => {
    const folder = folderOf({ 'a.json': GOOD, 'notes.txt': 'nothing' });
    mkdirSync(join(folder, 'logs'));
    writeFileSync(join(folder, 'logs', 'app.log'), OTHER_LINES + logLine(GOOD));
    return folder;
  };

  it('replay delivers them, and says what it skipped', async () => {
    const folder = folderWithLog();
    const receiver = await startReceiver();
    const { code, jsonLines, stderr } = await runCli(['replay', folder, '--to', receiver.url, '--json']);
    expect(code).toBe(0);
    expect(jsonLines.at(-1)).toMatchObject({ accepted: 2, skipped: 1 });
    expect(stderr).toContain(`skipped ${join(folder, 'notes.txt')}: no event`);
  });

  it('replay goes on with the next file of a folder after one that cannot be read', async () => {
    const folder = folderOf({
      'a.json.gz': gzipSync(GOOD).subarray(0, 60),
      'b.json': GOOD,
    });
    const receiver = await startReceiver();
    const { code, jsonLines } = await runCli(['replay', folder, '--to', receiver.url, '--json']);
    expect([code, jsonLines.at(-1)?.accepted]).toEqual([3, 1]);
  });

  it('simulate --from starts from them', async () => {
    const { code, stdout, stderr } = await runCli(['simulate', '--from', folderWithLog()]);
    expect([code, stdout.trim().split('\n').length]).toEqual([0, 2]);
    expect(stderr).toContain('notes.txt (no event)');
  });

  it('report counts them', async () => {
    const { code, jsonLines, stderr } = await runCli(['report', folderWithLog(), '--json']);
    expect(code).toBe(0);
    expect(jsonLines.at(-1)).toMatchObject({ files: 2, passedOver: 1, events: 2 });
    expect(stderr).toContain('notes.txt (no event)');
  });
});
