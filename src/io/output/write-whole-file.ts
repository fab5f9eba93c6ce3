import { randomBytes } from 'node:crypto';
import type { Stats } from 'node:fs';
import { type FileHandle, link, open, realpath, rename, stat, unlink } from 'node:fs/promises';
import { CallbellStatusError } from '../../errors.ts';
import { explainWriteFailure } from './write-failure.ts';

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
    if (existing !== undefined && !existing.isFile()) return await writeDirectly(path, chunks);
    if (existing !== undefined && !overwrite) throw alreadyThere(path);
    // Where a link names the file, it is the file that is replaced.
    const target = existing === undefined ? path : await realpath(path);
    const temporary = temporaryName(target);
    try {
      await writeTo(await open(temporary, 'wx'), chunks);
      await (overwrite ? rename(temporary, target) : moveIfFree(temporary, target));
    } catch (error) {
      await unlink(temporary).catch(() => {
        // It was never made, or became the file already.
      });
      throw error;
    }
  } catch (error) {
    throw explainWriteFailure(error, path);
  }
}

/** A name in the same folder, so that renaming never has to copy. */
export function temporaryName(path: string): string {
  return `${path.replace(/(?<![\\/])[\\/]+$/, '')}.${randomBytes(6).toString('hex')}.part`;
}

/** The error for an output that is there already. */
function alreadyThere(path: string): CallbellStatusError {
  return new CallbellStatusError('usage', `${path} is there already`, { hint: '--force overwrites it' });
}

async function statOf(path: string): Promise<Stats | undefined> {
  try {
    return await stat(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

async function writeDirectly(path: string, chunks: Chunks): Promise<void> {
  await writeTo(await open(path, 'w'), chunks);
}

async function writeTo(file: FileHandle, chunks: Chunks): Promise<void> {
  try {
    for await (const chunk of chunks) await file.writeFile(chunk);
  } finally {
    await file.close();
  }
}

/** A hard link fails where the name is taken since we looked, a rename would not. */
async function moveIfFree(temporary: string, path: string): Promise<void> {
  try {
    await link(temporary, path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EEXIST') throw alreadyThere(path);
    // Some file systems have no hard links.
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'ENOSYS') throw error;
    return await rename(temporary, path);
  }
  await unlink(temporary);
}
