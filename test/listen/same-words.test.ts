import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli, startCli } from '../support/cli.ts';
import { minimalEvent } from '../support/events.ts';
import { temporaryFolder } from '../support/files.ts';
import { post } from '../support/listener.ts';

const READ = minimalEvent('a'.repeat(32), 'read');
/** An event with a byte in a name that is no UTF-8; cut off after so many characters of what follows the byte. */
const withByte = (end?: number): Buffer =>
  Buffer.concat([
    Buffer.from(READ.replace('}}', ',"contact":{"name":"J')),
    Buffer.of(0xff),
    Buffer.from('rg"}}}'.slice(0, end)),
  ]);

const BODIES: readonly (readonly [name: string, body: string | Buffer])[] = [
  ['a form', `event=message_status_updated&payload=${encodeURIComponent('{"status":"read"}')}`],
  ['a Python dictionary', "{'event': 'message_status_updated', 'payload': None}"],
  ['a page', '<!doctype html><title>no</title>'],
  ['YAML', 'event: message_status_updated\npayload:\n  status: read\n'],
  ['a torn event', READ.slice(0, -10)],
  ['a missing comma', READ.replace(',', ' ')],
  ['bytes that are no text', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])],
  ['an event with a byte that is no UTF-8', withByte()],
  ['a torn event with a byte that is no UTF-8', withByte(4)],
  ['a list', `[${READ}]`],
  ['a mere text', '"ping"'],
  ['an object without an event', '{"ok":true}'],
  ['an unknown status', minimalEvent('a'.repeat(32), 'deliverd')],
];

interface Said {
  readonly code: string;
  readonly message: string;
  readonly severity: string;
}

const words = ({ code, severity, message }: Said) => ({ code, severity, message });

describe('what listen says of a body', () => {
  it.each(BODIES)('is what validate says of it in the recording: %s', async (_name, body) => {
    const file = join(temporaryFolder(), 'today.ndjson');
    const run = startCli(['listen', '--port', '0', '--json', '--record', file]);
    const [, url = ''] = await run.stdout.until(/"url":"([^"]+)"/);
    await post(url, body);
    await run.stdout.until(/"arrival"/);
    run.interrupt();
    await run.exitCode;
    const [, arrival] = run.stdout.jsonLines;
    const listened = (arrival as unknown as { readonly problems: Said[] }).problems.map(words);
    const { jsonLines } = await runCli(['validate', file, '--json', '--ignore', 'unwrapped']);
    expect(listened.length).toBeGreaterThan(0);
    expect(listened).toEqual(jsonLines.slice(0, -1).map((line) => words(line as unknown as Said)));
  });

  it('keeps what is known of an event with a byte that is no UTF-8, and prints none of its bytes raw', async () => {
    const run = startCli(['listen', '--port', '0', '--json', '--until', 'read']);
    const [, url = ''] = await run.stdout.until(/"url":"([^"]+)"/);
    await post(url, withByte());
    expect(await run.exitCode).toBe(0);
    expect(run.stdout.jsonLines[1]).toMatchObject({ kind: 'status', status: 'read', uuid: 'a'.repeat(32) });
    expect(run.stdout.text).not.toContain('\ufffd');
  });

  it.each([60, 120])(
    'has a picture of what cannot be read, within %i columns, with nothing raw',
    async (columns) => {
      const run = startCli(['listen', '--port', '0', '--no-color'], { terminal: true, columns });
      const [, url = ''] = await run.stderr.until(/(http:\/\/127\.0\.0\.1:\d+)/);
      await post(url, `{"event":"message_status_updated","\u202e" "payload":{${' '.repeat(300)}}}`);
      await run.stdout.until(/1 \| .*\\u202e" "payload".*\n.*\^{9}\n/);
      for (const line of run.stdout.text.split('\n')) expect(line.length).toBeLessThanOrEqual(columns);
    },
  );
});
