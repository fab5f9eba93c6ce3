import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli, startCli } from '../support/cli.ts';
import { temporaryFolder } from '../support/files.ts';
import { openListener, post } from '../support/listener.ts';

const VARIABLE = 'CALLBELL_STATUS_REDACTION_KEY';
const EVENT = JSON.stringify({
  event: 'message_status_updated',
  payload: { uuid: 'a'.repeat(32), status: 'read', contact: { name: 'Maria Rossi', tags: ['vip'] } },
});

/** Records one event with `--redact`; gives its body as it is in the file. */
async function recorded(file: string, flags: readonly string[], variables: Record<string, string> = {}) {
  const argv = ['listen', '--port', '0', '--json', '--record', file, ...flags, '--max-events', '1'];
  const run = startCli(argv, { variables });
  const [, url = ''] = await run.stdout.until(/"url":"([^"]+)"/);
  await post(url, EVENT);
  expect(await run.exitCode).toBe(0);
  const last = readFileSync(file, 'utf8').trim().split('\n').at(-1) ?? '';
  return String((JSON.parse(last) as { body: string }).body);
}

describe('the key of --redact', () => {
  it('is kept beside the recording, so that masks are the same when it is continued', async () => {
    const folder = temporaryFolder();
    const file = join(folder, 'capture.ndjson');
    const first = await recorded(file, ['--redact']);
    const key = join(folder, '.capture.ndjson.redaction-key');
    expect(statSync(key).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8')).not.toContain(readFileSync(key, 'utf8').trim());
    expect(await recorded(file, ['--redact'])).toBe(first);
    expect(await recorded(join(folder, 'other.ndjson'), ['--redact'])).not.toBe(first);
  });

  it('comes from the variable where that is set: then several recordings have the same masks', async () => {
    const folder = temporaryFolder();
    const variables = { [VARIABLE]: 'a key of enough characters' };
    const first = await recorded(join(folder, 'a.ndjson'), ['--redact'], variables);
    expect(await recorded(join(folder, 'b.ndjson'), ['--redact'], variables)).toBe(first);
    expect(readdirSync(folder).sort()).toEqual(['a.ndjson', 'b.ndjson']);
    const { url } = await openListener({
      record: { file: join(folder, 'c.ndjson'), redact: true, redactionKey: variables[VARIABLE] ?? '' },
    });
    await post(url, EVENT);
    expect(readFileSync(join(folder, 'c.ndjson'), 'utf8')).toContain(JSON.stringify(first));
  });

  it('is refused where it is short, and never repeated', async () => {
    const file = join(temporaryFolder(), 'capture.ndjson');
    const refused = await runCli(['listen', '--record', file, '--redact'], {
      variables: { [VARIABLE]: 'hunter2' },
    });
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain(VARIABLE);
    expect(refused.stderr).not.toContain('hunter2');
    const record = { file, redact: true, redactionKey: 'hunter2' };
    await expect(openListener({ record })).rejects.toMatchObject({ code: 'usage' });
  });

  it('is no longer one where somebody changed it: nothing is recorded with it', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, '.capture.ndjson.redaction-key'), 'not a key\n');
    const argv = ['listen', '--port', '0', '--record', join(folder, 'capture.ndjson'), '--redact'];
    const refused = await runCli(argv);
    expect(refused.code).toBe(3);
    expect(refused.stderr).toContain('.capture.ndjson.redaction-key');
  });
});

describe('--redact', () => {
  it.each([
    ['alone', ['--redact'], /tags \w{10}/],
    ['before another flag', ['--redact', '--record-sync'], /tags \w{10}/],
    ['with keep-tags', ['--redact=keep-tags'], /vip/],
    ['with keep-tags behind a space', ['--redact', 'keep-tags'], /vip/],
  ])('masks tags %s as it is told', async (_name, flags, tags) => {
    const body = await recorded(join(temporaryFolder(), 'capture.ndjson'), flags);
    expect(body).toMatch(tags);
    expect(body).not.toContain('Maria');
  });

  it.each([[['--redact=keep-names']], [['--redact', '3000']]])('refuses %j', async (flags) => {
    const refused = await runCli(['listen', '--record', 'x.ndjson', ...flags]);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('keep-tags');
  });
});
