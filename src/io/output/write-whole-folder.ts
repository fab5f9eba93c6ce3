import { mkdir, readdir, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CallbellStatusError } from '../../errors.ts';
import { createTemporary } from './temporary.ts';
import { codeOf, explainWriteFailure } from './write-failure.ts';
import { HINTS, writeWholeFile } from './write-whole-file.ts';

/** One file of a folder. */
export interface FolderFile {
  readonly name: string;
  readonly text: string;
}

/**
 * Writes files into a folder. A folder that is new or empty appears as a whole or not at all; into one that
 * has something in it the files go one by one, each as a whole.
 *
 * @param overwrite whether a folder that has something in it may be written to, its files replaced
 * @returns how many files were written
 * @throws {CallbellStatusError} `usage` when the folder is not empty, `write-failed` when it cannot be written;
 *   what the files throw is passed on
 */
export async function writeWholeFolder(
  path: string,
  files: Iterable<FolderFile>,
  overwrite: boolean,
): Promise<number> {
  try {
    const content = await contentOf(path);
    if (content === 'something' && !overwrite) {
      throw new CallbellStatusError('usage', `${path} is there already, and not empty`, {
        hint: '--force writes into it and overwrites files of the same name',
      });
    }
    return content === 'something'
      ? await writeFiles(path, files, (file, text) => writeWholeFile(file, [text], true))
      : await writeNew(path, files, content);
  } catch (error) {
    const code = codeOf(error);
    throw code === undefined ? error : explainWriteFailure(error, path, HINTS[code]);
  }
}

/** Whether there is a folder of that name. */
export async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() === true;
}

async function contentOf(path: string): Promise<'absent' | 'nothing' | 'something'> {
  try {
    return (await readdir(path)).length === 0 ? 'nothing' : 'something';
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 'absent';
    throw error;
  }
}

async function writeNew(
  path: string,
  files: Iterable<FolderFile>,
  content: 'absent' | 'nothing',
): Promise<number> {
  // Without what may stand at its end: the temporary name is one beside it.
  const temporary = await createTemporary(path.replace(/(?<![\\/])[\\/]+$/, ''), (name) => mkdir(name));
  try {
    const write = (file: string, text: string) => writeFile(file, text, { mode: 0o600 });
    const count = await writeFiles(temporary.path, files, write);
    if (content === 'nothing') await rmdir(path);
    await rename(temporary.path, path);
    return count;
  } catch (error) {
    await rm(temporary.path, { recursive: true, force: true });
    throw error;
  } finally {
    await temporary.release();
  }
}

async function writeFiles(
  folder: string,
  files: Iterable<FolderFile>,
  write: (path: string, text: string) => Promise<void>,
): Promise<number> {
  let count = 0;
  for (const { name, text } of files) {
    await write(join(folder, name), text);
    count += 1;
  }
  return count;
}
