import { open } from 'node:fs/promises';
import { gunzipSync, constants as zlib } from 'node:zlib';
import { EVENT_NAME } from '../../domain/event-name.ts';
import { beginsLikeLog } from '../../domain/validate/log-head.ts';
import type { CaptureRecord } from './capture-record.ts';
import { classifyRecord } from './classify-record.ts';
import { decodeCapture } from './decode.ts';
import { openFile } from './open-source.ts';
import { splitCapture } from './split-capture.ts';
import { unwrapPiece } from './unwrap.ts';

const HEAD_BYTES = 4096;

/** An event is looked for in so much of a text: 0.1 s of work for each file, however large. */
const LOOKED_AT_MIB = 8;
const LOOKED_AT_BYTES = LOOKED_AT_MIB * 1024 * 1024;

/**
 * Says why a file of a folder, whose name does not say JSON, is no capture; undefined where it is one, or cannot be
 * read, which whoever opens it says. A file is a capture that begins like JSON, or that has an event in its text.
 */
export async function whyPassedOver(path: string): Promise<string | undefined> {
  try {
    const head = await readHead(path);
    const plain = head[0] === 0x1f && head[1] === 0x8b ? unzipHead(head) : head;
    if (beginsLikeJson(plain)) return undefined;
    if (isBinary(plain)) return 'not text';
    return await whyNoEvent(path);
  } catch {
    return undefined;
  }
}

async function readHead(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** The first character is a bracket, and not that of the time or the level with which a line of a log begins. */
function beginsLikeJson(head: Buffer): boolean {
  const text = head.toString('utf8');
  return /^(?:\ufeff)?\s*[{[]/.test(text) && !beginsLikeLog(text);
}

/** A text has no NUL, except in UTF-16. */
function isBinary(head: Buffer): boolean {
  const mark = head.toString('latin1', 0, 2);
  return mark !== '\xff\xfe' && mark !== '\xfe\xff' && head.includes(0);
}

async function whyNoEvent(path: string): Promise<string | undefined> {
  const stream = openFile(path);
  try {
    const { chunks, wrapping } = await decodeCapture(stream);
    const beginning = new Beginning(chunks);
    for await (const pieces of splitCapture(beginning.chunks(), LOOKED_AT_BYTES)) {
      for (const piece of pieces) if (unwrapPiece(piece, path, wrapping).some(isEvent)) return undefined;
    }
    return beginning.isAll ? 'no event' : `no event in its first ${LOOKED_AT_MIB} MiB`;
  } finally {
    stream.destroy();
  }
}

/** Any object with an `event` may be of another program, so that other events do not make a text a capture. */
function isEvent(record: CaptureRecord): boolean {
  const { text, parsed, wrapping } = record;
  if (parsed === undefined) return wrapping.includes('log') && NAMES.some((name) => text.includes(name));
  const kind = classifyRecord(record);
  return kind === 'status-event' || kind === 'bare-payload';
}

const NAMES = [EVENT_NAME, 'messageStatusPayload'];

/** The first bytes of a source. */
class Beginning {
  /** The source has no more than was read. */
  isAll = false;
  readonly #chunks: AsyncIterable<Buffer>;

  constructor(chunks: AsyncIterable<Buffer>) {
    this.#chunks = chunks;
  }

  async *chunks(): AsyncGenerator<Buffer> {
    let bytes = 0;
    for await (const chunk of this.#chunks) {
      bytes += chunk.length;
      yield chunk;
      if (bytes >= LOOKED_AT_BYTES) return;
    }
    this.isAll = true;
  }
}

function unzipHead(head: Buffer): Buffer {
  try {
    // The head of the file is not the whole of it: what there is is given without the end being checked.
    return gunzipSync(head, { finishFlush: zlib.Z_SYNC_FLUSH, maxOutputLength: 16 * 1024 * 1024 });
  } catch {
    return Buffer.alloc(0);
  }
}
