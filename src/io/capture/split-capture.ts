import { ByteInput, findLineFeed } from './byte-input.ts';
import { BATCH_PIECES, type CapturePiece, isJson, notJson, tooLarge } from './capture-piece.ts';
import { inHttp, skipHttpHead } from './http-message.ts';
import { hasObjectLine } from './object-line.ts';
import { splitArray, splitElements } from './split-array.ts';
import {
  hasCommaBehindFirst,
  isObjectWithComma,
  takeDocument,
  takeDocuments,
  takeGoodDocuments,
} from './split-documents.ts';
import { listAhead, splitListDocument } from './split-list-document.ts';
import { isLogWithEvents, logAhead, splitLog } from './split-log.ts';
import { trimBytes, trimRange } from './trim-bytes.ts';
import { utf16Length } from './utf16-length.ts';

const OPEN_BRACKET = 0x5b;
const OPEN_BRACE = 0x7b;
const LINE_FEED = 0x0a;

/**
 * Splits a capture into its values, as they come in, in batches. By content, not by name: an array gives its
 * elements, and so do the lists in an HTTP archive and in Callbell's list of webhook events; a first line that
 * is JSON by itself makes it NDJSON, a value a line; text around the JSON makes it a log; anything else is one
 * document, or several one after another. All stream in memory that grows with the largest value only, and no
 * value over the limit is held.
 *
 * @param limit the largest value, in bytes
 */
export async function* splitCapture(
  chunks: AsyncIterable<Buffer>,
  limit: number,
): AsyncGenerator<readonly CapturePiece[]> {
  const input = new ByteInput(chunks);
  await input.skipByteOrderMark();
  await input.skipWhiteSpace();
  if (await skipHttpHead(input)) yield* inHttp(splitContent(input, limit));
  else yield* splitContent(input, limit);
}

async function* splitContent(input: ByteInput, limit: number): AsyncGenerator<readonly CapturePiece[]> {
  await input.skipWhiteSpace();
  const first = await input.peek();
  if (first === undefined) return;
  if (await logAhead(input)) yield* splitLog(input, limit);
  else if (first === OPEN_BRACKET) yield* splitTopArray(input, limit);
  else {
    const list = await listAhead(input);
    if (list !== undefined) yield* splitListDocument(input, list, limit);
    else yield* splitValues(input, limit);
  }
}

/** An array; where it fills its line and more lines follow, it is the first value of NDJSON, else the first document. */
async function* splitTopArray(input: ByteInput, limit: number): AsyncGenerator<readonly CapturePiece[]> {
  for (;;) {
    const { line } = input;
    const closed = yield* splitArray(input, limit, 'array');
    if (!closed) return;
    const closedIn = input.line;
    await input.skipBetweenDocuments();
    const next = await input.peek();
    if (next === undefined) return;
    if ((closedIn === line && input.line > line) || next === OPEN_BRACE)
      return yield* splitLines(input, limit);
    if (next !== OPEN_BRACKET) return yield [notJson(input, 'the array has ended before it')];
  }
}

async function* splitValues(input: ByteInput, limit: number): AsyncGenerator<readonly CapturePiece[]> {
  const { length, end } = await input.measure(limit, findLineFeed, findLineFeed);
  const firstLine = input.held.subarray(0, length);
  if (end === 'found' && isObjectWithComma(firstLine)) yield* splitElements(input, limit);
  else if (end === 'found' && isJson(firstLine)) yield* splitLines(input, limit);
  else yield* splitDocument(input, limit);
}

/**
 * Splits NDJSON from where the input stands: a value a line. A line with an opening bracket and nothing else
 * may begin a document of several lines, as where files were put together.
 */
