import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Change, exampleEvent } from '../../src/domain/validate/examples.ts';
import { runCli } from '../support/cli.ts';
import { type Layout, type WrittenJson, writeJson } from '../support/json-writer.ts';

const RAW = ['payload', 'messageStatusPayload'] as const;
const CONTACT = ['payload', 'contact'] as const;

/** Odd texts: wide, combining, of two units, with what JSON escapes, of the other direction, long. */
const ODD = ['Ada', '漢字', 'e\u0301', '😀', 'a"b\\c', 'tab\tnew\nline', 'שלום', '/~', 'x'.repeat(3000)];

const CHANGES: readonly Change[] = [
  { at: ['payload', 'status'], to: 'raed' },
  { at: ['payload', 'status'] },
  { at: ['payload', 'uuid'], to: 'AB' },
  { at: ['payload', 'uuid'] },
  { at: ['event'] },
  { at: ['payload', 'metadata'], to: [] },
  { at: ['payload', 'metadata'], to: { 'ke/y~': 7, 漢: null } },
  { at: [...CONTACT, 'tags'], to: ['a', 7, { b: 1 }] },
  { at: [...CONTACT, 'createdAt'], to: 'yesterday' },
  { at: [...CONTACT, 'phoneNumbr'], to: 1 },
  { at: [...CONTACT, 'clé'], to: 1 },
  { at: [...CONTACT, 'team'], to: { uuid: 'x', name: {} } },
  { at: [...RAW, 'payload', 'ts'], to: 1769868180123 },
  { at: [...RAW, 'payload', 'ts'] },
  { at: [...RAW, 'type'], to: 'sent' },
  { at: [...RAW, 'destination'], to: '+44 7700 900103' },
  { at: [...RAW, 'whatsappMessageID'], to: 'x' },
];

/** So that there is a problem in any case. */
const ALWAYS: Change = { at: [...CONTACT, 'kéy 漢'], to: 1 };

const layouts: fc.Arbitrary<Layout> = fc.record({
  gaps: fc.array(fc.constantFrom('', ' ', '\t', '\n', '\r\n', '\r\n\t ', '  '), {
    minLength: 1,
    maxLength: 7,
  }),
  escapeEvery: fc.constantFrom(0, 0, 1, 3),
  salt: fc.nat(65_520),
});

const events = fc
  .record({
    changes: fc.uniqueArray(fc.constantFrom(...CHANGES), { minLength: 1, maxLength: 5 }),
    names: fc.array(fc.constantFrom(...ODD), { minLength: 1, maxLength: 3 }),
  })
  .map(({ changes, names }) => {
    const odd = names.map((name, index) => ({
      at: [...CONTACT, 'customFields', `${name}${index}`],
      to: name,
    }));
    return exampleEvent('read', { at: [...CONTACT, 'customFields'], to: {} }, ...odd, ALWAYS, ...changes);
  });

/** The problems that are said of a key, not of its value. */
const OF_KEYS = new Set(['unknown-key', 'misspelt-key', 'provider-unknown-key', 'provider-misspelt-key']);

/** Where a problem should be said: at its value, its key, or the bracket of that in which something is missing. */
function offsetOf({ values, keys }: WrittenJson, code: string, pointer: string): number {
  if (OF_KEYS.has(code)) return keys.get(pointer) ?? Number.NaN;
  for (let at = pointer; ; at = at.slice(0, at.lastIndexOf('/'))) {
    const found = values.get(at);
    if (found !== undefined) return found;
  }
}

function placeOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

async function expectPlaces(
  stdin: string,
  place: (code: string, path: string) => { line: number; column: number },
): Promise<void> {
  const { jsonLines } = await runCli(['validate', '-', '--json', '--max-problems', '0'], { stdin });
  const problems = jsonLines.filter(({ type, code }) => type === 'problem' && code !== 'unwrapped');
  expect(problems.length).toBeGreaterThan(0);
  for (const { code, path, line, column } of problems) {
    expect({ code, path, line, column }).toEqual({ code, path, ...place(String(code), String(path)) });
  }
}

describe('every problem points at the value it is about', () => {
  it('in a document of any layout', async () => {
    await fc.assert(
      fc.asyncProperty(events, layouts, fc.constantFrom('', '\ufeff'), async (event, layout, mark) => {
        const written = writeJson(event, layout);
        await expectPlaces(mark + written.text, (code, path) =>
          placeOf(written.text, offsetOf(written, code, path)),
        );
      }),
      { numRuns: 150 },
    );
  });

  const AROUND: Readonly<Record<string, readonly [wrap: (event: unknown) => unknown, prefix: string]>> = {
    'an array': [(event) => [event], '/0'],
    'a workflow item': [(body) => [{ headers: { a: 'b' }, params: {}, query: {}, body }], '/0/body'],
    'webhook events': [
      (event) => ({ webhook_events: [{ ...(event as object), success: true }] }),
      '/webhook_events/0',
    ],
  };

  it.each(Object.entries(AROUND))('in %s', async (_name, [wrap, prefix]) => {
    await fc.assert(
      fc.asyncProperty(events, layouts, async (event, layout) => {
        // An event of that list is known by its name.
        const named = { event: 'message_status_updated', ...(event as object) };
        const written = writeJson(wrap(named), layout);
        await expectPlaces(written.text, (code, path) =>
          placeOf(written.text, offsetOf(written, code, prefix + path)),
        );
      }),
      { numRuns: 60 },
    );
  });

  const IN_A_TEXT: Readonly<Record<string, readonly [wrap: (body: string) => unknown, at: string]>> = {
    'an HTTP archive': [
      (text) => ({ log: { entries: [{ request: { method: 'POST', postData: { text } } }] } }),
      '/log/entries/0/request/postData/text',
    ],
    'a recording': [
      (body) => ({ receivedAt: '2026-01-31T14:03:00Z', method: 'POST', headers: {}, body }),
      '/body',
    ],
    'a workflow item with the body as text': [(body) => [{ headers: {}, query: {}, body }], '/0/body'],
  };

  it.each(Object.entries(IN_A_TEXT))('inside the text of %s', async (_name, [wrap, at]) => {
    await fc.assert(
      fc.asyncProperty(events, layouts, layouts, async (event, inner, outer) => {
        const body = writeJson(event, inner);
        const host = writeJson(wrap(body.text), { ...outer, escapeEvery: 0 });
        const start = host.values.get(at) ?? Number.NaN;
        await expectPlaces(host.text, (code, path) => {
          const before = JSON.stringify(body.text.slice(0, offsetOf(body, code, path))).length - 1;
          return placeOf(host.text, start + before);
        });
      }),
      { numRuns: 60 },
    );
  });
});
