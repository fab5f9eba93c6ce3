import { isByteOrderMark, isWhiteSpace } from './trim-bytes.ts';
import { utf16Length } from './utf16-length.ts';

const LINE_FEED = 0x0a;
/** Enough to show where in a line something is. */
const MOST_AROUND = 400;
/** More of a line than this is not shown before a place in it. */
const MOST_LEAD = 160;
const EMPTY = Buffer.alloc(0);

/**
 * A stream of bytes that can be looked at before it is taken, and that knows its line and column. Only
 * {@link more} waits; everything else works on what is held, so that a million lines cost no million awaits.
 */
export class ByteInput {
  /** From 1. */
  line = 1;
  /** From 1, in UTF-16 units. */
  column = 1;
  #held: Buffer = EMPTY;
  #at = 0;
  /** What is held begins where the input does. */
  #isFromStart = true;
  readonly #chunks: AsyncIterator<Buffer>;

  constructor(chunks: AsyncIterable<Buffer>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** What is held and not taken yet: a view. */
  get held(): Buffer {
    return this.#held.subarray(this.#at);
  }

  /**
   * Reads on: at least as much as is held already, so that joining costs a long value no more than twice its
   * length. False at the end of the input.
   *
   * @param until what is waited for, where it may come before: a line that is whole is not held back, because
   *   the next one may be long in coming
   */
  async more(until?: Find): Promise<boolean> {
    const rest = this.held;
    const parts = rest.length > 0 ? [rest] : [];
    let added = 0;
    while (added === 0 || added < rest.length) {
      const { done, value } = await this.#chunks.next();
      if (done) break;
      parts.push(value);
      added += value.length;
      if (until !== undefined && until(value, 0) !== -1) break;
    }
    if (added === 0) return false;
    if (this.#at > 0) this.#isFromStart = false;
    this.#held = parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts);
    this.#at = 0;
    return true;
  }

  /**
   * The line of a place and the one before it, as far as they are held.
   *
   * @param back how many bytes before where the input stands the place is
   * @param line the line of the place
   */
  linesAround(back = 0, line = this.line): LinesAround {
    const at = Math.max(0, this.#at - back);
    const from = Math.max(0, at - MOST_AROUND);
    const before = this.#held.subarray(from, at);
    const lineStart = before.lastIndexOf(LINE_FEED) + 1;
    const start = lineStart < 2 ? 0 : before.lastIndexOf(LINE_FEED, lineStart - 2) + 1;
    const after = this.#held.subarray(at, at + MOST_AROUND);
    const end = after.indexOf(LINE_FEED);
    const head = before.subarray(start).toString('utf8');
    return {
      text: head + after.subarray(0, end === -1 ? after.length : end).toString('utf8'),
      offset: head.length,
      line: line - (start < lineStart ? 1 : 0),
      isWhole: start > 0 || (from === 0 && this.#isFromStart),
    };
  }

  /** What stands before the place on its line, as far as a line is shown; undefined where that is long, or not held. */
  lead(): string | undefined {
    if (this.column === 1 || this.column > MOST_LEAD) return undefined;
    const before = this.#held.subarray(Math.max(0, this.#at - MOST_AROUND), this.#at);
    const text = before.toString('utf8', before.lastIndexOf(LINE_FEED) + 1);
    return text.length === this.column - 1 ? text : undefined;
  }

  /** How many bytes back a byte stands that was taken before; undefined where it is not held any more. */
  distanceTo(byte: number): number | undefined {
    const found = this.#at === 0 ? -1 : this.#held.lastIndexOf(byte, this.#at - 1);
    return found === -1 ? undefined : this.#at - found;
  }

  /** The next byte, or undefined at the end of the input. */
  async peek(): Promise<number | undefined> {
    while (this.#at >= this.#held.length) if (!(await this.more())) return undefined;
    return this.#held[this.#at];
  }

  /** Reads on until that many bytes are held, or all there are. */
  async hold(count: number): Promise<Buffer> {
    while (this.#held.length - this.#at < count) if (!(await this.more())) break;
    return this.held;
  }

  async skipByteOrderMark(): Promise<void> {
    if (isByteOrderMark(await this.hold(3), 0)) this.#at += 3;
  }

  /** Skips what may stand between two documents: white space, and the byte order mark of the second. */
  async skipBetweenDocuments(): Promise<void> {
    await this.skipWhiteSpace();
    if ((await this.peek()) !== 0xef || !isByteOrderMark(await this.hold(3), 0)) return;
    this.take(3);
    await this.skipWhiteSpace();
  }

  async skipWhiteSpace(): Promise<void> {
    do {
      const { held } = this;
      let count = 0;
      while (count < held.length && isWhiteSpace(held[count])) count += 1;
      this.take(count);
      if (count < held.length) return;
    } while (await this.more());
  }

  /**
   * Holds what lies before the place that `find` finds, or as much as there is up to a limit.
   *
   * @param until as for {@link more}
   */
  async measure(limit: number, find: Find, until?: Find): Promise<Measured> {
    for (let searched = 0; ; ) {
      const { held } = this;
      const length = find(held, searched);
      if (length !== -1) return { length, end: 'found' };
      if (held.length > limit) return { length: held.length, end: 'limit' };
      searched = held.length;
      if (!(await this.more(until))) return { length: held.length, end: 'input' };
    }
  }

  /** Takes everything before the place that `find` finds, or to the end, holding nothing of it. */
  async skip(find: Find): Promise<void> {
    do {
      const { held } = this;
      const found = find(held, 0);
      this.take(found === -1 ? held.length : found);
      if (found !== -1) return;
    } while (await this.more());
  }

  /** Takes bytes that are held, and counts their lines and columns. */
  take(count: number): Buffer {
    const taken = this.#held.subarray(this.#at, this.#at + count);
    this.#at += count;
    let lineStart = 0;
    for (let end = taken.indexOf(LINE_FEED); end !== -1; end = taken.indexOf(LINE_FEED, lineStart)) {
      this.line += 1;
      this.column = 1;
      lineStart = end + 1;
    }
    this.column += utf16Length(taken, lineStart, taken.length);
    return taken;
  }

  /** Takes a line of that many held bytes with its line feed, without looking at each byte. */
  takeLine(length: number): void {
    this.#at = Math.min(this.#at + length + 1, this.#held.length);
    this.line += 1;
    this.column = 1;
  }
}

/** Some text around a place of the input. */
interface LinesAround {
  readonly text: string;
  /** Of the place, in the text. */
  readonly offset: number;
  /** The line of the input with which the text begins. */
  readonly line: number;
  /** The text begins with the beginning of that line. */
  readonly isWhole: boolean;
}

/** Looks through bytes, from an index on that it has not seen yet: the index of what it looks for, or -1. */
export type Find = (held: Buffer, from: number) => number;

/** A stretch of held bytes, and why it ends there. */
interface Measured {
  readonly length: number;
  readonly end: 'found' | 'limit' | 'input';
}

/** Finds the end of a line. */
export const findLineFeed: Find = (held, from) => held.indexOf(LINE_FEED, from);
