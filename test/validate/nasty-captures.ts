import { gzipSync } from 'node:zlib';
import { exampleDocument, exampleEvent } from '../../src/domain/validate/examples.ts';
import type { World } from '../support/cli.ts';
import { temporaryFile } from '../support/files.ts';

/** What a format gets to print: an input of `validate`, and how many problems of it are shown at least. */
interface NastyCapture extends Pick<World, 'stdin'> {
  readonly source: string;
  readonly problems: number;
}

const GOOD = exampleDocument(exampleEvent('read'));
const LINE = JSON.stringify(exampleEvent('read'));
const BAD = GOOD.replace('"read"', '"deliverd"');

/** Everything that means something to one of the formats, and what none of them can hold. */
const NASTY =
  '\\u0000\\u001b[31m\\u202e%0A%::error::,:\\n\\r\\t\\"\'<&>]]>--\\ud800{0}[x](y)\\uffff\\u2028😀';

const withNastyText = BAD.replace('"deliverd"', `"${NASTY}"`).replace('"uuid"', `"${NASTY}": 1, "uuid"`);

/** Names of files that no shell likes, without what a file system refuses. */
const NASTY_NAME = 'a%2C b,c:7:8: d\n"<&>]]>\'#?[x]\u001b\u202e.json';

/** Inputs that are hard on a format; made anew for each test, which takes them away again. */
export const NASTY_CAPTURES: Readonly<Record<string, () => NastyCapture>> = {
  'a problem': () => ({ source: temporaryFile(BAD), problems: 1 }),
  'no problem': () => ({ source: temporaryFile(GOOD), problems: 0 }),
  'nasty texts': () => ({ source: temporaryFile(withNastyText), problems: 2 }),
  'a nasty name': () => ({ source: temporaryFile(withNastyText, NASTY_NAME), problems: 2 }),
  'nasty bytes': () => ({
    source: temporaryFile(Buffer.concat([Buffer.from([0xff, 0, 0x1b, 0x5d]), Buffer.from(GOOD)])),
    problems: 1,
  }),
  'more problems than are shown': () => ({
    source: temporaryFile(`${LINE.replace('"read"', '"raed"')}\n`.repeat(30), 'many.ndjson'),
    problems: 20,
  }),
  'standard input': () => ({ source: '-', stdin: withNastyText, problems: 2 }),
  'nothing on standard input': () => ({ source: '-', stdin: '', problems: 1 }),
  'a file that is not there': () => ({ source: 'no%such,file:.json', problems: 0 }),
  'a file that ends in the middle': () => ({
    source: temporaryFile(gzipSync(`${LINE}\n`).subarray(0, 60)),
    problems: 0,
  }),
};
