import fc from 'fast-check';
import { expect, it } from 'vitest';
import { exampleEvent } from '../../src/domain/validate/examples.ts';
import { runCli } from '../support/cli.ts';

const WRONG = JSON.stringify(exampleEvent('read', { at: ['payload', 'status'], to: 'raed' }));

/** Bytes that begin, continue or cannot be a character of UTF-8, and those of whole characters. */
const BYTES = [0x61, 0x80, 0xa9, 0xbf, 0xc0, 0xc3, 0xe2, 0x82, 0xac, 0xed, 0xa0, 0xf0, 0x9f, 0x98, 0xf4];
const NEVER_VALID = [0xf5, 0xf8, 0xfc, 0xff];

const junk = fc
  .array(fc.constantFrom(...BYTES, ...NEVER_VALID), { minLength: 1, maxLength: 40 })
  .map((bytes) => Buffer.from(bytes));

it.each([
  ['[{"a":"', '"},', ']'],
  ['[{"a":"', '"}\n, ', '\n]'],
  ['{"a":"', '"}', ''],
  ['{"webhook_events":[{"a":"', '"},', ']}'],
  ['2026-01-31T14:03:00Z ', ' ', '\n'],
])(
  'a place behind bytes that are not UTF-8 is where an editor shows it: %s…%s',
  async (head, middle, tail) => {
    await fc.assert(
      fc.asyncProperty(junk, async (bytes) => {
        const stdin = Buffer.concat([Buffer.from(head), bytes, Buffer.from(middle + WRONG + tail)]);
        const { jsonLines } = await runCli(['validate', '-', '--json', '--max-problems', '0'], { stdin });
        const before = new TextDecoder().decode(stdin).split('"raed"')[0] ?? '';
        const found = jsonLines.find((each) => each.code === 'unknown-status');
        const line = before.split('\n').length;
        const column = before.length - before.lastIndexOf('\n');
        expect([found?.line, found?.column]).toEqual([line, column]);
      }),
      { numRuns: 60 },
    );
  },
);
