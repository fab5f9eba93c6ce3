import { type ByteInput, type Find, findLineFeed } from './byte-input.ts';
import type { CapturePiece } from './capture-piece.ts';

/** More header lines than any server takes. */
const MOST_HEADER_BYTES = 64 * 1024;
/** Enough for the first line, up to its version. */
const FIRST_LINE_BYTES = 2048;
const FIRST_LINE = /^(?:[A-Z]{3,7} \S+ HTTP\/\d|HTTP\/\d(?:\.\d)? \d{3}\b)/;
/** An empty line, or one that is no header: it was lost where a message was copied. */
const HEAD_END = /\r?\n(?:\r?\n|(?=[{[]))/;

/**
 * Skips the head of an HTTP message, as `curl -i` prints it, so that its body is next. False, and nothing is
 * skipped, where none begins here, or where it has no body.
 */
export async function skipHttpHead(input: ByteInput): Promise<boolean> {
  const [first] = await input.hold(1);
  // A method or HTTP itself: what nearly all captures do not begin with costs no more.
  if (first === undefined || first < 0x41 || first > 0x5a) return false;
  const { length } = await input.measure(FIRST_LINE_BYTES, findLineFeed, findLineFeed);
  if (!FIRST_LINE.test(input.held.toString('latin1', 0, Math.min(length, FIRST_LINE_BYTES)))) return false;
  const head = await input.measure(MOST_HEADER_BYTES, findBody);
  if (head.end !== 'found') return false;
  input.take(head.length);
  return true;
}

/** Finds where something follows the head. */
const findBody: Find = (held) => {
  const text = held.toString('latin1', 0, MOST_HEADER_BYTES);
  const end = HEAD_END.exec(text);
  if (end === null || text.slice(end.index).trim() === '') return -1;
  return end.index + end[0].length;
};

/** Says of pieces that they were the body of an HTTP message. */
export async function* inHttp(
  batches: AsyncIterable<readonly CapturePiece[]>,
): AsyncGenerator<readonly CapturePiece[]> {
  for await (const batch of batches) yield batch.map((piece) => ({ list: 'http', ...piece }));
}
