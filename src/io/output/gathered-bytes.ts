/** What most batches need. After a larger one the memory is given back. */
const USUAL_SIZE = 256 * 1024;

/** A UTF-16 unit becomes at most three bytes of UTF-8. */
const BYTES_PER_UNIT = 3;

const BACKSLASH = 0x5c;

/**
 * Bytes that are gathered to be written together. Bytes that came in go out as bytes: making text of them
 * and bytes of it again took a tenth of the time of a request.
 */
export class GatheredBytes {
  #bytes = Buffer.allocUnsafe(USUAL_SIZE);
  #length = 0;

  /** How many there are. */
  get length(): number {
    return this.#length;
  }

  /** All of them. Valid until something is added or cleared. */
  get whole(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }

  add(part: string | Uint8Array): void {
    if (typeof part === 'string') {
      this.#makeRoom(part.length * BYTES_PER_UNIT);
      this.#length += this.#bytes.write(part, this.#length);
    } else {
      this.#makeRoom(part.length);
      this.#bytes.set(part, this.#length);
      this.#length += part.length;
    }
  }

  /**
   * Adds a text as it stands between the quotes of a JSON string, as `JSON.stringify` writes it.
   *
   * @param text valid UTF-8
   */
  addEscaped(text: Uint8Array): void {
    this.#makeRoom(text.length * LONGEST_ESCAPE);
    const bytes = this.#bytes;
    let length = this.#length;
    // Byte by byte: a body has a hundred quotes, and copying what stands between them takes eight times as long.
    for (let index = 0; index < text.length; index += 1) {
      const byte = text[index] as number;
      const letter = ESCAPES[byte] as number;
      if (letter === PLAIN) bytes[length++] = byte;
      else if (letter === UNNAMED) length += bytes.write(`\\u${byte.toString(16).padStart(4, '0')}`, length);
      else {
        bytes[length++] = BACKSLASH;
        bytes[length++] = letter;
      }
    }
    this.#length = length;
  }

  /** Takes back what was added since there were so many bytes. */
  cutTo(length: number): void {
    this.#length = length;
  }

  clear(): void {
    this.#length = 0;
    if (this.#bytes.length > USUAL_SIZE) this.#bytes = Buffer.allocUnsafe(USUAL_SIZE);
  }

  #makeRoom(count: number): void {
    const needed = this.#length + count;
    if (needed <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(needed, this.#bytes.length * 2));
    larger.set(this.whole);
    this.#bytes = larger;
  }
}

const PLAIN = 0;
const UNNAMED = 1;
const LONGEST_ESCAPE = '\\u0000'.length;

/** For each byte the letter that stands for it after a backslash, or that there is none, or that it needs none. */
const ESCAPES = new Uint8Array(256).fill(UNNAMED, 0, 0x20);
for (const [character, letter] of Object.entries({
  '"': '"',
  '\\': '\\',
  '\b': 'b',
  '\f': 'f',
  '\n': 'n',
  '\r': 'r',
  '\t': 't',
})) {
  ESCAPES[character.charCodeAt(0)] = letter.charCodeAt(0);
}
