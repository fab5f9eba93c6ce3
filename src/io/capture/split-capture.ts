import { ByteInput, type ChunkScan, isWhiteSpace } from './byte-input.ts';

/** One JSON value of a capture: its exact bytes, without the white space around it, and where it begins. */
export interface CapturePiece {
  readonly bytes: Buffer;
  /** From 1, in the whole capture. */
  readonly line: number;
  /** From 1, in UTF-16 units as editors count. */
  readonly column: number;
  /** What is wrong with the array around it at this place, in plain words; there are no bytes then. */
  readonly fault?: string;
}

/**
 * Splits a capture into its values, as they come in. By content, not by name: an array gives its elements;
 * a first line that is JSON by itself makes it NDJSON, a value a line; anything else is one document. Lines
 * and elements stream in memory of their own size, a document is held whole.
 */
export async function* splitCapture(chunks: AsyncIterable<Buffer>): AsyncGenerator<CapturePiece> {
  const input = new ByteInput(chunks);
  await input.skipByteOrderMark();
  await input.skipWhiteSpace();
  const first = await input.peek();
  if (first === undefined) return;
  if (first === OPEN_BRACKET) yield* splitArray(input);
  else if (isJson(await input.peekLine())) yield* splitLines(input);
  else yield* splitDocument(input);
}

const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const COMMA = 0x2c;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

async function* splitLines(input: ByteInput): AsyncGenerator<CapturePiece> {
  while ((await input.peek()) !== undefined) {
    const line = await input.peekLine();
    const bytes = trim(line);
    if (bytes.length > 0) {
      yield { bytes, line: input.line, column: input.column + bytes.byteOffset - line.byteOffset };
    }
    input.takeLine(line.length);
  }
}

async function* splitDocument(input: ByteInput): AsyncGenerator<CapturePiece> {
  const whole = trim(await input.peekAll());
  // Where another line is an event by itself, this is NDJSON whose first line is damaged.
  if (!isJson(whole) && hasObjectLine(whole)) yield* splitLines(input);
  else yield { bytes: whole, line: input.line, column: input.column };
}

async function* splitArray(input: ByteInput): AsyncGenerator<CapturePiece> {
  const fault = (what: string): CapturePiece => ({
    bytes: Buffer.alloc(0),
    line: input.line,
    column: input.column,
    fault: what,
  });
  input.take(1);
  for (let afterComma = false; ; ) {
    await input.skipWhiteSpace();
    const next = await input.peek();
    if (next === undefined) return yield fault('it ends before the first [ is closed');
    if (next === CLOSE_BRACKET) {
      if (afterComma) yield fault('a comma stands before it that nothing follows');
      break;
    }
    if (next === COMMA) yield fault('a value is missing before this comma');
    else {
      const { line, column } = input;
      yield { bytes: trim(input.take(await input.measure(scanElement()))), line, column };
    }
    afterComma = (await input.peek()) === COMMA;
    if (afterComma) input.take(1);
  }
  input.take(1);
  await input.skipWhiteSpace();
  if ((await input.peek()) !== undefined) yield fault('the array has ended before it');
}

/** Finds the comma or the bracket that ends an element of an array. */
function scanElement(): ChunkScan {
  const nesting = new Nesting();
  return (chunk) => {
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at];
      if (nesting.isOutermost && (byte === COMMA || byte === CLOSE_BRACKET)) return at;
      nesting.follow(byte);
    }
    return -1;
  };
}

/** How deep inside brackets and strings a walk over the bytes of a JSON text is. */
class Nesting {
  #depth = 0;
  #inString = false;
  #escaped = false;

  get isOutermost(): boolean {
    return this.#depth === 0 && !this.#inString;
  }

  follow(byte: number | undefined): void {
    if (this.#inString) this.#followString(byte);
    else if (byte === QUOTE) this.#inString = true;
    else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) this.#depth += 1;
    else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) this.#depth -= 1;
  }

  #followString(byte: number | undefined): void {
    if (this.#escaped) this.#escaped = false;
    else if (byte === BACKSLASH) this.#escaped = true;
    else if (byte === QUOTE) this.#inString = false;
  }
}

function trim(bytes: Buffer): Buffer {
  let start = 0;
  let end = bytes.length;
  while (start < end && isWhiteSpace(bytes[start])) start += 1;
  while (end > start && isWhiteSpace(bytes[end - 1])) end -= 1;
  return bytes.subarray(start, end);
}

function isJson(bytes: Buffer): boolean {
  try {
    JSON.parse(bytes.toString('utf8'));
    return true;
  } catch {
    return false;
  }
}

function hasObjectLine(document: Buffer): boolean {
  const isObject = (line: string): boolean => line.startsWith('{') && isJson(Buffer.from(line, 'latin1'));
  return document.toString('latin1').split(/\r?\n/).some(isObject);
}
