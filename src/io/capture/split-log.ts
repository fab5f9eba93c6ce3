import { beginsLikeLog, mayBeginLog } from '../../domain/validate/log-head.ts';
import { isOtherDocument } from '../../domain/validate/looks-like.ts';
import { type ByteInput, findLineFeed } from './byte-input.ts';
import { BATCH_PIECES, type CapturePiece, tooLarge } from './capture-piece.ts';
import { documentEnd } from './split-documents.ts';
import { isWhiteSpace, trimRange } from './trim-bytes.ts';

const OPEN_BRACE = 0x7b;
const QUOTE = 0x22;
const LINE_FEED = 0x0a;

/** Enough to see how a line begins. */
const HEAD_BYTES = 512;

/** Whether a log begins here. Waits for no more than it takes to see that none does. */
export async function logAhead(input: ByteInput): Promise<boolean> {
  const [first, second] = await input.hold(2);
  // What nearly every list of events begins with, and every document.
  if (first === OPEN_BRACE || second === undefined) return false;
  if (first === 0x5b && (isWhiteSpace(second) || '{["]'.includes(String.fromCharCode(second)))) return false;
  const { length } = await input.measure(HEAD_BYTES, findLineFeed, findLineFeed);
  return beginsLikeLog(input.held.toString('utf8', 0, Math.min(length, HEAD_BYTES)));
}

/** Whether bytes that are not JSON are the lines of a log, with an event in one of them. */
export function isLogWithEvents(held: Buffer): boolean {
  const beginning = held.toString('utf8', 0, HEAD_BYTES).trimStart();
  if (!mayBeginLog(beginning) || isOtherDocument(beginning)) return false;
  let triesLeft = MOST_TRIES;
  for (let start = 0; start < held.length; ) {
    const found = held.indexOf(LINE_FEED, start);
    const end = found === -1 ? held.length : found;
    if (findJson(held, start, end).length > 0) return true;
    if (triesLeft > 0 && opensDocument(held, start, end)) {
      if (holdsDocument(held, start, end)) return true;
      triesLeft -= 1;
    }
    start = end + 1;
  }
  return false;
}

/**
 * Splits a log: the JSON of Callbell that is in its lines, whatever is written around it. A line without any is
 * nothing that ought to be an event, so that it is only counted.
 */
export async function* splitLog(input: ByteInput, limit: number): AsyncGenerator<readonly CapturePiece[]> {
  for (let triesLeft = MOST_TRIES; ; ) {
    const { batch, isFull, documentAt } = takeLines(input, limit, triesLeft > 0);
    if (batch.length > 0) yield batch;
    if (isFull) continue;
    if (documentAt !== undefined) {
      const { pieces, isWhole } = await takeDocument(input, documentAt, limit);
      triesLeft = isWhole ? MOST_TRIES : triesLeft - 1;
      yield pieces;
    } else if (input.held.length > limit) {
      yield [tooLarge(input, limit)];
      await input.skip(findLineFeed);
    } else if (!(await input.more(findLineFeed))) break;
  }
  const last: CapturePiece[] = [];
  addLine(last, input, input.held, 0, input.held.length, limit);
  if (last.length > 0) yield last;
}

interface TakenLines {
  readonly batch: readonly CapturePiece[];
  /** More lines are held. */
  readonly isFull: boolean;
  /** Where in the line that is next a document of several lines may begin. */
  readonly documentAt?: number;
}

function takeLines(input: ByteInput, limit: number, mayBeDocument: boolean): TakenLines {
  const batch: CapturePiece[] = [];
  const { held } = input;
  let start = 0;
  for (let end = held.indexOf(LINE_FEED); end !== -1; end = held.indexOf(LINE_FEED, start)) {
    if (mayBeDocument && opensDocument(held, start, end)) {
      return { batch, isFull: false, documentAt: trimRange(held, start, end).end - 1 - start };
    }
    if (batch.length >= BATCH_PIECES) return { batch, isFull: true };
    addLine(batch, input, held, start, end, limit);
    input.takeLine(end - start);
    start = end + 1;
  }
  return { batch, isFull: false };
}

/** Whether a line ends with a brace, and the next one begins with a key; what is not held may well do so. */
function opensDocument(held: Buffer, start: number, lineEnd: number): boolean {
  const { end } = trimRange(held, start, lineEnd);
  if (end === start || held[end - 1] !== OPEN_BRACE) return false;
  const next = firstByte(held, lineEnd);
  return next === undefined || next === QUOTE;
}

