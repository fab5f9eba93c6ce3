import type { Position } from '../../domain/validate/position.ts';
import { COMMA_TOO_MANY } from '../../domain/validate/syntax.ts';
import type { ByteInput, Find } from './byte-input.ts';
import {
  BATCH_PIECES,
  type CapturePiece,
  isJson,
  notJson,
  notJsonBefore,
  tooLarge,
} from './capture-piece.ts';
import type { Wrapping } from './capture-record.ts';
import { Nesting } from './nesting.ts';
import { trimBytes } from './trim-bytes.ts';

const CLOSE_BRACKET = 0x5d;
const COMMA = 0x2c;
const BATCH_BYTES = 64 * 1024;

/**
 * Takes an array whose opening bracket is next, and gives its elements.
 *
 * @returns whether it was closed
 */
export async function* splitArray(
  input: ByteInput,
  limit: number,
  list: Wrapping,
): AsyncGenerator<readonly CapturePiece[], boolean> {
  input.take(1);
  return yield* splitElements(input, limit, list);
}

/**
 * Takes the elements of an array up to its closing bracket; without a list those of one that has no brackets, up to
 * the end of the input, with one fault for all the commas between them.
 *
 * @returns whether it was closed
 */
export async function* splitElements(
  input: ByteInput,
  limit: number,
  list?: Wrapping,
): AsyncGenerator<readonly CapturePiece[], boolean> {
  let batch: CapturePiece[] = [];
  let batchBytes = 0;
  let faults = 0;
  let isSaid = list !== undefined;
  for (let comma: Position | undefined; ; ) {
    const { piece, end } = await takeStep(input, limit, list, comma, faults < MOST_SHOWN);
    if (piece !== undefined) {
      batch.push(piece);
      faults += Number(piece.fault !== undefined);
      batchBytes += piece.bytes.length;
    }
    if (end !== undefined) {
      if (batch.length > 0) yield batch;
      return end === 'closed';
    }
    comma = await takeComma(input);
    if (comma !== undefined && !isSaid) {
      batch.push(notJsonBefore(input, COMMA, comma, COMMA_BETWEEN));
      isSaid = true;
    }
    if (isFull(batch, batchBytes) || input.held.length === 0) {
      yield batch;
      batch = [];
      batchBytes = 0;
    }
  }
}

function isFull(batch: readonly CapturePiece[], bytes: number): boolean {
  return bytes >= BATCH_BYTES || batch.length >= BATCH_PIECES;
}

/** Takes the comma that is next, and says where it stood. */
async function takeComma(input: ByteInput): Promise<Position | undefined> {
  if ((await input.peek()) !== COMMA) return undefined;
  const { line, column } = input;
  input.take(1);
  return { line, column };
}

const COMMA_BETWEEN = 'there are commas between the documents: take them out, or put all in [ and ]';

const BRACKET_TOO_MANY = 'this ] closes nothing: the [ before the first document is missing';

/** Faults of one array that are shown with their lines. */
const MOST_SHOWN = 1000;

/** One element, or one thing wrong between two. */
interface Step {
  readonly piece?: CapturePiece;
  /** Why the array goes no further. */
  readonly end?: 'closed' | 'broken-off';
}

async function takeStep(
  input: ByteInput,
  limit: number,
  list: Wrapping | undefined,
  comma: Position | undefined,
  isShown: boolean,
): Promise<Step> {
  await input.skipWhiteSpace();
  const next = await input.peek();
  if (next === undefined && list === undefined) return { end: 'closed' };
  if (next === undefined) {
    return { piece: notJson(input, 'it ends before the first [ is closed'), end: 'broken-off' };
  }
  if (next === COMMA) return { piece: await takeEmptyPlaces(input, isShown) };
  if (next !== CLOSE_BRACKET) return takeElement(input, limit, list);
  if (list === undefined) return { piece: notJson(input, BRACKET_TOO_MANY), end: 'broken-off' };
  const piece = comma && notJsonBefore(input, COMMA, comma, COMMA_TOO_MANY);
  input.take(1);
  return { end: 'closed', ...(piece !== undefined && { piece }) };
}

/** One fault for a row of commas with nothing between them; the last one is left. */
async function takeEmptyPlaces(input: ByteInput, isShown: boolean): Promise<CapturePiece> {
  const piece = notJson(input, 'a value is missing before this comma', isShown);
  for (;;) {
    const { held } = input;
    let commas = 0;
    while (held[commas] === COMMA) commas += 1;
    if (commas > 1) input.take(commas - 1);
    if (commas < held.length || !(await input.more())) return piece;
  }
}

async function takeElement(input: ByteInput, limit: number, list: Wrapping | undefined): Promise<Step> {
  const { line, column } = input;
  const lead = input.lead();
  const find = elementEnd(list !== undefined);
  const { length, end } = await input.measure(limit, find);
  if (length > limit) {
    const piece = tooLarge(input, limit);
    input.take(length);
    if (end === 'limit') await input.skip(find);
    return { piece };
  }
  const bytes = trimBytes(input.take(length));
  // What ends inside an element is broken there, and that is said of the element.
  const brokenOff = end === 'input' && !isJson(bytes);
  const piece = {
    bytes,
    line,
    column,
    ...(list !== undefined && { list }),
    ...(lead !== undefined && { lead }),
  };
  return { piece, ...(brokenOff && { end: 'broken-off' }) };
}

/** Finds the comma or the bracket that ends an element of an array; without brackets, it may end with its own one. */
function elementEnd(isInBrackets: boolean): Find {
  const nesting = new Nesting();
  return (held, from) => {
    for (let at = from; at < held.length; at += 1) {
      const byte = held[at];
      const wasOutermost = nesting.isOutermost;
      if (wasOutermost && (byte === COMMA || byte === CLOSE_BRACKET)) return at;
      nesting.follow(byte);
      if (!(isInBrackets || wasOutermost) && nesting.isOutermost) return at + 1;
    }
    return -1;
  };
}
