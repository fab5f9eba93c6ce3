import { GatheredBytes } from '../../io/output/gathered-bytes.ts';
import type { OutputStream } from '../environment.ts';
import { ClosedPipe, write } from '../output.ts';

/** What is still to be written may be so many bytes; what comes on top is left out. */
const MAX_PENDING = 8 * 1024 * 1024;

/** What a {@link BoundedOutput} does when things go wrong. */
export interface OutputTrouble {
  /** Says in the output that so many texts were left out. */
  gap(count: number): string;
  /** Nobody reads any more, or it cannot be written; called once. */
  onEnd(error: unknown): void;
}

/**
 * An output that never makes its writer wait: texts are gathered and written together, and a reader that is
 * too slow costs texts instead of memory or answers. What was left out is said where it is missing.
 */
export class BoundedOutput {
  readonly #stream: OutputStream;
  readonly #trouble: OutputTrouble;
  readonly #limit: number;
  /** Filled while the other is being written. */
  #pending = new GatheredBytes();
  #written = new GatheredBytes();
  #leftOut = 0;
  #leftOutInAll = 0;
  #isWriting = false;
  #hasEnded = false;
  #idle: (() => void) | undefined;

  constructor(stream: OutputStream, trouble: OutputTrouble, limit = MAX_PENDING) {
    this.#stream = stream;
    this.#trouble = trouble;
    this.#limit = limit;
  }

  /** How many texts were left out so far. */
  get leftOut(): number {
    return this.#leftOutInAll;
  }

  /** Prints one text, which is given in parts. */
  print(...parts: readonly (string | Uint8Array)[]): void {
    if (this.#hasEnded) return;
    if (this.#isWriting && this.#pending.length + lengthOf(parts) > this.#limit) {
      this.#leftOut += 1;
      this.#leftOutInAll += 1;
      return;
    }
    if (this.#leftOut > 0) {
      this.#pending.add(this.#trouble.gap(this.#leftOut));
      this.#leftOut = 0;
    }
    for (const part of parts) this.#pending.add(part);
    if (this.#isWriting || this.#pending.length === 0) return;
    this.#isWriting = true;
    setImmediate(() => void this.#writePending());
  }

  /** Waits until all is written. */
  async finish(): Promise<void> {
    if (this.#isWriting) {
      await new Promise<void>((resolve) => {
        this.#idle = resolve;
      });
    }
    if (this.#leftOut === 0 || this.#hasEnded) return;
    const note = this.#trouble.gap(this.#leftOut);
    this.#leftOut = 0;
    await this.#attempt(note);
  }

  async #writePending(): Promise<void> {
    while (this.#pending.length > 0 && !this.#hasEnded) {
      const batch = this.#pending;
      this.#pending = this.#written;
      this.#written = batch;
      await this.#attempt(batch.whole);
      batch.clear();
    }
    this.#isWriting = false;
    this.#idle?.();
  }

  async #attempt(text: string | Uint8Array): Promise<void> {
    try {
      await write(this.#stream, text);
    } catch (error) {
      this.#hasEnded = true;
      this.#pending.clear();
      this.#trouble.onEnd(error);
    }
  }
}

/** At least so many bytes; what is not ASCII has more. */
function lengthOf(parts: readonly (string | Uint8Array)[]): number {
  let length = 0;
  for (const part of parts) length += part.length;
  return length;
}

/** Whether an output ended because its reader left, which is no fault. */
export function isReaderGone(error: unknown): boolean {
  return error instanceof ClosedPipe;
}
