import type { IncomingMessage } from 'node:http';
import type { HeldBytes } from './held-bytes.ts';
import type { QueuedResponse } from './queued-response.ts';

/** What a request costs besides the bytes that came, roughly: the objects of Node for it and its response. */
const OVERHEAD_BYTES = 2048;

/** How long a sender may leave a large answer unread. */
const READING_TIMEOUT_MS = 30_000;

/** One request and its response, from the end of its headers to the end of its answer. */
export class Exchange {
  readonly request: IncomingMessage;
  readonly response: QueuedResponse;
  /** When its headers were there: milliseconds of the monotonic clock, for how long it took. */
  readonly began = performance.now();
  /** The same moment, in milliseconds since 1970. */
  receivedMs = 0;
  readonly #heldBytes: HeldBytes;
  #requestBytes = 0;
  #answerBytes = 0;
  #isOver = false;

  constructor(request: IncomingMessage, response: QueuedResponse, heldBytes: HeldBytes) {
    this.request = request;
    this.response = response;
    this.#heldBytes = heldBytes;
  }

  /** It was answered, or its sender left. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** Counts the headers as held; false where there is no room. */
  holdHead(): boolean {
    const { rawHeaders, url = '' } = this.request;
    let bytes = OVERHEAD_BYTES + url.length;
    for (const text of rawHeaders) bytes += text.length;
    return this.holdBody(bytes);
  }

  /** Counts bytes of the body as held; false where there is no room. */
  holdBody(bytes: number): boolean {
    if (!this.#heldBytes.take(bytes)) return false;
    this.#requestBytes += bytes;
    return true;
  }

  /** Counts bytes of a target's answer as held, until the sender has read them; false where there is no room. */
  readonly holdAnswer = (bytes: number): boolean => {
    if (!this.#heldBytes.take(bytes)) return false;
    this.#answerBytes += bytes;
    return true;
  };

  /** Gives back what is held. Does nothing the second time, and then returns false. */
  end(): boolean {
    if (this.#isOver) return false;
    this.#isOver = true;
    this.#heldBytes.giveBack(this.#requestBytes);
    if (this.#answerBytes > 0) this.#endWhenRead();
    return true;
  }

  #endWhenRead(): void {
    const { response } = this;
    const giveBack = (): void => this.#heldBytes.giveBack(this.#answerBytes);
    if (response.writableFinished || response.destroyed) {
      giveBack();
      return;
    }
    response.once('close', giveBack);
    response.setTimeout(READING_TIMEOUT_MS, () => response.destroy());
  }
}
