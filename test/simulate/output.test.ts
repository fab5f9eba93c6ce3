import { existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli, startCli } from '../support/cli.ts';
import { temporaryFolder } from '../support/files.ts';

const FIXED = ['--seed', '7', '--now', '2026-01-31T14:03:00Z'];
const LIFE = ['simulate', '-S', 'read', ...FIXED];

describe('simulate --output', () => {
  it('writes NDJSON, an array or a document, by the ending', async () => {
    const folder = temporaryFolder();
    const printed = await runCli(LIFE);
    const content = async (name: string, argv = LIFE): Promise<string> => {
      const { code, stdout } = await runCli([...argv, '-o', join(folder, name)]);
      expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
      return readFileSync(join(folder, name), 'utf8');
    };
    expect(await content('a.ndjson')).toBe(printed.stdout);
    expect(await content('a.jsonl')).toBe(printed.stdout);
    expect(JSON.parse(await content('a.json'))).toEqual(printed.jsonLines);
    const single = ['simulate', '-s', 'read', ...FIXED];
    expect(await content('b.json', single)).toBe((await runCli(single)).stdout);
    expect(readdirSync(folder).sort()).toEqual(['a.json', 'a.jsonl', 'a.ndjson', 'b.json']);
  });

  it('writes one file an event into a folder', async () => {
    const folder = temporaryFolder();
    const { code } = await runCli([...LIFE, '-o', `${join(folder, 'new')}/`]);
    expect(code).toBe(0);
    const files = ['01-enqueued.json', '02-sent.json', '03-delivered.json', '04-read.json'];
    expect(readdirSync(join(folder, 'new'))).toEqual(files);
    expect(readdirSync(folder)).toEqual(['new']);
    expect((await runCli(['validate', ...files.map((file) => join(folder, 'new', file))])).code).toBe(0);
  });

  it.each(['a.ndjson', 'folder/'])('overwrites %s only with --force', async (name) => {
    const path = join(temporaryFolder(), name);
    const write = (...flags: string[]) => runCli([...LIFE, '-o', path, ...flags]);
    expect((await write()).code).toBe(0);
    const again = await write();
    expect(again.code).toBe(2);
    expect(again.stderr).toContain('--force');
    expect((await write('--force')).code).toBe(0);
  });

  it('replaces the file that a link names, not the link', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'real.ndjson'), 'old');
    symlinkSync('real.ndjson', join(folder, 'link.ndjson'));
    expect((await runCli([...LIFE, '--force', '-o', join(folder, 'link.ndjson')])).code).toBe(0);
    expect(readFileSync(join(folder, 'real.ndjson'), 'utf8')).toBe((await runCli(LIFE)).stdout);
    expect(readdirSync(folder).sort()).toEqual(['link.ndjson', 'real.ndjson']);
  });

  it('leaves nothing behind when it is interrupted', async () => {
    const folder = temporaryFolder();
    for (const name of ['a.ndjson', 'b.json', 'c/']) {
      const run = startCli(['simulate', '-s', 'all', '-n', '1000000', ...FIXED, '-o', join(folder, name)]);
      setImmediate(() => run.interrupt());
      expect(await run.exitCode).toBe(130);
    }
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each([
    ['missing/a.json', 3, 'folder'],
    ['file.txt/a.json', 3, 'folder'],
    ['missing/b/', 3, 'folder'],
    ['a.txt', 2, '.ndjson'],
  ])('says in a sentence why %s cannot be written', async (name, expected, words) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'file.txt'), '');
    const { code, stderr } = await runCli([...LIFE, '-o', join(folder, name)]);
    expect(code).toBe(expected);
    expect(stderr).toContain(words);
    expect(readdirSync(folder)).toEqual(['file.txt']);
  });

  it.skipIf(!existsSync('/dev/full'))('exits 3 when the disk is full', async () => {
    const { code, stderr } = await runCli([...LIFE, '-o', '/dev/full']);
    expect(code).toBe(3);
    expect(stderr).toContain('full');
  });
});
