import type { Stats } from 'node:fs';
import { type FileHandle, link, open, realpath, rename, stat, unlink } from 'node:fs/promises';
import { followLinks } from './follow-links.ts';
import { createTemporary, type Temporary } from './temporary.ts';

/** Outputs hold personal data: only the user may read a file that we create. */
const OWNER_ONLY = 0o600;

/**
 * A file to write. One that is written aside has a temporary name in the same folder until it is placed: what had its
 * final name keeps it until then.
 */
export class PlacedFile {
  readonly handle: FileHandle;
  /** Whether it is a file, and no device or pipe. */
  readonly isRegular: boolean;
  readonly #target: string;
  readonly #temporary: Temporary<FileHandle> | undefined;

  private constructor(
    handle: FileHandle,
    isRegular: boolean,
    target: string,
    temporary: Temporary<FileHandle> | undefined,
  ) {
    this.handle = handle;
    this.isRegular = isRegular;
    this.#target = target;
    this.#temporary = temporary;
  }

  /**
   * Opens a file. Links are followed, also to where there is nothing yet. A pipe or a device is written to directly,
   * and so is a new file unless it is to be written aside.
   */
  static async open(path: string, isAside: boolean): Promise<PlacedFile> {
    const existing = await statOf(path);
    if (existing !== undefined && !existing.isFile()) {
      return new PlacedFile(await open(path, 'a'), false, path, undefined);
    }
    const target = existing === undefined ? await followLinks(path) : await realpath(path);
    if (existing === undefined && !isAside) {
      return new PlacedFile(await open(target, 'wx', OWNER_ONLY), true, target, undefined);
    }
    const temporary = await createTemporary(target, (name) => open(name, 'wx', OWNER_ONLY));
    if (existing !== undefined) await takeAfter(temporary.made, existing);
    return new PlacedFile(temporary.made, true, target, temporary);
  }

  /** Whether it has another name until it is placed. */
  get isAside(): boolean {
    return this.#temporary !== undefined;
  }

  /**
   * Closes it and gives it its final name.
   *
   * @param overwrite whether it may take the place of a file
   * @throws an error with the code EEXIST where it may not, and there is one
   */
  async place(overwrite: boolean): Promise<void> {
    const temporary = this.#temporary;
    try {
      if (temporary === undefined) return;
      // Otherwise a power cut could leave an empty file where a full one was.
      await this.handle.sync();
      await (overwrite ? rename(temporary.path, this.#target) : moveIfFree(temporary.path, this.#target));
    } catch (error) {
      if (temporary !== undefined) await unlink(temporary.path).catch(() => {});
      throw error;
    } finally {
      await this.handle.close();
      await temporary?.release();
    }
  }

  /** Closes it; what was written aside is removed. */
  async discard(): Promise<void> {
    await this.handle.close();
    if (this.#temporary !== undefined) await unlink(this.#temporary.path).catch(() => {});
    await this.#temporary?.release();
  }
}

/** What has a name; undefined where nothing has it. */
export async function statOf(path: string): Promise<Stats | undefined> {
  try {
    return await stat(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Gives a file the owner and the mode of the one whose place it takes. */
async function takeAfter(handle: FileHandle, { uid, gid, mode }: Stats): Promise<void> {
  // Only root may give a file away.
  await handle.chown(uid, gid).catch(() => {});
  await handle.chmod(mode & 0o777);
}

/** A hard link fails where the name is taken since we looked, a rename would not. */
async function moveIfFree(temporary: string, path: string): Promise<void> {
  try {
    await link(temporary, path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    // Some file systems have no hard links.
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'ENOSYS') throw error;
    return await rename(temporary, path);
  }
  await unlink(temporary);
}
