import { open } from 'node:fs/promises';
import { CallbellStatusError } from '../../errors.ts';

/** What is in a file that is to be appended to. */
export interface ExistingRecording {
  /** Lines of requests. */
  readonly requests: number;
  /** The file is so large that only its beginning was counted. */
  readonly isMore: boolean;
}

const CHUNK_BYTES = 1024 * 1024;

/** Of larger files only the beginning is counted: starting must not take long. */
const COUNTED_BYTES = 32 * 1024 * 1024;

const LINE_FEED = 0x0a;

/**
 * Counts the requests in a file that is to be recorded to. One that does not exist, or cannot be read, has none.
 *
 * @throws {CallbellStatusError} `usage` where there is something else in it
 */
export async function inspectRecording(file: string): Promise<ExistingRecording> {
  const handle = await open(file, 'r').catch(() => undefined);
  if (handle === undefined) return { requests: 0, isMore: false };
  try {
    if (!(await handle.stat()).isFile()) return { requests: 0, isMore: false };
    const chunk = Buffer.alloc(CHUNK_BYTES);
    let requests = 0;
    for (let position = 0; position < COUNTED_BYTES; ) {
      const { bytesRead } = await handle.read(chunk, 0, CHUNK_BYTES, position);
      if (bytesRead === 0) return { requests, isMore: false };
      const bytes = chunk.subarray(0, bytesRead);
      if (position === 0) checkBeginning(bytes, file);
      for (let at = bytes.indexOf(LINE_FEED); at !== -1; at = bytes.indexOf(LINE_FEED, at + 1)) requests += 1;
      position += bytesRead;
    }
    return { requests, isMore: true };
  } finally {
    await handle.close();
  }
}

/** Every line of a recording begins with its time, also one that a killed run left unfinished. */
const BEGINNING = '{"receivedAt":"';

function checkBeginning(bytes: Buffer, file: string): void {
  const beginning = bytes.toString('latin1', 0, 1024).trimStart().slice(0, BEGINNING.length);
  if (BEGINNING.startsWith(beginning)) return;
  throw new CallbellStatusError('usage', `${file} is not a recording of requests, and would be appended to`, {
    hint: 'name a new file, or one that listen recorded',
  });
}
