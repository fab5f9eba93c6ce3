import type { ByteInput, Find } from './byte-input.ts';
import { BATCH_PIECES, type CapturePiece, isJson } from './capture-piece.ts';
import { Nesting } from './nesting.ts';
import { trimBytes, trimRange } from './trim-bytes.ts';

const OPEN_BRACKET = 0x5b;
const OPEN_BRACE = 0x7b;
const COMMA = 0x2c;

/**
 * Takes what is held as objects and arrays one after another, as `jq .` and `cat` write them. Takes nothing
 * and gives undefined where there are not at least two, or where anything else is among them.
 */
export function takeDocuments(input: ByteInput): Iterable<readonly CapturePiece[]> | undefined {
  const { held } = input;
  let count = 0;
  let last = 0;
  for (const end of goodEnds(held)) {
    count += 1;
    last = end;
  }
  const isAll = trimBytes(held.subarray(last)).length === 0;
  return isAll && count >= 2 ? takePieces(input, held, goodEnds(held), true) : undefined;
}

/** In batches: ten megabytes hold five million of the shortest documents. */
function* takePieces(
  input: ByteInput,
  held: Buffer,
  ends: Iterable<number>,
  areSeveral: boolean,
): Generator<readonly CapturePiece[]> {
  let batch: CapturePiece[] = [];
  let start = 0;
  for (const end of ends) {
    const slice = held.subarray(start, end);
    const bytes = trimBytes(slice);
    input.take(bytes.byteOffset - slice.byteOffset);
    const { line, column } = input;
    const lead = input.lead();
    input.take(bytes.length);
    const list = areSeveral && { list: 'documents' as const };
    batch.push({ bytes, line, column, ...list, ...(lead !== undefined && { lead }) });
    start = end;
    if (batch.length < BATCH_PIECES) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/**
 * Takes one object or array that is next and may go over several lines. Takes nothing but the white space
 * before it, and gives undefined, where it is not JSON, or over the limit.
 */
export async function takeDocument(input: ByteInput, limit: number): Promise<CapturePiece | undefined> {
  await input.skipBetweenDocuments();
  const { line, column } = input;
  const { length, end } = await input.measure(limit, documentEnd());
  if (end !== 'found' || length > limit || !isJson(input.held.subarray(0, length))) return undefined;
  return { bytes: input.take(length), line, column, list: 'documents' };
}

/**
 * Takes what is held as documents of which a later one is broken: the good ones before it, and all the rest as one.
 * Takes nothing and gives undefined where the first one is broken.
 */
export function takeGoodDocuments(input: ByteInput): Iterable<readonly CapturePiece[]> | undefined {
  const { held } = input;
  const [first, second] = goodEnds(held);
  if (first === undefined) return undefined;
  return takePieces(input, held, andAll(goodEnds(held), held.length), second !== undefined);
}

function* andAll(ends: Iterable<number>, all: number): Generator<number> {
  yield* ends;
  yield all;
}

/** Whether a line is an object with a comma behind it, as in the list from which it was copied. */
export function isObjectWithComma(line: Buffer): boolean {
  const { start, end } = trimRange(line, 0, line.length);
  return line[start] === OPEN_BRACE && line[end - 1] === COMMA && isJson(line.subarray(start, end - 1));
}

/** Whether what is held begins with an object, a comma and another object: a list without its brackets. */
export function hasCommaBehindFirst(held: Buffer): boolean {
  if (held[0] !== OPEN_BRACE) return false;
  const [end] = goodEnds(held);
  if (end === undefined) return false;
  const { start: comma } = trimRange(held, end, held.length);
  if (held[comma] !== COMMA) return false;
  const { start: next } = trimRange(held, comma + 1, held.length);
  return held[next] === OPEN_BRACE;
}

/** Finds the end of the object or array that begins with the first byte: the index behind it. */
export function documentEnd(): Find {
  const nesting = new Nesting();
  return (held, from) => {
    for (let at = from; at < held.length; at += 1) {
      nesting.follow(held[at]);
      if (nesting.isOutermost) return at + 1;
    }
    return -1;
  };
}

/** Where each document ends, up to the first that is not JSON. */
function* goodEnds(held: Buffer): Generator<number> {
  const nesting = new Nesting();
  let start = 0;
  for (let at = 0; at < held.length; at += 1) {
    const wasInside = !nesting.isOutermost;
    nesting.follow(held[at]);
    if (!(wasInside && nesting.isOutermost)) continue;
    const document = trimBytes(held.subarray(start, at + 1));
    if (!((document[0] === OPEN_BRACE || document[0] === OPEN_BRACKET) && isJson(document))) return;
    start = at + 1;
    yield start;
  }
}
