import { type FileHandle, open, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { CallbellStatusError } from '../errors.ts';

/** A file that lines are added to; each write is on its way to the disk when it resolves. */
export class LineFile {
  readonly #path: string;
  readonly #handle: FileHandle;

  private constructor(path: string, handle: FileHandle) {
    this.#path = path;
    this.#handle = handle;
  }

  /**
   * Opens a file and leaves what is in it.
   *
   * @throws {CallbellStatusError} `write-failed`
   */
  static async open(path: string): Promise<LineFile> {
    try {
      return new LineFile(path, await open(path, 'a'));
    } catch (error) {
      throw cannotWrite(path, error);
    }
  }

  /** A pipe or a device has nothing to be emptied of. */
  async empty(): Promise<void> {
    if ((await this.#handle.stat()).isFile()) await this.#handle.truncate();
  }

  /** @throws {CallbellStatusError} `write-failed` */
  async write(lines: string | Uint8Array): Promise<void> {
    try {
      await this.#handle.appendFile(lines);
    } catch (error) {
      throw cannotWrite(this.#path, error);
    }
  }

  close(): Promise<void> {
    return this.#handle.close();
  }
}

/** Whether two paths lead to one file, or would if there were one. */
export async function isSameFile(path: string, other: string): Promise<boolean> {
  const [one, two] = await Promise.all([path, other].map((each) => stat(each).catch(() => undefined)));
  if (one !== undefined || two !== undefined) return one?.dev === two?.dev && one?.ino === two?.ino;
  const [place, otherPlace] = await Promise.all([path, other].map(placeOf));
  return place === otherPlace;
}

/** A path with the links in its folders followed. */
async function placeOf(path: string): Promise<string> {
  const folder = dirname(resolve(path));
  return join(await realpath(folder).catch(() => folder), basename(path));
}

/** Whether there is a regular file with something in it, which opening it would empty. */
export async function hasContent(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found?.isFile() === true && found.size > 0;
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such folder',
  EACCES: 'permission denied',
  EISDIR: 'it is a folder',
  ENOSPC: 'the disk is full',
  EROFS: 'the file system is read-only',
};

function cannotWrite(path: string, cause: unknown): CallbellStatusError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const why = REASONS[code] ?? (cause instanceof Error ? cause.message : String(cause));
  return new CallbellStatusError('write-failed', `cannot write ${path}: ${why}`, { cause });
}
