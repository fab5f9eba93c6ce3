import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { isMessageStatus } from '../../src/domain/status.ts';
import { DEFAULT_MAX_EVENT_BYTES, readCapture } from '../../src/io/capture/read-capture.ts';
import { runCli } from '../support/cli.ts';
import { temporaryFile } from '../support/files.ts';

const UUID = 'a'.repeat(32);

/** Every way in which an event is met in a file, from its JSON text. */
const WRAPPINGS: Readonly<Record<string, (event: string) => string | Buffer>> = {
  alone: (event) => event,
  indented: (event) => JSON.stringify(JSON.parse(event), null, 2),
  'an array': (event) => `[\n  ${event}\n]`,
  'a bare payload': (event) => JSON.stringify(JSON.parse(event).payload),
  'a workflow item': (event) => `{"headers":{"a":"b"},"params":{},"query":{},"body":${event}}`,
  'a workflow item in an array': (event) =>
    `[{"json":{"headers":{},"params":{},"query":{},"body":${event}}}]`,
  'an HTTP archive': (event) =>
    JSON.stringify(
      { log: { version: '1.2', entries: [{ request: { method: 'POST', postData: { text: event } } }] } },
      null,
      1,
    ),
  'a list of webhook events in an HTTP archive': (event) =>
    archiveOf(`{"webhook_events": [\n  ${event.slice(0, -1)},"success":true}]}`),
  'the status of a message in an HTTP archive': (event) =>
    archiveOf(`{"message":${JSON.stringify(JSON.parse(event).payload)}}`),
  'a JSON text inside a text': (event) => JSON.stringify(event),
  'a recording': (event) =>
    `${JSON.stringify({ receivedAt: '2026-01-31T14:03:00Z', method: 'POST', path: '/', headers: {}, body: event })}\n`,
  'a recording in base64': (event) =>
    `${JSON.stringify({ receivedAt: '2026-01-31T14:03:00Z', method: 'POST', path: '/', headers: {}, bodyBase64: Buffer.from(event).toString('base64') })}\n`,
  'webhook events': (event) =>
    `{"webhook_events":[${event.slice(0, -1)},"success":true,"createdAt":"2026-01-31T14:03:00Z"}]}`,
  gzip: (event) => gzipSync(event),
  'gzip twice': (event) => gzipSync(gzipSync(event)),
  'UTF-16': (event) => Buffer.from(`\ufeff${event}`, 'utf16le'),
  'a byte order mark': (event) => `\ufeff${event}`,
};

/** What a browser saves of a look at Callbell's API. */
function archiveOf(answer: string): string {
  const page = { request: { method: 'GET' }, response: { content: { text: '<html>' } } };
  const api = { request: { method: 'GET', url: '/v1/webhooks' }, response: { content: { text: answer } } };
  return JSON.stringify({ log: { entries: [page, api] } }, null, 2);
}

const samples = readdirSync('fixtures/samples').filter((file) => file !== 'index.json');

const eventOf = (file: string): { status: string; event: string } => {
  const status = file.split('-')[1] ?? '';
  const raw = JSON.parse(readFileSync(join('fixtures/samples', file), 'utf8'));
  const payload = { uuid: UUID, status, messageStatusPayload: raw };
  return { status, event: JSON.stringify({ event: 'message_status_updated', payload }) };
};

describe.each(Object.entries(WRAPPINGS))('%s', (name, wrap) => {
  it('of each sample has no error, unless its status is not one of the seven', async () => {
    for (const file of samples) {
      const { status, event } = eventOf(file);
      const { jsonLines } = await runCli(['validate', '-', '--json'], { stdin: wrap(event) });
      const errors = jsonLines.filter(({ severity }) => severity === 'error').map(({ code }) => code);
      expect([file, ...errors]).toEqual(isMessageStatus(status) ? [file] : [file, 'unknown-status']);
      expect(jsonLines.at(-1)).toMatchObject({ events: 1 });
    }
  });

  it('gives the event back as it was delivered', async () => {
    const { event } = eventOf('gupshup-read-1.json');
    const records = [];
    const input = {
      stdin: process.stdin,
      maxEventBytes: DEFAULT_MAX_EVENT_BYTES,
      stopReading: undefined,
      onBeginning: undefined,
    };
    for await (const each of readCapture(temporaryFile(wrap(event)), input)) records.push(each);
    const expected =
      name === 'a bare payload' || name.startsWith('the status of')
        ? JSON.parse(event).payload
        : JSON.parse(event);
    expect(records.map(({ bytes }) => JSON.parse(bytes.toString()))).toEqual([expected]);
  });

  it('points at a wrong status where the file has it', async () => {
    const wrong = eventOf('gupshup-read-1.json').event.replace('"status":"read"', '"status":"raed"');
    const text = wrap(wrong)
      .toString(name === 'UTF-16' ? 'utf16le' : 'utf8')
      .replace(/^\ufeff/, '');
    const { code, jsonLines } = await runCli(['validate', '-', '--json'], { stdin: wrap(wrong) });
    const found = jsonLines.find((each) => each.code === 'unknown-status');
    expect(code).toBe(1);
    if (name.startsWith('gzip') || name.endsWith('base64')) return;
    const line = text.split('\n')[Number(found?.line) - 1] ?? '';
    expect(line.slice(Number(found?.column) - 1)).toMatch(/^\\?"raed/);
  });
});
