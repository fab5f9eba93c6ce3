import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exampleEvent } from '../../src/domain/validate/examples.ts';
import { OBEYED, runCli } from '../support/cli.ts';

/* Whatever is changed in a good capture, there is a verdict with places inside the file, in every format. */

const EVENTS = [
  exampleEvent('read'),
  exampleEvent('cloud'),
  { webhook_events: [exampleEvent('read')] },
  [{ headers: {}, body: exampleEvent('read') }],
  { log: { entries: [{ request: { postData: { text: JSON.stringify(exampleEvent('cloud')) } } }] } },
  {
    receivedAt: '2026-01-31T14:03:00Z',
    method: 'POST',
    headers: {},
    body: JSON.stringify(exampleEvent('read')),
  },
];

/** A text of one of them, indented or not, as one document or as lines. */
const texts = fc
  .tuple(fc.constantFrom(...EVENTS), fc.constantFrom(0, 1, '\t'), fc.integer({ min: 1, max: 3 }))
  .map(([event, indent, times]) => `${JSON.stringify(event, null, indent)}\n`.repeat(times));

const scraps = fc.oneof(
  fc.string({ maxLength: 6, unit: 'binary' }),
  fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"',
    '\\',
    '\\u',
    '\n',
    '\r\n',
    '\ufeff',
    '\0',
    "'",
    '//',
    '1e999',
  ),
  fc.constantFrom(
    'null',
    '-0',
    '"__proto__":{}',
    '{"a":1}',
    '[[]]',
    '\\ud800',
    '😀',
    '\u202e',
    ']]>',
    '::error::',
  ),
);

/** Cut, replaced or inserted anywhere. */
const scratched = fc
  .tuple(
    texts,
    fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(8), scraps), {
      minLength: 1,
      maxLength: 4,
    }),
  )
  .map(([text, changes]) =>
    Buffer.from(
      changes.reduce((before, [where, length, by]) => {
        const at = Math.floor(where * before.length);
        return before.slice(0, at) + by + before.slice(at + length);
      }, text),
    ),
  );

/** Bytes changed one by one, so that it is no UTF-8 any more. */
const corrupted = fc
  .tuple(
    texts,
    fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(255)), {
      minLength: 1,
      maxLength: 6,
    }),
  )
  .map(([text, changes]) => {
    const bytes = Buffer.from(text);
    for (const [where, by] of changes) bytes[Math.floor(where * (bytes.length - 1))] = by;
    return bytes;
  });

/** JSON whose values stand in the wrong place, are missing, there twice, or others. */
const restructured = fc
  .tuple(
    fc.constantFrom(...EVENTS),
    fc.array(fc.tuple(fc.nat(200), fc.nat(200), fc.nat(3), fc.jsonValue()), { minLength: 1, maxLength: 4 }),
    fc.constantFrom(0, 2),
  )
  .map(([event, changes, indent]) => {
    const root = { all: structuredClone(event) as unknown };
    for (const [from, to, kind, value] of changes) {
      const places = placesIn(root);
      const source = places[from % places.length];
      const target = places[to % places.length];
      if (source === undefined || target === undefined) continue;
      if (kind === 0) delete source.parent[source.key];
      else if (kind === 1) target.parent[target.key] = structuredClone(source.parent[source.key]);
      else if (kind === 2) target.parent[target.key] = value;
      else target.parent[`${target.key}x`] = value;
    }
    return Buffer.from(JSON.stringify(root.all, null, indent) ?? '');
  });

interface Place {
  readonly parent: Record<string, unknown>;
  readonly key: string;
}

function placesIn(value: unknown): Place[] {
  if (typeof value !== 'object' || value === null) return [];
  const parent = value as Record<string, unknown>;
  return Object.keys(parent).flatMap((key) => [{ parent, key }, ...placesIn(parent[key])]);
}

const inputs = fc.oneof(scratched, corrupted, restructured);

/** What may stand in a document of XML 1.0. */
const XML_TEXT = /^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u;

const FORMATS: Readonly<Record<string, (stdout: string) => void>> = {
  pretty: (stdout) => expect(stdout.replaceAll('\n', '')).not.toMatch(OBEYED),
  line: (stdout) => {
    for (const line of stdout.split('\n').slice(0, -1)) {
      expect(line).toMatch(/^-:\d+:\d+: (?:error|warning|note) [a-z0-9-]+: ./);
      expect(line).not.toMatch(OBEYED);
    }
  },
  github: (stdout) => {
    for (const line of stdout.split('\n').slice(0, -1)) {
      expect(line).toMatch(/^::(?:error|warning|notice)(?: title=[a-z0-9-]+)?::(?:[^%\r\n]|%25)+$/u);
    }
  },
  sarif: (stdout) => expect(JSON.parse(stdout).runs).toHaveLength(1),
  junit: (stdout) => {
    expect(stdout).toMatch(XML_TEXT);
    expect(
      stdout.replace(/<\/?[a-z-]+(?: [a-z]+="[^"<&]*(?:&[a-z]+;[^"<&]*)*")*\/?>|<\?[^<>]*\?>|&[a-z]+;/g, ''),
    ).not.toMatch(/[<&]/);
  },
};

describe('a changed capture', () => {
  it('gets a verdict with places inside the file', async () => {
    await fc.assert(
      fc.asyncProperty(inputs, async (stdin) => {
        const { code, jsonLines } = await runCli(['validate', '-', '--json', '--max-problems', '0'], {
          stdin,
        });
        expect([0, 1]).toContain(code);
        const lines = textOf(stdin).split('\n');
        for (const each of jsonLines.filter(({ type }) => type === 'problem')) {
          const line = lines[Number(each.line) - 1];
          expect(line).toBeDefined();
          expect(Number(each.column)).toBeGreaterThan(0);
          expect(Number(each.column)).toBeLessThanOrEqual((line?.length ?? 0) + 1);
        }
      }),
      { numRuns: 600 },
    );
  });

  it.each(Object.entries(FORMATS))('is written as %s by its grammar', async (format, check) => {
    await fc.assert(
      fc.asyncProperty(inputs, async (stdin) => {
        const { code, stdout } = await runCli(['validate', '-', '--format', format], { stdin });
        expect([0, 1]).toContain(code);
        check(stdout);
      }),
      { numRuns: 120 },
    );
  });
});

/** As editors read it: without the byte order mark at its beginning, in UTF-16 where that is what it looks like. */
function textOf(bytes: Buffer): string {
  const head = bytes.toString('hex', 0, 2);
  const encoding = {
    fffe: 'utf-16le',
    '7b00': 'utf-16le',
    '5b00': 'utf-16le',
    feff: 'utf-16be',
    '007b': 'utf-16be',
    '005b': 'utf-16be',
  }[head];
  return new TextDecoder(encoding ?? 'utf-8').decode(bytes);
}
