import { PassThrough, Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { inspectRequest } from '../../src/domain/arrival/inspector.ts';
import { exampleEvent } from '../../src/domain/validate/examples.ts';
import { validateText } from '../../src/domain/validate/text.ts';
import { readCapture } from '../../src/io/capture/read-capture.ts';
import { NOW } from '../support/cli.ts';

const GUPSHUP = JSON.stringify(exampleEvent('read'));
const CLOUD = JSON.stringify(exampleEvent('cloud'));
const RECORD = JSON.stringify({ method: 'POST', headers: {}, body: GUPSHUP });

const fill = (part: string, length: number): string => part.repeat(Math.ceil(length / part.length));
const list = (part: string, length: number): string => fill(`${part},`, length).slice(0, -1);
const keys = (length: number): string =>
  Array.from({ length: length / 14 }, (_, index) => `"contct${index}":1`).join();
/** An event with a member of its payload. */
const withMember = (member: string): string => GUPSHUP.replace('"payload":{', `"payload":{${member},`);
const withTags = (tags: string): string => GUPSHUP.replace('"contact":{', `"contact":{"tags":[${tags}],`);
const withStatuses = (part: string, length: number): string =>
  CLOUD.replace('"statuses":[', `"statuses":[${fill(part, length)}`);

/** Texts of about a length, each hostile in one way. */
const HOSTILE: Readonly<Record<string, (length: number) => string>> = {
  'wrong tags': (n) => withTags(list('1', n)),
  'good tags': (n) => withTags(list('"abc"', n)),
  'nested arrays': (n) => withMember(`"x":${'['.repeat(n / 2)}${']'.repeat(n / 2)}`),
  'nested objects': (n) => withMember(`"x":${fill('{"a":', n)}1${'}'.repeat(Math.ceil(n / 5))}`),
  'unknown keys': (n) => withMember(keys(n)),
  'unknown keys of the provider': (n) => GUPSHUP.replace('"gsId"', `${keys(n)},"gsId"`),
  'pairs of metadata': (n) => withMember(`"metadata":{${keys(n)}}`),
  'duplicate keys': (n) => withMember(list('"x":1', n)),
  'duplicate keys far inside': (n) =>
    withMember(`"x":${fill('{"a":', n / 3)}{${list('"b":1', n / 3)}}${'}'.repeat(Math.ceil(n / 15))}`),
  'empty statuses': (n) => withStatuses('{},', n),
  'wrong statuses': (n) => withStatuses('{"id":1},', n),
  'wrong errors': (n) =>
    CLOUD.replace('"statuses":[{', `"statuses":[{"errors":[${list('{"code":"x"}', n)}],`),
  'a long text': (n) => withMember(`"x":"${'a'.repeat(n)}"`),
  'a long status': (n) => GUPSHUP.replace('"read","contact"', `"${'a'.repeat(n)}","contact"`),
  'a long uuid': (n) => GUPSHUP.replace('adf3', 'a-'.repeat(n / 2)),
  'a long number': (n) => GUPSHUP.replace('"destination":"', `"destination":"${'1 '.repeat(n / 2)}`),
  'a long name': (n) => GUPSHUP.replace('message_status_updated', 'a_'.repeat(n / 2)),
  backslashes: (n) => withMember(`"x":"${'\\\\'.repeat(n / 2)}"`),
  'escaped quotes': (n) => withMember(`"x":"${'\\"'.repeat(n / 2)}"`),
  'a text in a text in a text': (n) => {
    let text = GUPSHUP;
    while (text.length < n) text = JSON.stringify(text);
    return text;
  },
  'white space before a fault': (n) => `{"a"${' '.repeat(n)}x`,
  quotes: (n) => '"'.repeat(n),
  'separators and a quote': (n) => `a,b${','.repeat(n)}"`,
  'a list in words': (n) => list('word ', n),
  forms: (n) => fill('a=b&', n),
  dashes: (n) => `${fill('- ', n)}x`,
  base64: (n) => fill('eyJhYWFh', n),
  'base64 inside': (n) => `{"a":[${list('"eyJhYWFhYWFhYWFhYWFhYQ=="', n)}]}`,
  'line ends': (n) => `${fill('\r\n', n)}x`,
  'open brackets': (n) => '['.repeat(n),
  'wrong lines': (n) => fill('{bad\n', n),
  'damaged lines': (n) => `{}\n${fill('{bad}\n', n)}`,
  'empty lines of JSON': (n) => fill('{}\n', n),
  'small documents': (n) => fill('{}', n),
  'small documents of several lines': (n) => fill('{\n"a":1}\n', n),
  commas: (n) => `[${','.repeat(n)}`,
  'single commas': (n) => `[${fill('1,,', n)}1]`,
  'commas between lines': (n) => fill(`${GUPSHUP},\n`, n),
  'a log with braces': (n) => fill('2026-01-31T14:03:00Z info {"a":1} x {{{{{\n', n),
  'a log with open documents': (n) => fill('2026-01-31T14:03:00Z info {\n"a\n', n),
  'a log with nested documents': (n) => `2026-01-31T14:03:00Z up\n${fill('got {\n"a":', n)}`,
  'lines of words with open documents': (n) => fill('hello there {\n"a":\n', n),
  'recorded requests': (n) => fill(`${RECORD}\n`, n),
  'an archive without entries': (n) => `{"log":{${list('"a":[]', n)}}}`,
  'events deep inside': (n) =>
    `{"x":[[[[${list('{"q":{"event":"message_status_updated","payload":{}}}', n)}]]]]}`,
};

async function read(text: string): Promise<void> {
  const bytes = Buffer.from(text);
  const chunks = Array.from({ length: Math.ceil(bytes.length / 65_521) }, (_, index) =>
    bytes.subarray(index * 65_521, (index + 1) * 65_521),
  );
  const stdin = Readable.from(chunks).pipe(new PassThrough());
  const input = { stdin, maxEventBytes: 10 * 1024 * 1024, stopReading: undefined, onBeginning: undefined };
  for await (const _record of readCapture('-', input)) {
    // Reading is what is measured.
  }
}

/** Milliseconds of processor time: those of the quickest run. */
async function cost(run: () => unknown): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 3; round += 1) {
    const begun = process.cpuUsage();
    await run();
    const { user, system } = process.cpuUsage(begun);
    least = Math.min(least, (user + system) / 1000);
    // What is quick is quick: no better figure is needed.
    if (least < NOISE_MS) break;
  }
  return least;
}

