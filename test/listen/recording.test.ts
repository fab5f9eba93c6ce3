import {
  appendFileSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ListenerNotice } from '../../src/domain/arrival/notice.ts';
import { runCli, startCli } from '../support/cli.ts';
import { minimalEvent, sampleEvent } from '../support/events.ts';
import { temporaryFolder } from '../support/files.ts';
import { openListener, post } from '../support/listener.ts';

const EVENT = JSON.stringify(sampleEvent('read'));

const linesOf = (file: string): Record<string, unknown>[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe('listen --record', () => {
  it('has the request in the file when it is answered, as the bytes it was', async () => {
    const file = join(temporaryFolder(), 'capture.ndjson');
    const { url } = await openListener({ record: { file } });
    const body = `  ${EVENT}\n`;
    await post(`${url}/hook?x=1`, body, { 'x-callbell-signature': 't=1,v1=ab' });
    const [line] = linesOf(file);
    expect(line).toMatchObject({ method: 'POST', path: '/hook?x=1', body });
    expect(line?.headers).toMatchObject({ 'x-callbell-signature': 't=1,v1=ab' });
    expect(Date.parse(String(line?.receivedAt))).not.toBeNaN();
  });

  it('keeps bytes that are no UTF-8 as base64', async () => {
    const file = join(temporaryFolder(), 'capture.ndjson');
    const { url } = await openListener({ record: { file, sync: true } });
    const body = Buffer.from([0x00, 0xff, 0xfe]);
    await post(url, body);
    expect(linesOf(file)[0]).toMatchObject({ bodyBase64: body.toString('base64') });
  });

  it('appends to an earlier run, and closes the line that was torn', async () => {
    const file = join(temporaryFolder(), 'capture.ndjson');
    writeFileSync(file, '{"receivedAt":"2026-01-01T00:00:00.000Z","meth');
    const { url } = await openListener({ record: { file } });
    await post(url, EVENT);
    const [torn, whole] = readFileSync(file, 'utf8').split('\n');
    expect(torn).toBe('{"receivedAt":"2026-01-01T00:00:00.000Z","meth');
    expect(JSON.parse(whole ?? '')).toMatchObject({ body: EVENT });
  });

  it('says how many requests are in the file that it appends to', async () => {
    const file = join(temporaryFolder(), 'capture.ndjson');
    const run = (): ReturnType<typeof runCli> =>
      runCli(['listen', '--port', '0', '--json', '--record', file, '--timeout', '1ms']);
    expect((await run()).stderr).not.toContain('appending');
    writeFileSync(file, '{"receivedAt":"2026-01-01T00:00:00.000Z"}\n'.repeat(14));
    expect((await run()).stderr).toMatch(/appending to .*: 14 requests there/);
  });

  it.each([
    ['package.json', '{\n  "name": "x"\n}\n'],
    ['a text', 'my notes\n'],
    ['a document on one line', '{"name":"x"}'],
  ])('refuses a file that is no recording, and leaves it as it is: %s', async (_name, content) => {
    const file = join(temporaryFolder(), 'file.json');
    writeFileSync(file, content);
    expect((await runCli(['listen', '--port', '0', '--record', file])).code).toBe(2);
    await expect(openListener({ record: { file } })).rejects.toMatchObject({ code: 'usage' });
    expect(readFileSync(file, 'utf8')).toBe(content);
  });

  it('lets nobody but the user read a file that it creates', async () => {
    const file = join(temporaryFolder(), 'capture.ndjson');
    await openListener({ record: { file } });
    expect(statSync(file).mode & 0o077).toBe(0);
  });

  it('refuses a file that another listener records to, until that one is closed', async () => {
    const file = join(temporaryFolder(), 'capture.ndjson');
    const first = await openListener({ record: { file } });
    const second = await runCli(['listen', '--port', '0', '--record', file, '--timeout', '1ms']);
    expect(second.code).toBe(3);
    expect(second.stderr).toContain('another listener');
    await first.close();
    expect((await runCli(['listen', '--port', '0', '--record', file, '--timeout', '1ms'])).code).toBe(0);
  });

  it.each([
    [
      'a folder that does not exist',
      (folder: string) => join(folder, 'none', 'capture.ndjson'),
      /folder exists/,
    ],
    ['a folder', (folder: string) => folder, /a file in that folder/],
    ['what is no file', () => '/dev/null', /an ordinary file/],
  ])('exits 3 when it cannot record to %s, and says what to do', async (_name, fileIn, hint) => {
    const { code, stderr } = await runCli(['listen', '--port', '0', '--record', fileIn(temporaryFolder())]);
    expect(code).toBe(3);
    expect(stderr).toMatch(hint);
  });

  it('answers 503 while its folder is gone, and lives on', async () => {
    const folder = join(temporaryFolder(), 'captures');
    mkdirSync(folder);
    const file = join(folder, 'capture.ndjson');
    const notices: ListenerNotice['code'][] = [];
    const { url, waitFor } = await openListener({
      record: { file },
      onNotice: ({ code }) => notices.push(code),
    });
    expect((await post(url, EVENT)).status).toBe(200);
    rmSync(folder, { recursive: true });
    expect((await post(url, EVENT)).status).toBe(503);
    expect((await post(url, EVENT)).status).toBe(503);
    mkdirSync(folder);
    expect((await post(url, EVENT)).status).toBe(200);
    expect(linesOf(file)).toHaveLength(1);
    expect(notices).toEqual(['recording-failed', 'recording-resumed']);
    expect(await waitFor({})).toMatchObject({ answered: 200 });
  });

  it('goes on in a new file when its own is moved away', async () => {
    const folder = temporaryFolder();
    const file = join(folder, 'capture.ndjson');
    const { url } = await openListener({ record: { file } });
    await post(url, minimalEvent('a'.repeat(32), 'sent'));
    renameSync(file, join(folder, 'old.ndjson'));
    expect((await post(url, minimalEvent('b'.repeat(32), 'sent'))).status).toBe(200);
    expect(linesOf(file)).toMatchObject([{ body: minimalEvent('b'.repeat(32), 'sent') }]);
  });

  it('goes on where somebody else wrote half a line', async () => {
    const file = join(temporaryFolder(), 'capture.ndjson');
    const { url } = await openListener({ record: { file } });
    await post(url, EVENT);
    appendFileSync(file, '\n');
    await post(url, EVENT);
    expect(readFileSync(file, 'utf8').split('\n').filter(Boolean)).toHaveLength(2);
  });

  it('records many at a time in the order of their answers', async () => {
    const file = join(temporaryFolder(), 'capture.ndjson');
    const { url } = await openListener({ record: { file } });
    const uuids = Array.from({ length: 200 }, (_, index) => index.toString(16).padStart(32, '0'));
    await Promise.all(uuids.map((uuid) => post(url, minimalEvent(uuid, 'sent'))));
    const recorded = linesOf(file).map(
      ({ body }) => (JSON.parse(String(body)) as { payload: { uuid: string } }).payload.uuid,
    );
    expect(recorded.sort()).toEqual(uuids);
  });

  it('masks names and numbers with --redact, and says what that costs', async () => {
    const file = join(temporaryFolder(), 'capture.ndjson');
    const { stdout, stderr, exitCode } = startCli([
      'listen',
      '--port',
      '0',
      '--json',
      '--record',
      file,
      '--redact',
      '--max-events',
      '1',
    ]);
    const [, url = ''] = await stdout.until(/"url":"([^"]+)"/);
    await post(url, EVENT);
    expect(await exitCode).toBe(0);
    const recorded = readFileSync(file, 'utf8');
    const { name, phoneNumber } = sampleEvent('read').payload.contact ?? {};
    expect(recorded).not.toContain(name);
    expect(recorded).not.toContain(phoneNumber);
    expect(stderr.text).toContain('no longer match');
  });
});
