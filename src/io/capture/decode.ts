import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { Wrapping } from './capture-record.ts';

/** The bytes of a capture as UTF-8, and how they were encoded. */
export interface DecodedCapture {
  readonly chunks: AsyncIterable<Buffer>;
  readonly wrapping: readonly Wrapping[];
}

/** More than anybody packs a file by mistake. */
const MOST_GZIP = 3;

/** Undoes gzip and UTF-16, which are recognised by their first bytes; nothing is held. */
export async function decodeCapture(source: AsyncIterable<Buffer | string>): Promise<DecodedCapture> {
  const wrapping: Wrapping[] = [];
  let plain = await peekBytes(toBuffers(source), 2);
  while (plain.head[0] === 0x1f && plain.head[1] === 0x8b && wrapping.length < MOST_GZIP) {
    wrapping.push('gzip');
    plain = await peekBytes(gunzip(plain.chunks), 2);
  }
  const encoding = UTF16_MARKS[plain.head.toString('hex', 0, 2)];
  if (encoding === undefined) return { chunks: plain.chunks, wrapping };
  return { chunks: fromUtf16(plain.chunks, encoding), wrapping: [...wrapping, 'utf-16'] };
}

/**
 * How a file in UTF-16 begins: with the byte order mark that Windows PowerShell writes when a command's output
 * goes to a file, or without one, with a bracket of two bytes.
 */
const UTF16_MARKS: Readonly<Record<string, string>> = {
  fffe: 'utf-16le',
  feff: 'utf-16be',
  '7b00': 'utf-16le',
  '5b00': 'utf-16le',
  '007b': 'utf-16be',
  '005b': 'utf-16be',
};

async function* toBuffers(source: AsyncIterable<Buffer | string>): AsyncGenerator<Buffer> {
  for await (const chunk of source) yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
}

interface Peeked {
  readonly head: Buffer;
  readonly chunks: AsyncIterable<Buffer>;
}

async function peekBytes(chunks: AsyncGenerator<Buffer>, count: number): Promise<Peeked> {
  let head: Buffer = Buffer.alloc(0);
  while (head.length < count) {
    const { done, value } = await chunks.next();
    if (done) break;
    head = head.length === 0 ? value : Buffer.concat([head, value]);
  }
  return { head, chunks: startingWith(head, chunks) };
}

async function* startingWith(head: Buffer, rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  try {
    if (head.length > 0) yield head;
    yield* rest;
  } finally {
    await rest.return(undefined);
  }
}

async function* gunzip(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const unzipped = createGunzip();
  // An error on either side also ends the iteration below, which throws it.
  pipeline(Readable.from(chunks, { objectMode: false }), unzipped, () => {});
  yield* unzipped as AsyncIterable<Buffer>;
}

async function* fromUtf16(chunks: AsyncIterable<Buffer>, encoding: string): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of chunks) yield Buffer.from(decoder.decode(chunk, { stream: true }));
  yield Buffer.from(decoder.decode());
}
