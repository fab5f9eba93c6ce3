import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lockPath } from '../../src/io/capture/file-lock.ts';
import { captureOf, uuidIn, uuidOf } from '../support/captures.ts';
import { runCli } from '../support/cli.ts';
import { minimalEvent } from '../support/events.ts';
import { temporaryFile, temporaryFolder } from '../support/files.ts';
import { freePort, startReceiver } from '../support/receiver.ts';

function uuidsOf(file: string): string[] {
  return readFileSync(file, 'utf8').split('\n').filter(Boolean).map(uuidIn);
}

const all = (count: number): string[] => Array.from({ length: count }, (_, index) => uuidOf(index));

/** A handler that refuses each second event. */
const refusingHalf = () => startReceiver((response, n) => response.writeHead(n % 2 === 0 ? 500 : 200).end());

const modeOf = (file: string): number => statSync(file).mode & 0o777;

describe('--failures that names the file that is replayed', () => {
  it('leaves in it what is left, until nothing is, and then exits 0', async () => {
    const receiver = await refusingHalf();
    const file = temporaryFile(captureOf(5), 'left.ndjson');
    chmodSync(file, 0o640);
    const argv = ['replay', file, '--to', receiver.url, '--failures', file, '-q'];
    expect((await runCli(argv)).code).toBe(1);
    expect(uuidsOf(file)).toEqual([uuidOf(1), uuidOf(3)]);
    expect(modeOf(file)).toBe(0o640);
    const codes = [];
    for (let run = 0; run < 3; run += 1) codes.push((await runCli(argv)).code);
    expect(codes.at(-1)).toBe(0);
    expect(readFileSync(file, 'utf8')).toBe('');
    const accepted = receiver.requests.filter((_, index) => index % 2 === 0);
    expect(accepted.map(({ body }) => uuidIn(body)).toSorted()).toEqual(all(5));
  });

  it.each([
    ['a link', symlinkSync],
    ['a hard link', linkSync],
  ])('by the name of %s: no event is lost', async (_name, make) => {
    const receiver = await refusingHalf();
    const file = temporaryFile(captureOf(4), 'left.ndjson');
    const other = join(temporaryFolder(), 'other.ndjson');
    make(file, other);
    expect((await runCli(['replay', file, '--to', receiver.url, '--failures', other])).code).toBe(1);
    expect(uuidsOf(other)).toEqual([uuidOf(1), uuidOf(3)]);
    const isLink = make === symlinkSync;
    expect(lstatSync(other).isSymbolicLink()).toBe(isLink);
    expect(uuidsOf(file)).toEqual(isLink ? [uuidOf(1), uuidOf(3)] : all(4));
  });

  it('by standard input: nothing is lost', async () => {
    const receiver = await refusingHalf();
    const file = temporaryFile(captureOf(2000), 'left.ndjson');
    const argv = ['bin/callbell-status.js', 'replay', '-', '--to', receiver.url, '--failures', file, '-q'];
    const child = spawn(process.execPath, argv, { stdio: [openSync(file, 'r'), 'ignore', 'ignore'] });
    expect(await once(child, 'exit')).toEqual([1, null]);
    expect(uuidsOf(file)).toHaveLength(1000);
    expect(receiver.requests).toHaveLength(2000);
  });

  it.each([
    ['a choice of events', ['--limit', '1']],
    ['changed events', ['--set', 'payload.status=read']],
  ])('is refused with %s, which would lose the others', async (_name, flags) => {
    const file = temporaryFile(captureOf(4), 'left.ndjson');
    const argv = ['replay', file, '--to', '3000', '--failures', file, '--force', ...flags];
    expect((await runCli(argv)).code).toBe(2);
    expect(uuidsOf(file)).toEqual(all(4));
  });

  it('leaves it as it was where not all that is left could be written to it', async () => {
    const to = `http://127.0.0.1:${await freePort()}`;
    const large = minimalEvent(uuidOf(9), 'x'.repeat(6000));
    const content = `${captureOf(2)}${large}\n`;
    const file = temporaryFile(content, 'left.ndjson');
    const argv = ['replay', file, '--to', to, '--failures', file, '--max-event', '200B'];
    const { code, stderr } = await runCli(argv);
    expect([code, stderr]).toEqual([3, expect.stringMatching(/left as it was/)]);
    expect(stderr).not.toMatch(/to deliver again/);
    expect(readFileSync(file, 'utf8')).toBe(content);
  });
});

