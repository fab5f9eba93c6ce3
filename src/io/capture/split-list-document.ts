import { excerptOf } from '../../domain/validate/excerpt.ts';
import { positionAt } from '../../domain/validate/position.ts';
import { findSyntaxFault } from '../../domain/validate/syntax.ts';
import type { ByteInput, Find } from './byte-input.ts';
import { type CapturePiece, tooLarge } from './capture-piece.ts';
import { Nesting } from './nesting.ts';
import { splitArray } from './split-array.ts';
import { trimBytes } from './trim-bytes.ts';

/** A document that is known for the list in it, which may be longer than one cares to hold. */
type ListDocument = 'har' | 'webhook-events';

const HEADS: Readonly<Record<ListDocument, RegExp>> = {
  har: /^\{\s*"log"\s*:\s*\{/,
  'webhook-events': /^\{\s*"webhook_events"\s*:\s*\[/,
};

/** The text right before the list, and how many brackets are open there. */
const LISTS: Readonly<Record<ListDocument, { readonly before: RegExp; readonly depth: number }>> = {
  har: { before: /"entries"\s*:\s*$/, depth: 2 },
  'webhook-events': { before: /"webhook_events"\s*:\s*$/, depth: 1 },
};

const HEAD_BYTES = 512;
const OPEN_BRACKET = 0x5b;

/** Whether one of the known documents begins here. Waits for no more than it takes to see that none does. */
export async function listAhead(input: ByteInput): Promise<ListDocument | undefined> {
  for (;;) {
    const { held } = input;
    const head = held.toString('latin1', 0, HEAD_BYTES);
    if (HEADS.har.test(head)) return 'har';
    if (HEADS['webhook-events'].test(head)) return 'webhook-events';
    if (held.length >= HEAD_BYTES || !UNDECIDED.test(head) || !(await input.more())) return undefined;
  }
}

/** What may still become the head of one of the documents. */
const UNDECIDED = /^\{\s*(?:"[a-z_]{0,14}(?:"\s*(?::\s*)?)?)?$/;

/** Gives the elements of the list in a document. What surrounds the list is checked for its syntax. */
export async function* splitListDocument(
  input: ByteInput,
  list: ListDocument,
  limit: number,
): AsyncGenerator<readonly CapturePiece[]> {
  const { line, column } = input;
  const { length, end } = await input.measure(limit, listStart(list));
  if (end !== 'found') {
    yield [end === 'limit' ? tooLarge(input, limit) : { bytes: trimBytes(input.held), line, column }];
    return;
  }
  const head = { line, column, text: input.take(length).toString('utf8') };
  const closed = yield* splitArray(input, limit, list);
  if (!closed) return;
  const tail = { line: input.line, column: input.column };
  const rest = await input.measure(limit, () => -1);
  if (rest.end === 'limit') yield [tooLarge(input, limit)];
  else yield faultsAround(head, { ...tail, text: input.held.toString('utf8') });
}

function listStart(list: ListDocument): Find {
  const { before, depth } = LISTS[list];
  const nesting = new Nesting();
  return (held, from) => {
    for (let at = from; at < held.length; at += 1) {
      const byte = held[at];
      const mayBe = byte === OPEN_BRACKET && nesting.depth === depth && !nesting.inString;
      if (mayBe && before.test(held.toString('latin1', Math.max(0, at - HEAD_BYTES), at))) return at;
      nesting.follow(byte);
    }
    return -1;
  };
}

interface PlacedText {
  readonly line: number;
  readonly column: number;
  readonly text: string;
}

/** Checks the syntax of a document whose list is taken out. */
function faultsAround(head: PlacedText, tail: PlacedText): CapturePiece[] {
  const found = findSyntaxFault(`${head.text}[]${tail.text}`);
  if (found === undefined) return [];
  const afterList = found.offset - head.text.length - 2;
  const [part, offset] = afterList < 0 ? [head, found.offset] : [tail, afterList];
  const at = positionAt(part.text, offset);
  return [
    {
      bytes: Buffer.alloc(0),
      line: part.line + at.line - 1,
      column: at.line === 1 ? part.column + at.column - 1 : at.column,
      fault: found.detail,
      faultCode: 'not-json',
      excerpt: excerptOf(part.text, { offset, length: found.length }, part),
    },
  ];
}