async function* splitLines(input: ByteInput, limit: number): AsyncGenerator<readonly CapturePiece[]> {
  for (let mayBeDocument = true; ; ) {
    const { batch, next } = takeLines(input, limit, mayBeDocument);
    if (batch.length > 0) yield batch;
    if (next === 'line') continue;
    if (next === 'bracket') {
      const document = await takeDocument(input, limit);
      // Tried once in vain, it is not tried again: a file of brackets would be read to its end for each.
      if (document === undefined) mayBeDocument = false;
      else yield [document];
    } else if (input.held.length > limit) {
      yield [tooLarge(input, limit)];
      // The lines behind it may be held already, and nothing more may come.
      await input.skip(findLineFeed);
    } else if (!(await input.more(findLineFeed))) break;
  }
  const last: CapturePiece[] = [];
  const { held } = input;
  addLine(last, held, 0, held.length, input, limit);
  if (last.length > 0) yield last;
}

interface TakenLines {
  readonly batch: readonly CapturePiece[];
  /** What follows: a line that is held, one that may begin a document, or one that is not held yet. */
  readonly next: 'line' | 'bracket' | 'not-held';
}

/** Takes lines that are held, up to a full batch or a line that may begin a document. */
function takeLines(input: ByteInput, limit: number, mayBeDocument: boolean): TakenLines {
  const batch: CapturePiece[] = [];
  const { held } = input;
  let start = 0;
  for (let end = held.indexOf(LINE_FEED); end !== -1; end = held.indexOf(LINE_FEED, start)) {
    if (mayBeDocument && isBracketAlone(held, start, end)) return { batch, next: 'bracket' };
    if (batch.length >= BATCH_PIECES) return { batch, next: 'line' };
    addLine(batch, held, start, end, input, limit);
    input.takeLine(end - start);
    start = end + 1;
  }
  return { batch, next: 'not-held' };
}

function isBracketAlone(held: Buffer, lineStart: number, lineEnd: number): boolean {
  if (lineEnd - lineStart > 5) return false;
  const { start, end } = trimRange(held, lineStart, lineEnd);
  return end - start === 1 && (held[start] === OPEN_BRACE || held[start] === OPEN_BRACKET);
}

function addLine(
  batch: CapturePiece[],
  held: Buffer,
  lineStart: number,
  lineEnd: number,
  input: ByteInput,
  limit: number,
): void {
  const { start, end } = trimRange(held, lineStart, lineEnd);
  if (start === end) return;
  if (end - start > limit) batch.push(tooLarge(input, limit));
  else {
    const bytes = held.subarray(start, end);
    const { line, column } = input;
    if (start === lineStart) batch.push({ bytes, line, column });
    else
      batch.push({
        bytes,
        line,
        column: column + utf16Length(held, lineStart, start),
        ...leadOf(held, lineStart, start, column),
      });
  }
}

/** The white space before a value that begins its line. */
function leadOf(held: Buffer, from: number, to: number, column: number): { readonly lead?: string } {
  const lead = held.toString('utf8', from, to);
  return column === 1 && lead.trim() === '' && !lead.includes(BYTE_ORDER_MARK) ? { lead } : {};
}

const BYTE_ORDER_MARK = '\ufeff';

async function* splitDocument(input: ByteInput, limit: number): AsyncGenerator<readonly CapturePiece[]> {
  const held = await input.hold(limit + 1);
  const document = trimBytes(held);
  if (held.length > limit || !isJson(document)) yield* splitOther(input, held, limit);
  else yield [onePiece(input, document)];
}

function onePiece(input: ByteInput, bytes: Buffer): CapturePiece {
  const { line, column } = input;
  const lead = input.lead();
  return { bytes, line, column, ...(lead !== undefined && { lead }) };
}

/** Splits what is held and is not one document. */
async function* splitOther(
  input: ByteInput,
  held: Buffer,
  limit: number,
): AsyncGenerator<readonly CapturePiece[]> {
  const whole = held.length <= limit;
  const documents = whole ? takeDocuments(input) : undefined;
  if (documents !== undefined) yield* documents;
  else if (hasCommaBehindFirst(held)) yield* splitElements(input, limit);
  else if (isLogWithEvents(held)) yield* splitLog(input, limit);
  // Where a later line is an object by itself, this is NDJSON whose first line is damaged.
  else if (hasObjectLine(held)) yield* splitLines(input, limit);
  else if (!whole) yield [tooLarge(input, limit)];
  else yield* takeGoodDocuments(input) ?? [[onePiece(input, trimBytes(held))]];
}
