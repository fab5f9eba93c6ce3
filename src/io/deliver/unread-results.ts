import type { DeliverableEvent } from './deliver-options.ts';
import type { Settled } from './settled.ts';

/** Results that nobody has taken yet; a reader that is slower than the target slows the run. */
const MOST = 1024;
const BYTES_MOST = 16 * 1024 * 1024;

/** The results of a run that wait to be taken. */
export class UnreadResults<Event extends DeliverableEvent> {
  #results: Settled<Event>[] = [];
  #bytes = 0;

  get isEmpty(): boolean {
    return this.#results.length === 0;
  }

  get isFull(): boolean {
    return this.#results.length >= MOST || this.#bytes >= BYTES_MOST;
  }

  add(result: Settled<Event>): void {
    this.#results.push(result);
    this.#bytes += result.event.bytes.length;
  }

  /** Takes all of them. */
  take(): readonly Settled<Event>[] {
    const results = this.#results;
    this.#results = [];
    this.#bytes = 0;
    return results;
  }
}
