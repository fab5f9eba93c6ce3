import { closeSync } from 'node:fs';
import { CallbellStatusError } from '../../errors.ts';
import {
  type Appended,
  appendWhole,
  closeTornLine,
  explainWriteError,
  isStillNamed,
  openForAppending,
  takeBack,
} from './append-file.ts';
import { lockFile, type OpenFileLock } from './file-lock.ts';

/** What was written, and where. */
export interface Written {
  readonly descriptor: number;
  readonly appended: Appended;
  /** The file had been moved or deleted; this is in a new one of its name. */
  readonly isInNewFile: boolean;
}

/** The file that has a name, also where it is moved away or deleted in between; locked. */
export class RecordFile {
  readonly #file: string;
  /** Its name is forced to the disk too. */
  readonly #isForced: boolean;
  readonly #lock: OpenFileLock;
  #descriptor: number | undefined;

  private constructor(file: string, isForced: boolean, lock: OpenFileLock, descriptor: number) {
    this.#file = file;
    this.#isForced = isForced;
    this.#lock = lock;
    this.#descriptor = descriptor;
  }

  /** @throws {CallbellStatusError} `write-failed` when the file cannot be opened or another process writes to it */
  static async open(file: string, isForced: boolean): Promise<RecordFile> {
    let descriptor: number | undefined;
    let lock: OpenFileLock | undefined;
    try {
      descriptor = openForAppending(file, isForced);
      lock = await lockFile(file, descriptor);
      if (lock !== undefined) {
        closeTornLine(descriptor);
        return new RecordFile(file, isForced, lock, descriptor);
      }
    } catch (error) {
      if (descriptor !== undefined) closeSync(descriptor);
      await lock?.release();
      throw new CallbellStatusError('write-failed', `cannot record to ${file}: ${explainWriteError(error)}`, {
        hint: openingHint(error),
        cause: error,
      });
    }
    closeSync(descriptor);
    throw new CallbellStatusError('write-failed', `another listener is recording to ${file}`, {
      hint: 'give each listener a file of its own',
    });
  }

  /** Writes into the file that has the name now: all of it, or nothing and throws. */
  write(bytes: Buffer): Written {
    const written = this.#append(this.#descriptor ?? this.#reopen(), bytes);
    // Asked after the write: only then is it certain that the bytes are in the file of that name.
    if (isStillNamed(written.descriptor, this.#file)) return written;
    this.#descriptor = undefined;
    try {
      const anew = this.#append(this.#reopen(), bytes);
      this.#lock.follow(anew.descriptor);
      return { ...anew, isInNewFile: true };
    } finally {
      // The file that was moved away would hold a second time what is in the new one, or what is refused.
      this.discard(written);
    }
  }

  /** Cuts off what was written last, because it is not to count. */
  discard({ descriptor, appended }: Written): void {
    takeBack(descriptor, appended);
    this.#letGo(descriptor);
  }

  async close(): Promise<void> {
    if (this.#descriptor !== undefined) this.#letGo(this.#descriptor);
    await this.#lock.release();
  }

  #append(descriptor: number, bytes: Buffer): Written {
    try {
      return { descriptor, appended: appendWhole(descriptor, bytes), isInNewFile: false };
    } catch (error) {
      // Opened anew for the next write, because it is then that a torn line would be closed.
      this.#letGo(descriptor);
      throw error;
    }
  }

  #reopen(): number {
    const descriptor = openForAppending(this.#file, this.#isForced);
    this.#descriptor = descriptor;
    closeTornLine(descriptor);
    return descriptor;
  }

  #letGo(descriptor: number): void {
    if (this.#descriptor === descriptor) this.#descriptor = undefined;
    closeSync(descriptor);
  }
}

/** What to do about a file that cannot be opened. */
function openingHint(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EISDIR') return 'name a file in that folder';
  // No error of the system's: it could be opened, but is a device, a pipe or a socket.
  if (code === undefined) return 'name an ordinary file: what goes elsewhere cannot be read back';
  return 'check that the folder exists and may be written to';
}
