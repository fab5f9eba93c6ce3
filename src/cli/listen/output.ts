import type { OutputStream } from '../environment.ts';
import { ClosedPipe, write } from '../output.ts';

/** What is still to be written may be this long, in UTF-16 units; what comes on top is left out. */
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
  #pending = '';
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

  print(text: string): void {
    if (this.#hasEnded || text === '') return;
    if (this.#pending.length + text.length > this.#limit && this.#isWriting) {
      this.#leftOut += 1;
      this.#leftOutInAll += 1;
      return;
    }
    if (this.#leftOut > 0) {
      this.#pending += this.#trouble.gap(this.#leftOut);
      this.#leftOut = 0;
    }
    this.#pending += text;
    if (this.#isWriting) return;
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
    while (this.#pending !== '' && !this.#hasEnded) {
      const text = this.#pending;
      this.#pending = '';
      await this.#attempt(text);
    }
    this.#isWriting = false;
    this.#idle?.();
  }

  async #attempt(text: string): Promise<void> {
    try {
      await write(this.#stream, text);
    } catch (error) {
      this.#hasEnded = true;
      this.#pending = '';
      this.#trouble.onEnd(error);
    }
  }
}

/** Whether an output ended because its reader left, which is no fault. */
export function isReaderGone(error: unknown): boolean {
  return error instanceof ClosedPipe;
}