/** Whether the brace at the end of a line opens a document of several lines that is held. */
function holdsDocument(held: Buffer, start: number, lineEnd: number): boolean {
  const from = trimRange(held, start, lineEnd).end - 1;
  const length = documentEnd()(held.subarray(from, from + LONGEST_DOCUMENT), 0);
  return length !== -1 && isOfCallbell(held.toString('latin1', from, from + length));
}

function firstByte(held: Buffer, from: number): number | undefined {
  let at = from;
  while (isWhiteSpace(held[at])) at += 1;
  return held[at];
}

/** No document in a log is longer: after what only looks like one, no more than that is read for its end. */
const LONGEST_DOCUMENT = 256 * 1024;

interface TakenDocument {
  readonly pieces: readonly CapturePiece[];
  /** Its end was found. */
  readonly isWhole: boolean;
}

/** Takes a document of several lines, and the rest of the line in which it ends; where it has no end, its first line. */
async function takeDocument(input: ByteInput, at: number, limit: number): Promise<TakenDocument> {
  const begins = input.line;
  const lead = input.take(at).toString('utf8');
  const { line, column } = input;
  while (firstByte(input.held, 1) === undefined && (await input.more()));
  const isOpen = firstByte(input.held, 1) === QUOTE;
  const { length, end } = await input.measure(isOpen ? Math.min(limit, LONGEST_DOCUMENT) : 0, documentEnd());
  const isWhole = end === 'found' && isOpen;
  const bytes = isWhole ? input.take(length) : Buffer.alloc(0);
  const isEvent = isWhole && isOfCallbell(bytes.toString('latin1'));
  const lines = input.line - begins + 1;
  await input.skip(findLineFeed);
  const pieces: readonly CapturePiece[] = isEvent
    ? [{ bytes, line, column, list: 'log', lead }]
    : Array.from({ length: lines }, (_, index) => withoutEvent(begins + index));
  return { pieces, isWhole: isWhole || !isOpen };
}

function addLine(
  batch: CapturePiece[],
  input: ByteInput,
  held: Buffer,
  lineStart: number,
  lineEnd: number,
  limit: number,
): void {
  const { start, end } = trimRange(held, lineStart, lineEnd);
  if (start === end) return;
  if (end - start > limit) {
    batch.push(tooLarge(input, limit));
    return;
  }
  const found = findJson(held, start, end);
  if (found.length === 0) batch.push(withoutEvent(input.line));
  for (const { from, to } of found) {
    const lead = held.toString('utf8', lineStart, from);
    const bytes = held.subarray(from, to);
    batch.push({ bytes, line: input.line, column: input.column + lead.length, list: 'log', lead });
  }
}

function withoutEvent(line: number): CapturePiece {
  return {
    bytes: Buffer.alloc(0),
    line,
    column: 1,
    fault: 'this line of a log holds no event',
    faultCode: 'log-line',
  };
}

/** A stretch of bytes. */
interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Braces in a line, or lines with a brace at their end, that are tried in vain: each may seem to open something long. */
const MOST_TRIES = 32;

/**
 * The JSON in a line that has to do with Callbell: objects, and texts in quotes with an object inside. One that
 * begins as an event and is no JSON is found as well, for whoever says what is wrong with it.
 */
function findJson(held: Buffer, start: number, lineEnd: number): readonly Stretch[] {
  const line = held.subarray(start, lineEnd);
  const found: Stretch[] = [];
  let brace = line.indexOf(OPEN_BRACE);
  for (let tries = 0; brace !== -1 && tries < MOST_TRIES; tries += 1) {
    const from = line[brace - 1] === QUOTE ? brace - 1 : brace;
    const length = documentEnd()(line.subarray(from), 0);
    const to = length === -1 ? line.length : from + length;
    const text = line.toString('latin1', from, to);
    const isWhole = length !== -1 && isJsonText(text);
    const isTaken = isWhole ? isOfCallbell(text) : DAMAGED_EVENT.test(text);
    if (isTaken) found.push({ from: start + from, to: start + to });
    brace = line.indexOf(OPEN_BRACE, isWhole || isTaken ? to : brace + 1);
  }
  return found;
}

/** As it is, and inside a text in quotes. */
const KEYS = /"(?:event|payload|messageStatusPayload|webhook_events|uuid)\\?"\s*:/;

function isOfCallbell(text: string): boolean {
  return KEYS.test(text);
}

/** How an event begins, also as languages write it that are not JSON. */
const DAMAGED_EVENT = /^"?\{\s*\\?["']?(?:event|payload|messageStatusPayload)\\?["']?\s*(?::|=>)/;

function isJsonText(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
