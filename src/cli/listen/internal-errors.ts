import { explainInternalError } from '../explain-error.ts';

/** Counts errors of our own that happened while requests were received; prints the first, which caused most others. */
export class InternalErrors {
  readonly #print: (text: string) => void;
  #count = 0;

  constructor(print: (text: string) => void) {
    this.#print = print;
  }

  get count(): number {
    return this.#count;
  }

  add(error: unknown): void {
    this.#count += 1;
    if (this.#count > 1) return;
    this.#print(`${explainInternalError(error)}the request was answered 500, and listening goes on\n`);
  }
}
