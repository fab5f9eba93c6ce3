import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { runCli, startCli } from '../support/cli.ts';
import { minimalEvent } from '../support/events.ts';
import { temporaryFolder } from '../support/files.ts';
import { post } from '../support/listener.ts';

const uuidOf = (n: number): string => n.toString(16).padStart(32, '0');

/** Posts events of so many messages, all at the same time; gives the uuids that were answered 200, and all statuses. */
async function postMany(url: string, from: number, count: number) {
  const uuids = Array.from({ length: count }, (_, index) => uuidOf(from + index));
  const statuses = await Promise.all(
    uuids.map(async (uuid) => (await post(url, minimalEvent(uuid, 'read'))).status),
  );
  return { acknowledged: uuids.filter((_, index) => statuses[index] === 200), statuses: new Set(statuses) };
}

/** The uuids in a recording, every line of which must be readable. */
function recordedIn(file: string): string[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse((JSON.parse(line) as { body: string }).body).payload.uuid as string);
}

/** Starts `listen --record`. */
async function recordingTo(file: string) {
  const run = startCli(['listen', '--port', '0', '--json', '--record', file]);
  const [, url = ''] = await run.stdout.until(/"url":"([^"]+)"/);
  return { ...run, url, count: (wording: RegExp) => run.stderr.text.match(wording)?.length ?? 0 };
}

describe('listen --record, when it cannot write', () => {
  it('answers 503 while its folder is gone, says so once, lives on, and goes on when it is back', async () => {
    const folder = join(temporaryFolder(), 'captures');
    const file = join(folder, 'capture.ndjson');
    mkdirSync(folder);
    const run = await recordingTo(file);
    const before = await postMany(run.url, 0, 5);
    expect(before.statuses).toEqual(new Set([200]));
    renameSync(folder, `${folder}-away`);
    expect((await postMany(run.url, 10, 20)).statuses).toEqual(new Set([503]));
    expect((await postMany(run.url, 30, 1)).statuses).toEqual(new Set([503]));
    expect(run.count(/cannot record/g)).toBe(1);
    mkdirSync(folder);
    const { acknowledged } = await postMany(run.url, 40, 5);
    expect(recordedIn(file).sort()).toEqual(acknowledged);
    const away = recordedIn(join(`${folder}-away`, 'capture.ndjson'));
    expect(away.sort()).toEqual(before.acknowledged);
    run.interrupt();
    expect(await run.exitCode).toBe(0);
    expect(run.count(/works again/g)).toBe(1);
    expect(run.stdout.jsonLines.at(-1)).toMatchObject({ events: 10, refusals: { 'not-recorded': 21 } });
  });

  it('begins a line of its own where it finds half a line when its folder is back', async () => {
    const folder = join(temporaryFolder(), 'captures');
    const file = join(folder, 'capture.ndjson');
    mkdirSync(folder);
    const run = await recordingTo(file);
    await postMany(run.url, 0, 1);
    rmSync(folder, { recursive: true });
    expect((await postMany(run.url, 1, 1)).statuses).toEqual(new Set([503]));
    mkdirSync(folder);
    writeFileSync(file, '{"receivedAt":"2026-');
    await postMany(run.url, 2, 2);
    const [torn, ...whole] = readFileSync(file, 'utf8').split('\n');
    expect(torn).toBe('{"receivedAt":"2026-');
    expect(whole.slice(0, -1).map((line) => JSON.parse(line))).toHaveLength(2);
  });

  it('begins a new file when its own is deleted, and loses nothing of what it answered', async () => {
    const file = join(temporaryFolder(), 'capture.ndjson');
    const run = await recordingTo(file);
    await postMany(run.url, 0, 3);
    rmSync(file);
    const { acknowledged } = await postMany(run.url, 10, 3);
    expect(recordedIn(file).sort()).toEqual(acknowledged);
    await run.stderr.until(/moved or deleted/);
  });
});

// A limit on the size of files is the one full disk that needs no rights. Windows and its like have none.
const canLimit = existsSync('/bin/sh') && process.platform !== 'win32';

/** Starts the built program where no file may be larger than so many blocks of 512 or 1024 bytes. */
async function startLimited(file: string, blocks: number, flags: readonly string[]) {
  // What a shell ignores, its children ignore: without that, the signal would end the program.
  const script = `trap '' XFSZ; ulimit -f ${blocks}; exec "$0" "$@"`;
  const args = ['bin/callbell-status.js', 'listen', '--port', '0', '--json', '--record', file, ...flags];
  const child = spawn('/bin/sh', ['-c', script, process.execPath, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const stderr = text(child.stderr);
  const [first] = (await once(child.stdout, 'data')) as [Buffer];
  child.stdout.resume();
  const { url } = JSON.parse(first.toString()) as { url: string };
  return { url, stderr, child };
}

describe.skipIf(!canLimit)('listen --record, where its file is full', () => {
  it.each([[[]], [['--record-sync']], [['--redact']]])(
    'has every request in the file that it answered 200, each line whole, and goes on when there is room: %j',
    async (flags) => {
      const file = join(temporaryFolder(), 'capture.ndjson');
      const { url, stderr, child } = await startLimited(file, 20, flags);
      const acknowledged: string[] = [];
      const statuses = new Set<number>();
      // Several at a time, so that what is cut in the middle is a batch of lines.
      for (let from = 0; from < 100; from += 7) {
        const many = await postMany(url, from, 7);
        acknowledged.push(...many.acknowledged);
        for (const status of many.statuses) statuses.add(status);
      }
      expect(statuses).toEqual(new Set([200, 503]));
      expect(readFileSync(file, 'utf8').endsWith('\n')).toBe(true);
      expect(recordedIn(file).sort()).toEqual(acknowledged.sort());
      expect((await runCli(['validate', file, '--quiet'])).code).toBe(0);

      truncateSync(file);
      appendFileSync(file, '{"torn by somebody else');
      const later = await postMany(url, 1000, 7);
      expect(later.statuses).toEqual(new Set([200]));
      const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
      expect(lines.filter((line) => line.endsWith('}'))).toHaveLength(7);

      child.kill('SIGINT');
      const [code] = (await once(child, 'close')) as [number];
      expect(code).toBe(0);
      // Said when it begins and when it ends: between, a smaller batch may just have found room.
      const said = (wording: RegExp): number => all.match(wording)?.length ?? 0;
      const all = await stderr;
      expect(said(/cannot record .* as large as a file may be/g)).toBe(said(/works again/g));
      expect(said(/cannot record/g)).toBeGreaterThan(0);
      expect(said(/cannot record/g)).toBeLessThan(5);
    },
  );
});
