const LINE_FEED = 0x0a;

/** Whether a byte is white space to JSON. */
export function isWhiteSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === LINE_FEED || byte === 0x0d || byte === 0x09;
}

/** Looks through a chunk for the end of what is wanted: its index, or -1 to go on with the next chunk. */
export type ChunkScan = (chunk: Buffer) => number;

/** A stream of bytes that can be looked at before it is taken, and that knows its line and column. */
export class ByteInput {
  /** From 1. */
  line = 1;
  /** From 1, in UTF-16 units. */
  column = 1;
  #held: Buffer = Buffer.alloc(0);
  #at = 0;
  readonly #chunks: AsyncIterator<Buffer>;

  constructor(chunks: AsyncIterable<Buffer>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** The next byte, or undefined at the end of the input. */
  async peek(): Promise<number | undefined> {
    while (this.#at >= this.#held.length) {
      const { done, value } = await this.#chunks.next();
      if (done) return undefined;
      this.#held = value;
      this.#at = 0;
    }
    return this.#held[this.#at];
  }

  async skipByteOrderMark(): Promise<void> {
    let wanted = 3;
    await this.measure((chunk) => {
      wanted -= chunk.length;
      return wanted <= 0 ? 0 : -1;
    });
    const isMark =
      this.#held[this.#at] === 0xef && this.#held[this.#at + 1] === 0xbb && this.#held[this.#at + 2] === 0xbf;
    if (isMark) this.#at += 3;
  }

  async skipWhiteSpace(): Promise<void> {
    while (isWhiteSpace(await this.peek())) this.take(1);
  }

  /** The bytes from here up to a line feed or the end. They stay untaken. */
  async peekLine(): Promise<Buffer> {
    return this.#ahead(await this.measure((chunk) => chunk.indexOf(LINE_FEED)));
  }

  /** All bytes from here to the end. They stay untaken. */
  async peekAll(): Promise<Buffer> {
    return this.#ahead(await this.measure(() => -1));
  }

  /** How many bytes lie before the place where the scan stops. All of them are held afterwards. */
  async measure(scan: ChunkScan): Promise<number> {
    const parts = [this.#held.subarray(this.#at)];
    let length = 0;
    for (let part = parts[0]; part !== undefined; ) {
      const stop = scan(part);
      length += stop === -1 ? part.length : stop;
      if (stop !== -1) break;
      const { done, value } = await this.#chunks.next();
      part = done ? undefined : (value as Buffer);
      if (part !== undefined) parts.push(part);
    }
    // Joined once, however many chunks it took: joining at each would be quadratic in a long line.
    if (parts.length > 1) {
      this.#held = Buffer.concat(parts);
      this.#at = 0;
    }
    return length;
  }

  /** Takes bytes that are held, and counts their lines and columns. */
  take(count: number): Buffer {
    const taken = this.#ahead(count);
    this.#at += count;
    for (const byte of taken) {
      if (byte === LINE_FEED) {
        this.line += 1;
        this.column = 1;
      } else if ((byte & 0xc0) !== 0x80) this.column += byte >= 0xf0 ? 2 : 1;
    }
    return taken;
  }

  /** Takes a line of that many held bytes with its line feed, without looking at each byte. */
  takeLine(length: number): void {
    this.#at += length + 1;
    this.line += 1;
    this.column = 1;
  }

  #ahead(length: number): Buffer {
    return this.#held.subarray(this.#at, this.#at + length);
  }
}
