import { CallbellStatusError } from '../../errors.ts';
import { PlacedFile, statOf } from './placed-file.ts';
import { codeOf, explainWriteFailure } from './write-failure.ts';

/** Texts to write one after another; a slow disk slows them down. */
export type Chunks = Iterable<string> | AsyncIterable<string>;

/**
 * Writes a file as a whole or not at all: under a temporary name beside it, which becomes the final one when
 * everything is written. A device or a pipe is written to directly.
 *
 * @param overwrite whether a file that is there may be replaced
 * @throws {CallbellStatusError} `usage` when the file is there, `write-failed` when it cannot be written;
 *   what the chunks throw is passed on
 */
export async function writeWholeFile(path: string, chunks: Chunks, overwrite: boolean): Promise<void> {
  try {
    const existing = await statOf(path);
    if (existing?.isFile() && !overwrite) throw alreadyThere(path);
    const file = await PlacedFile.open(path, true);
    try {
      for await (const chunk of chunks) await file.handle.writeFile(chunk);
    } catch (error) {
      await file.discard();
      throw error;
    }
    await file.place(overwrite);
  } catch (error) {
    const code = codeOf(error);
    if (code === undefined) throw error;
    if (code === 'EEXIST') throw alreadyThere(path);
    throw explainWriteFailure(error, path, HINTS[code]);
  }
}

/** The error for an output that is there already. */
function alreadyThere(path: string): CallbellStatusError {
  return new CallbellStatusError('usage', `${path} is there already`, { hint: '--force overwrites it' });
}

/** What to do where a whole file or folder cannot be written. */
export const HINTS: Readonly<Record<string, string>> = {
  ENOENT: 'make the folder first',
  EISDIR: 'a path that ends with / takes one file an event',
  EACCES: 'check who may write there',
  EPERM: 'check who may write there',
  ENOSPC: 'nothing was left behind under that name',
};
