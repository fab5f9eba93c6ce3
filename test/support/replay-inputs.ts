import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { uuidOf } from './captures.ts';

/** One event of an input: its uuid, and the bytes that a handler is to get. */
export interface InputEvent {
  readonly uuid: string;
  readonly body: string;
}

/** Events of 1.6 KB each, of messages of their own: 2,000 of them are larger than every buffer on the way. */
export function makeEvents(count: number): InputEvent[] {
  return Array.from({ length: count }, (_, index) => {
    const uuid = uuidOf(index + 1);
    const note = `${index} `.repeat(1500 / `${index} `.length);
    const payload = { uuid, status: 'sent', contact: { name: 'Łukasz', note } };
    return { uuid, body: JSON.stringify({ event: 'message_status_updated', payload }) };
  });
}

/** An input of `replay`: its arguments, and what standard input gives. */
export interface ReplayInput {
  readonly files: readonly string[];
  /** Absent where standard input is not read. */
  readonly stdin?: { readonly kind: 'file' | 'pipe' | 'endless pipe'; readonly text: string };
  readonly events: readonly InputEvent[];
  /** Whether the file of failures may be the input itself: there is one, and it is a file. */
  readonly isResumable: boolean;
}

const ndjson = (events: readonly InputEvent[]): string => events.map(({ body }) => `${body}\n`).join('');
const pretty = ({ uuid, body }: InputEvent): InputEvent => ({
  uuid,
  body: JSON.stringify(JSON.parse(body), null, 2),
});

/** Every kind of input; each writes its files into a folder. */
export const INPUT_KINDS: Readonly<
  Record<string, (events: readonly InputEvent[], folder: string) => ReplayInput>
> = {
  file: (events, folder) => oneFile(events, folder, 'capture.ndjson', ndjson(events)),
  'several files': (events, folder) => {
    const files = [0, 1, 2].map((part) => {
      const file = join(folder, `part-${part}.ndjson`);
      writeFileSync(file, ndjson(events.filter((_, index) => index % 3 === part)));
      return file;
    });
    return { files, events, isResumable: false };
  },
  folder: (events, folder) => {
    const captures = join(folder, 'captures');
    mkdirSync(join(captures, 'below'), { recursive: true });
    for (let from = 0; from < events.length; from += 100) {
      const where = from % 200 === 0 ? captures : join(captures, 'below');
      writeFileSync(join(where, `from-${from}.ndjson`), ndjson(events.slice(from, from + 100)));
    }
    return { files: [captures], events, isResumable: false };
  },
  array: (events, folder) =>
    oneFile(events, folder, 'capture.json', `[${events.map(({ body }) => body).join(',\n')}]`),
  'indented documents': (events, folder) => {
    const indented = events.map(pretty);
    return oneFile(indented, folder, 'capture.json', indented.map(({ body }) => body).join('\n'));
  },
  gzip: (events, folder) => oneFile(events, folder, 'capture.ndjson.gz', gzipSync(ndjson(events))),
  'HTTP archive': (events, folder) => {
    const entries = events.map(({ body }) => ({
      startedDateTime: '2026-01-02T03:04:05.000Z',
      request: { method: 'POST', url: 'http://localhost/hook', headers: [], postData: { text: body } },
    }));
    return oneFile(events, folder, 'capture.har', JSON.stringify({ log: { version: '1.2', entries } }));
  },
  recording: (events, folder) => {
    const bodies = events.map(pretty);
    const records = bodies.map(({ body }) => ({
      receivedAt: '2026-01-02T03:04:05.000Z',
      method: 'POST',
      path: '/hook',
      headers: {},
      body,
    }));
    const text = records.map((record) => `${JSON.stringify(record)}\n`).join('');
    return oneFile(bodies, folder, 'recorded.ndjson', text);
  },
  'stdin from a file': (events) => fromStdin(events, 'file'),
  'stdin from a pipe': (events) => fromStdin(events, 'pipe'),
  'stdin from a pipe that never ends': (events) => fromStdin(events, 'endless pipe'),
};

function oneFile(
  events: readonly InputEvent[],
  folder: string,
  name: string,
  content: string | Buffer,
): ReplayInput {
  const file = join(folder, name);
  writeFileSync(file, content);
  return { files: [file], events, isResumable: true };
}

function fromStdin(events: readonly InputEvent[], kind: 'file' | 'pipe' | 'endless pipe'): ReplayInput {
  return { files: ['-'], stdin: { kind, text: ndjson(events) }, events, isResumable: false };
}
