import { type FileHandle, open, stat } from 'node:fs/promises';
import { CallbellStatusError } from '../../errors.ts';
import { lockFile, type OpenFileLock } from '../capture/file-lock.ts';

/**
 * A file that is read and then replaced. It is locked against listeners that would record to it meanwhile, and it is
 * known whether anything else has written to it: that would be lost with it.
 */
export class ResumedFile {
  readonly #path: string;
  readonly #handle: FileHandle;
  readonly #lock: OpenFileLock;
  readonly #before: string;

  private constructor(path: string, handle: FileHandle, lock: OpenFileLock, before: string) {
    this.#path = path;
    this.#handle = handle;
    this.#lock = lock;
    this.#before = before;
  }

  /**
   * Takes the file; undefined where it is none that could be appended to, as a pipe.
   *
   * @throws {CallbellStatusError} `usage` where a listener is recording to it
   */
  static async take(path: string): Promise<ResumedFile | undefined> {
    const handle = await open(path, 'r').catch(() => undefined);
    if (handle === undefined) return undefined;
    const lock = (await handle.stat()).isFile() ? await lockFile(path, handle.fd) : undefined;
    if (lock !== undefined) return new ResumedFile(path, handle, lock, await stateOf(path));
    await handle.close();
    throw new CallbellStatusError('usage', `a listener is recording to ${path}, which would be replaced`, {
      hint: 'stop the listener, or name another file',
    });
  }

  /** Whether it was written to, or another file has its name, since it was taken. */
  async hasChanged(): Promise<boolean> {
    return (await stateOf(this.#path)) !== this.#before;
  }

  async release(): Promise<void> {
    await this.#lock.release();
    await this.#handle.close();
  }
}

async function stateOf(path: string): Promise<string> {
  const found = await stat(path, { bigint: true }).catch(() => undefined);
  return found === undefined ? 'gone' : [found.dev, found.ino, found.size, found.mtimeNs].join(':');
}
