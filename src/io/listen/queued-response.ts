import { type IncomingMessage, ServerResponse } from 'node:http';

/**
 * A response that tells when it is the next one to go out. Of several requests that were pipelined on one connection
 * the answers must go out in order: until its turn comes, a response has no socket, and it may never get one.
 */
export class QueuedResponse extends ServerResponse<IncomingMessage> {
  #hasLost = false;
  #waiting: ((isOpen: boolean) => void) | undefined;

  /** All requests before it on its connection are answered, and the connection is open. */
  get isNext(): boolean {
    return this.socket !== null && !this.destroyed;
  }

  /** Resolves with true once {@link isNext} holds, with false when the connection closes first. */
  untilNext(): Promise<boolean> {
    if (this.isNext || this.destroyed || this.#hasLost) return Promise.resolve(this.isNext);
    return new Promise((resolve) => {
      this.#waiting = resolve;
      this.once('socket', () => this.#settle(true));
    });
  }

  /** Its connection has closed. Node tells that only to the response whose turn it is. */
  loseConnection(): void {
    this.#hasLost = true;
    this.#settle(false);
  }

  #settle(isOpen: boolean): void {
    this.#waiting?.(isOpen);
    this.#waiting = undefined;
  }
}
