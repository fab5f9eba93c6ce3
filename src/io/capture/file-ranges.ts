import { read as readCallback, readSync } from 'node:fs';
import { promisify } from 'node:util';
import { ByteInput } from './byte-input.ts';
import { isJson } from './capture-piece.ts';
import type { CaptureRecord } from './capture-record.ts';
import { splitLines } from './split-capture.ts';
import { isRecorded, TornLines } from './torn-lines.ts';
import { isWhiteSpace } from './trim-bytes.ts';
import { unwrapPiece } from './unwrap.ts';

const read = promisify(readCallback);

/** Whole lines of a file: from an offset up to, but not including, another. */
export interface FileRange {
  readonly start: number;
  readonly end: number;
}

const RANGE_BYTES = 1024 * 1024;
const LOOK_AHEAD_BYTES = 4 * 1024;
const READ_BYTES = 256 * 1024;
/** Room for a range whose last line is not a very long one. */
export const USUAL_RANGE_BYTES = RANGE_BYTES + READ_BYTES;
const LINE_FEED = 0x0a;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/** Cuts a file of lines into ranges of about a megabyte that end with a line, and with a whole value. */
export async function* cutRanges(descriptor: number, size: number): AsyncGenerator<FileRange> {
  for (let start = 0; start < size; ) {
    const end = await findCut(descriptor, Math.min(start + RANGE_BYTES, size), size);
    yield { start, end };
    start = end;
  }
}

/** Where a file can be cut, from an offset on; where there is no such place, its end. */
async function findCut(descriptor: number, from: number, size: number): Promise<number> {
  let at = from;
  // Most lines are short; whoever looks for the end of a long one reads more at a time.
  for (let length = LOOK_AHEAD_BYTES; at < size; length = Math.min(length * 2, READ_BYTES)) {
    const { bytesRead, buffer } = await read(descriptor, Buffer.allocUnsafe(length), 0, length, at);
    const held = buffer.subarray(0, bytesRead);
    const isFar = at - from > FAR_BYTES;
    const found = isFar ? held.indexOf(LINE_FEED) : betweenValues(held);
    if (found !== -1) return at + found + 1;
    // The last three bytes are seen again: they may be the first half of such a place.
    at += bytesRead <= BETWEEN ? size : bytesRead - (isFar ? 0 : BETWEEN);
  }
  return size;
}

/** So far behind a place where a range should end no document of several lines is looked for any more. */
const FAR_BYTES = 32 * 1024 * 1024;

/** How many bytes {@link betweenValues} usually sees besides the line feed. */
const BETWEEN = 3;

/**
 * The line feed between two values: a bracket closes before it, and one opens behind it. One inside a document of
 * several lines has a comma before it, or an indented line or a key behind it.
 */
function betweenValues(held: Buffer): number {
  for (let at = held.indexOf(LINE_FEED); at !== -1; at = held.indexOf(LINE_FEED, at + 1)) {
    if (held[at + 1] !== OPEN_BRACE && held[at + 1] !== OPEN_BRACKET) continue;
    let before = at - 1;
    while (isWhiteSpace(held[before])) before -= 1;
    if (held[before] === CLOSE_BRACE || held[before] === CLOSE_BRACKET) return at;
  }
  return -1;
}

/**
 * The records of a range; their lines count from 1 in it. Returns how many lines it has.
 *
 * @param isRecording whether the file is one of our recorder
 * @param memory where the range is put if it fits: for one who reads range after range and keeps no record
 */
export async function* readRange(
  descriptor: number,
  range: FileRange,
  source: string,
  limit: number,
  isRecording: boolean,
  memory?: Buffer,
): AsyncGenerator<readonly CaptureRecord[], number> {
  const input = new ByteInput(readChunks(descriptor, range, memory));
  const torn = new TornLines(isRecording);
  for await (const pieces of splitLines(input, limit)) {
    // A few at a time: what is checked and forgotten at once costs the memory next to nothing.
    for (let at = 0; at < pieces.length; at += FEW) {
      yield torn.judge(pieces.slice(at, at + FEW).flatMap((piece) => unwrapPiece(piece, source, [])));
    }
  }
  return input.line - 1;
}

const FEW = 20;

/** Reads without waiting for another thread: who reads a range has nothing else to do. */
async function* readChunks(
  descriptor: number,
  { start, end }: FileRange,
  memory: Buffer = Buffer.alloc(0),
): AsyncGenerator<Buffer> {
  // What does not fit comes in pieces that are joined: none may be written over.
  const own = end - start <= memory.length ? memory.subarray(0, end - start) : undefined;
  for (let at = start; at < end; ) {
    const buffer = own?.subarray(at - start) ?? Buffer.allocUnsafe(Math.min(READ_BYTES, end - at));
    const bytesRead = readSync(descriptor, buffer, 0, buffer.length, at);
    if (bytesRead === 0) return;
    yield buffer.subarray(0, bytesRead);
    at += bytesRead;
  }
}

/** What the first lines of a file of lines say of the rest. */
interface PlainNdjson {
  /** It is one of our recorder. */
  readonly isRecording: boolean;
}

/** Looks whether a file is NDJSON by its first line, with nothing around it that has to be undone. */
export async function lookAtNdjson(descriptor: number): Promise<PlainNdjson | undefined> {
  const { buffer, bytesRead } = await read(descriptor, Buffer.alloc(READ_BYTES), 0, READ_BYTES, 0);
  const head = buffer.subarray(0, bytesRead);
  const end = head.indexOf(LINE_FEED);
  if (end === -1 || head[0] !== 0x7b) return undefined;
  const bytes = head.subarray(0, end);
  // The two documents that are split by the list in them may stand on one line.
  if (/^\{\s*"(?:log|webhook_events)"/.test(bytes.toString('utf8')) || !isJson(bytes)) return undefined;
  // A document of several lines may lie across two ranges.
  if (/\n[{[]\r?\n/.test(head.toString('latin1'))) return undefined;
  const [first] = unwrapPiece({ bytes, line: 1, column: 1 }, '', []);
  return { isRecording: first !== undefined && isRecorded(first) };
}