/** A garbage collection, a compilation. */
const NOISE_MS = 60;
const SMALL = 64 * 1024;

describe.each(Object.entries(HOSTILE))(
  '%s: four times the text takes four times the work',
  (_name, textOf) => {
    it.each<[string, (text: string) => unknown]>([
      ['a request', (text) => inspectRequest('POST', { text }, new Date(0))],
      ['a text', (text) => validateText(text)],
      ['a capture', read],
    ])('of %s', async (_what, run) => {
      const [small, large] = [textOf(SMALL), textOf(4 * SMALL)];
      const few = await cost(() => run(small));
      const many = await cost(() => run(large));
      expect(many).toBeLessThan(6 * few + NOISE_MS);
      // An upper bound as well: what is slow from the beginning grows with the text, too. 256 KiB take a second at most.
      expect(many).toBeLessThan(8000);
    });
  },
);

describe('of an event with a great many problems', () => {
  const wrong = withTags(list('1', 400_000));

  it('20 of each code are kept, and the rest are counted', () => {
    const { problems, leftOut } = validateText(wrong);
    expect(problems.filter(({ problem }) => problem.code === 'wrong-type')).toHaveLength(20);
    expect(leftOut['wrong-type']).toBe(199_980);
  });

  it('a request has a bounded number', () => {
    const { kind, problems, problemsLeftOut } = inspectRequest('POST', { text: wrong }, new Date(NOW));
    expect(kind).toBe('status');
    expect(problems.length).toBeLessThan(100);
    expect(problemsLeftOut).toBeGreaterThan(199_000);
  });
});
