/** Bytes of requests and answers that may be held at the same time. */
const USUAL_LIMIT = 48 * 1024 * 1024;

/**
 * Counts the bytes that all requests under way hold together, so that many senders, or one that pipelines, cannot fill
 * the memory while answers wait for a target or a delay.
 */
export class HeldBytes {
  readonly #limit: number;
  #count = 0;

  /** @param maxBodyBytes some bodies of this size fit in any case */
  constructor(maxBodyBytes: number) {
    this.#limit = Math.max(USUAL_LIMIT, 4 * maxBodyBytes);
  }

  /** Returns false, and takes nothing, where there is no room. */
  take(bytes: number): boolean {
    if (this.#count + bytes > this.#limit) return false;
    this.#count += bytes;
    return true;
  }

  giveBack(bytes: number): void {
    this.#count -= bytes;
  }

  /** So much is held that nobody should send several requests ahead. */
  get isHalfFull(): boolean {
    return this.#count * 2 > this.#limit;
  }
}
