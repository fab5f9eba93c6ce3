import { setTimeout as sleepFor } from 'node:timers/promises';
import type { DeliverableEvent } from './deliver-options.ts';

/** After a stall at most that much time is made up for by sending faster than the rate. */
const CATCH_UP_MS = 100;

const LONGEST_TIMER_MS = 0x7fff_ffff;

/** When the next event may go: by a rate, and by the moment each event has of its own. */
export class Pace {
  readonly #intervalMs: number;
  readonly #began = performance.now();
  #next = 0;

  constructor(ratePerSecond: number | undefined) {
    this.#intervalMs = ratePerSecond === undefined ? 0 : 1000 / ratePerSecond;
  }

  /** How long from now until an event may go, in milliseconds. Its turn is taken by asking. */
  waitFor({ dueMs = 0 }: DeliverableEvent): number {
    if (this.#intervalMs === 0 && dueMs === 0) return 0;
    const now = performance.now() - this.#began;
    const due = Math.max(dueMs, this.#next, this.#intervalMs === 0 ? 0 : now - CATCH_UP_MS);
    this.#next = due + this.#intervalMs;
    return Math.max(0, due - now);
  }
}

/** Sleeps, or wakes early when the signal comes. Whether it slept its whole time. */
export async function sleep(milliseconds: number, signal: AbortSignal): Promise<boolean> {
  try {
    for (let left = milliseconds; left > 0; left -= LONGEST_TIMER_MS) {
      await sleepFor(Math.min(left, LONGEST_TIMER_MS), undefined, { signal });
    }
    return !signal.aborted;
  } catch {
    // It rejects for no other reason than the signal.
    return false;
  }
}