describe('--failures and --report in a folder that is replayed', () => {
  it('are not read where they are new', async () => {
    const receiver = await startReceiver((response) => response.writeHead(500).end());
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'a.ndjson'), captureOf(600));
    const [failures, report] = [join(folder, 'left.ndjson'), join(folder, 'report.ndjson')];
    const argv = [
      'replay',
      folder,
      '--to',
      receiver.url,
      '-c',
      '4',
      '--failures',
      failures,
      '--report',
      report,
    ];
    const { code, jsonLines } = await runCli([...argv, '--json', '-q']);
    expect([code, jsonLines.at(-1)?.total]).toEqual([1, 600]);
    expect(receiver.requests).toHaveLength(600);
    expect(uuidsOf(failures).toSorted()).toEqual(all(600));
    expect(readdirSync(folder).toSorted()).toEqual(['a.ndjson', 'left.ndjson', 'report.ndjson']);
  });

  it('lose nothing that an earlier run left in it', async () => {
    const receiver = await startReceiver();
    const folder = temporaryFolder();
    const lines = captureOf(4).split(/(?<=\n)/);
    writeFileSync(join(folder, 'a.ndjson'), lines.slice(0, 2).join(''));
    const failures = join(folder, 'left.ndjson');
    writeFileSync(failures, lines.slice(2).join(''));
    expect((await runCli(['replay', folder, '--to', receiver.url, '--failures', failures])).code).toBe(0);
    expect(receiver.requests.map(({ body }) => uuidIn(body)).toSorted()).toEqual(all(4));
    expect(readFileSync(failures, 'utf8')).toBe('');
  });

  it('a report never takes the place of a capture', async () => {
    const file = temporaryFile(captureOf(1));
    for (const source of [file, file.replace(/\/[^/]*$/, '')]) {
      expect((await runCli(['replay', source, '--to', '3000', '--report', file, '--force'])).code).toBe(2);
    }
    expect(readFileSync(file, 'utf8')).toBe(captureOf(1));
  });
});

describe('the files that replay writes', () => {
  it('are for their owner only, keep the mode of what they replace, and follow a link to nothing', async () => {
    const receiver = await refusingHalf();
    const folder = temporaryFolder();
    const [failures, report, target] = ['f.ndjson', 'r.ndjson', 't.ndjson'].map((name) => join(folder, name));
    symlinkSync('t.ndjson', failures as string);
    writeFileSync(report as string, 'of an earlier run\n', { mode: 0o644 });
    const files = ['--failures', failures as string, '--report', report as string];
    await runCli(['replay', '-', '--to', receiver.url, ...files, '--force'], { stdin: captureOf(4) });
    expect(lstatSync(failures as string).isSymbolicLink()).toBe(true);
    expect([modeOf(target as string), modeOf(report as string)]).toEqual([0o600, 0o644]);
    expect(uuidsOf(target as string)).toEqual([uuidOf(1), uuidOf(3)]);
    expect(readdirSync(folder)).toHaveLength(3);
  });

  it('need --force to take the place of what is not replayed', async () => {
    const file = temporaryFile(captureOf(1), 'left.ndjson');
    const argv = ['replay', temporaryFile(captureOf(2)), '--to', '3000', '--failures', file];
    expect((await runCli(argv)).code).toBe(2);
    expect(readFileSync(file, 'utf8')).toBe(captureOf(1));
  });

  it('what a killed process left behind is removed, never what a living one writes', async () => {
    const folder = temporaryFolder();
    const file = join(folder, 'left.ndjson');
    writeFileSync(file, captureOf(1));
    const machine = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
    const [dead, alive, foreign] = [
      `${machine}-${'a'.repeat(12)}`,
      `${machine}-${'b'.repeat(12)}`,
      'mine',
    ].map((name) => join(folder, `.left.ndjson.${name}.part`)) as [string, string, string];
    for (const each of [dead, alive, foreign]) writeFileSync(each, 'x');
    const lock = await lockPath(alive);
    const receiver = await startReceiver();
    await runCli(['replay', file, '--to', receiver.url, '--failures', file]);
    expect([dead, alive, foreign].map(existsSync)).toEqual([false, true, true]);
    await lock?.release();
  });
});

describe('what is in a folder besides events', () => {
  it('is not sent: other JSON, our own reports; it is said', async () => {
    const receiver = await startReceiver();
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'below'));
    writeFileSync(join(folder, 'below', 'a.ndjson'), captureOf(3));
    writeFileSync(join(folder, 'package.json'), '{"name":"my-app","secret":"s","uuid":"x"}');
    writeFileSync(join(folder, 'odd.json'), '[1,2,"x",null]');
    const report = join(temporaryFolder(), 'report.ndjson');
    await runCli(['replay', join(folder, 'below'), '--to', receiver.url, '--report', report]);
    writeFileSync(join(folder, 'report.ndjson'), readFileSync(report));
    receiver.requests.length = 0;
    const { code, jsonLines, stderr } = await runCli(['replay', folder, '--to', receiver.url, '--json']);
    expect(code).toBe(0);
    expect(receiver.requests.map(({ body }) => uuidIn(body))).toEqual(all(3));
    expect(jsonLines.at(-1)).toMatchObject({ total: 3, accepted: 3, notSent: 0, skipped: 9 });
    expect(stderr.match(/^skipped /gm)?.length).toBeLessThan(9);
  });

  it('is not what is replayed: a report alone has no event', async () => {
    const report = temporaryFile(
      '{"type":"delivery","n":1,"source":"a:1","uuid":"a","status":"read","outcome":"refused","attempts":1}\n',
    );
    expect((await runCli(['replay', report, '--to', '3000'])).code).toBe(3);
  });
});
