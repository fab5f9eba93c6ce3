import { closeSync, fdatasync } from 'node:fs';
import { CallbellStatusError } from '../../errors.ts';
import { GatheredBytes } from '../output/gathered-bytes.ts';
import {
  appendWhole,
  closeTornLine,
  explainWriteError,
  isStillNamed,
  openForAppending,
} from './append-file.ts';
import { type FileLock, lockFile } from './file-lock.ts';

/** How to record. */
export interface RecorderOptions {
  /** Created where there is none, appended to where there is one. */
  readonly file: string;
  /**
   * Forces every line to the disk before it counts as written: it then outlives a power cut too.
   * @default false
   */
  readonly sync?: boolean;
  /** Told when writing begins to fail, when it works again, and when the file was found moved away. */
  readonly onState?: (state: RecorderState) => void;
}

/** What a recorder has to say of its file. */
export type RecorderState =
  | { readonly code: 'recording-failed'; readonly reason: string }
  | { readonly code: 'recording-resumed' }
  | { readonly code: 'recording-moved' };

/** The lines that are written by one call: they share what becomes of them. */
interface Batch {
  readonly written: Promise<boolean>;
  readonly settle: (isWritten: boolean) => void;
}

/**
 * Appends lines to a file so that none that was acknowledged is lost: {@link Recorder.append} resolves when
 * the system has the line, which then outlives this process however it ends. Lines that are
 * asked for together are written by one call, so that durability costs little under load.
 */
export class Recorder {
  readonly #options: RecorderOptions;
  readonly #lock: FileLock;
  #descriptor: number | undefined;
  readonly #lines = new GatheredBytes();
  /** What {@link Recorder.#lines} holds; undefined where that is nothing. */
  #pending: Batch | undefined;
  #isFlushing = false;
  #isFailing = false;
  #idle: (() => void) | undefined;

  private constructor(options: RecorderOptions, lock: FileLock, descriptor: number) {
    this.#options = options;
    this.#lock = lock;
    this.#descriptor = descriptor;
  }

  /** @throws {CallbellStatusError} `write-failed` when the file cannot be opened or another recorder has it */
  static async open(options: RecorderOptions): Promise<Recorder> {
    const { file } = options;
    let descriptor: number | undefined;
    try {
      descriptor = openForAppending(file, options.sync);
      const lock = await lockFile(file);
      if (lock !== undefined) {
        closeTornLine(descriptor);
        return new Recorder(options, lock, descriptor);
      }
    } catch (error) {
      if (descriptor !== undefined) closeSync(descriptor);
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

  /**
   * Appends lines. Resolves with false when it could not be written: the file then holds nothing of it,
   * and why was told by `onState`.
   *
   * @param addLines adds the lines, each with its line feed, to those that are to be written; nothing is added where
   *   it throws
   */
  append(addLines: (lines: GatheredBytes) => void): Promise<boolean> {
    const { length } = this.#lines;
    try {
      addLines(this.#lines);
    } catch (error) {
      this.#lines.cutTo(length);
      throw error;
    }
    this.#pending ??= newBatch();
    if (!this.#isFlushing) {
      this.#isFlushing = true;
      // After everything that is to be continued now, which may append as well.
      queueMicrotask(() => this.#flush());
    }
    return this.#pending.written;
  }

  /** Writes what is pending and lets go of the file. */
  async close(): Promise<void> {
    if (this.#isFlushing) {
      await new Promise<void>((resolve) => {
        this.#idle = resolve;
      });
    }
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
    await this.#lock.release();
  }

  #flush(): void {
    const batch = this.#pending;
    this.#pending = undefined;
    try {
      const descriptor = this.#write(this.#lines.whole);
      if (this.#options.sync) fdatasync(descriptor, (error) => this.#settle(batch, error));
      else this.#settle(batch, null);
    } catch (error) {
      this.#settle(batch, error);
    } finally {
      this.#lines.clear();
    }
  }

  #settle(batch: Batch | undefined, error: unknown): void {
    this.#announce(error);
    batch?.settle(error === null);
    if (this.#pending !== undefined) {
      setImmediate(() => this.#flush());
      return;
    }
    this.#isFlushing = false;
    this.#idle?.();
  }

  #announce(error: unknown): void {
    const failed = error !== null;
    if (failed === this.#isFailing) return;
    this.#isFailing = failed;
    this.#options.onState?.(
      failed ? { code: 'recording-failed', reason: explainWriteError(error) } : { code: 'recording-resumed' },
    );
  }

  /** Writes into the file that has the name now; gives its descriptor. */
  #write(bytes: Buffer): number {
    const descriptor = this.#descriptor ?? this.#reopen();
    try {
      appendWhole(descriptor, bytes);
    } catch (error) {
      // Opened anew for the next batch, because it is then that a torn line would be closed.
      this.#letGo(descriptor);
      throw error;
    }
    // Asked after the write: only then is it certain that the bytes are in the file of that name.
    if (isStillNamed(descriptor, this.#options.file)) return descriptor;
    this.#letGo(descriptor);
    const anew = this.#reopen();
    this.#options.onState?.({ code: 'recording-moved' });
    appendWhole(anew, bytes);
    return anew;
  }

  #reopen(): number {
    const descriptor = openForAppending(this.#options.file, this.#options.sync);
    this.#descriptor = descriptor;
    closeTornLine(descriptor);
    return descriptor;
  }

  #letGo(descriptor: number): void {
    this.#descriptor = undefined;
    closeSync(descriptor);
  }
}

function newBatch(): Batch {
  let settle: (isWritten: boolean) => void = () => {};
  const written = new Promise<boolean>((resolve) => {
    settle = resolve;
  });
  return { written, settle };
}

/** What to do about a file that cannot be opened. */
function openingHint(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EISDIR') return 'name a file in that folder';
  // No error of the system's: it could be opened, but is a device, a pipe or a socket.
  if (code === undefined) return 'name an ordinary file: what goes elsewhere cannot be read back';
  return 'check that the folder exists and may be written to';
}
