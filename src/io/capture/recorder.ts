import { GatheredBytes } from '../output/gathered-bytes.ts';
import { explainWriteError } from './append-file.ts';
import { RecordFile } from './record-file.ts';

/** How to record. */
export interface RecorderOptions {
  /** Created where there is none, appended to where there is one. */
  readonly file: string;
  /**
   * Forces what was written to the disk before it counts as written: it then outlives a power cut too. Undefined where
   * the system's memory is enough.
   */
  readonly flush: Flush | undefined;
  /** Called when writing begins to fail, when it works again, and when the file was found moved away. */
  readonly onState: (state: RecorderState) => void;
}

/** Forces an open file to the disk, as `fdatasync` of `node:fs` does. */
export type Flush = (descriptor: number, done: (error: Error | null) => void) => void;

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
  readonly #flush: Flush | undefined;
  readonly #onState: (state: RecorderState) => void;
  readonly #file: RecordFile;
  readonly #lines = new GatheredBytes();
  /** What {@link Recorder.#lines} holds; undefined where that is nothing. */
  #pending: Batch | undefined;
  #isWriting = false;
  #isFailing = false;
  #idle: (() => void) | undefined;

  private constructor({ flush, onState }: RecorderOptions, file: RecordFile) {
    this.#flush = flush;
    this.#onState = onState;
    this.#file = file;
  }

  /** @throws {CallbellStatusError} `write-failed` when the file cannot be opened or another recorder has it */
  static async open(options: RecorderOptions): Promise<Recorder> {
    return new Recorder(options, await RecordFile.open(options.file, options.flush !== undefined));
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
    if (!this.#isWriting) {
      this.#isWriting = true;
      // After everything that is to be continued now, which may append as well.
      queueMicrotask(() => this.#write());
    }
    return this.#pending.written;
  }

  /** Writes what is pending and lets go of the file. */
  async close(): Promise<void> {
    if (this.#isWriting) {
      await new Promise<void>((resolve) => {
        this.#idle = resolve;
      });
    }
    await this.#file.close();
  }

  #write(): void {
    const batch = this.#pending;
    this.#pending = undefined;
    try {
      const written = this.#file.write(this.#lines.whole);
      if (written.isInNewFile) this.#onState({ code: 'recording-moved' });
      if (this.#flush === undefined) this.#settle(batch, null);
      else {
        this.#flush(written.descriptor, (error) => {
          if (error !== null) this.#file.discard(written);
          this.#settle(batch, error);
        });
      }
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
      setImmediate(() => this.#write());
      return;
    }
    this.#isWriting = false;
    this.#idle?.();
  }

  #announce(error: unknown): void {
    const failed = error !== null;
    if (failed === this.#isFailing) return;
    this.#isFailing = failed;
    this.#onState(
      failed ? { code: 'recording-failed', reason: explainWriteError(error) } : { code: 'recording-resumed' },
    );
  }
}

function newBatch(): Batch {
  let settle: (isWritten: boolean) => void = () => {};
  const written = new Promise<boolean>((resolve) => {
    settle = resolve;
  });
  return { written, settle };
}
