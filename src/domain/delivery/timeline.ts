import { isJsonObject, stringAt } from '../json.ts';
import { readingFor, readProviderPayload } from '../providers/providers.ts';

/** How recorded gaps become waiting times. */
export interface TimelineOptions {
  /** 2 replays twice as fast. */
  readonly speed: number;
  /** No wait is longer than that, in milliseconds of the replay. */
  readonly maxGapMs?: number;
}

/** Turns the recorded times of events, in the order of the input, into moments of a replay. */
export class Timeline {
  readonly #options: TimelineOptions;
  #previousMs: number | undefined;
  #dueMs = 0;
  #timed = 0;

  constructor(options: TimelineOptions) {
    this.#options = options;
  }

  /** How many events had a time. */
  get timed(): number {
    return this.#timed;
  }

  /**
   * When an event is due, in milliseconds after the start. One without a time, or from before its
   * predecessor, is due with its predecessor.
   *
   * @param timeMs when it was recorded, in unix milliseconds
   */
  due(timeMs: number | undefined): number {
    if (timeMs === undefined) return this.#dueMs;
    const { speed, maxGapMs = Number.POSITIVE_INFINITY } = this.#options;
    const gap = Math.max(0, timeMs - (this.#previousMs ?? timeMs)) / speed;
    this.#dueMs += Math.min(gap, maxGapMs);
    this.#previousMs = Math.max(timeMs, this.#previousMs ?? timeMs);
    this.#timed += 1;
    return this.#dueMs;
  }
}

/**
 * When an event happened, in unix milliseconds: when it was received, where the capture says so; else the
 * time its provider states, which has whole seconds; else undefined.
 */
export function timeOfEvent(event: unknown, receivedAt: string | undefined): number | undefined {
  const received = receivedAt === undefined ? Number.NaN : Date.parse(receivedAt);
  if (!Number.isNaN(received)) return received;
  const payload = isJsonObject(event) ? event.payload : undefined;
  if (!isJsonObject(payload)) return undefined;
  const readings = readProviderPayload(payload.messageStatusPayload);
  const seconds = readingFor(readings, stringAt(payload, 'status'))?.timeSeconds;
  return seconds === undefined ? undefined : seconds * 1000;
}
