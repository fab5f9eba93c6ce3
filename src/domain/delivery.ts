/** What one attempt to deliver an event came to, as a developer must act on it. */
export type DeliveryOutcome = 'accepted' | 'refused' | 'unreachable';

/** Something that was accepted, but that Callbell may see otherwise. */
export type DeliveryWarning = 'not-200';

/** One event that we sent, and what came back. */
export interface Delivery {
  /** The how manieth of its run, from 1. */
  readonly n: number;
  /** Where the event came from, as `file:line`. */
  readonly source: string;
  /** The uuid of the message, where the body has one. */
  readonly uuid?: string;
  readonly status?: string;
  readonly url: string;
  readonly outcome: DeliveryOutcome;
  /** The status of the answer; absent when there was none. */
  readonly httpStatus?: number;
  /** From the first attempt to the end of the answer, in milliseconds. */
  readonly ms: number;
  readonly attempts: number;
  readonly warning?: DeliveryWarning;
  /** Why it was not accepted, with the next step, in a sentence. */
  readonly reason?: string;
  /** The beginning of a refused answer's body, as text; it is not to be trusted. */
  readonly responseBody?: string;
}

/**
 * Judges an answer as Callbell would. One of its pages counts only 200 as success, a newer one says that a
 * non-2xx is retried (both documented): another 2xx is accepted with a warning. Redirects are refused.
 */
export function judgeAnswer(httpStatus: number): { outcome: DeliveryOutcome; warning?: DeliveryWarning } {
  if (httpStatus === 200) return { outcome: 'accepted' };
  if (httpStatus > 200 && httpStatus < 300) return { outcome: 'accepted', warning: 'not-200' };
  return { outcome: 'refused' };
}

/** The figures of many deliveries. */
export interface DeliverySummary {
  readonly total: number;
  readonly accepted: number;
  readonly refused: number;
  readonly unreachable: number;
  /** Events that were to be delivered and never left: unreadable, or left over after an interruption. */
  readonly notSent: number;
  /** How many answers had which HTTP status. */
  readonly httpStatuses: Readonly<Record<string, number>>;
  /** Of the deliveries that were answered, in milliseconds; null where there was none. */
  readonly latencyMs: LatencySummary | null;
}

/** How long answers took, in milliseconds. */
export interface LatencySummary {
  readonly min: number;
  readonly mean: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

/**
 * Adds up deliveries in constant memory: latencies are counted in buckets 1 % wide, so the percentiles are
 * right to within 1 %; min, mean and max are exact.
 */
export class DeliveryTally {
  #notSent = 0;
  readonly #outcomes: Record<DeliveryOutcome, number> = { accepted: 0, refused: 0, unreachable: 0 };
  readonly #httpStatuses = new Map<number, number>();
  readonly #latencies = new Map<number, number>();
  #answered = 0;
  #sum = 0;
  #min = Number.POSITIVE_INFINITY;
  #max = 0;

  add(delivery: Delivery): void {
    this.#outcomes[delivery.outcome] += 1;
    if (delivery.httpStatus === undefined) return;
    increment(this.#httpStatuses, delivery.httpStatus);
    increment(this.#latencies, bucketOf(delivery.ms));
    this.#answered += 1;
    this.#sum += delivery.ms;
    this.#min = Math.min(this.#min, delivery.ms);
    this.#max = Math.max(this.#max, delivery.ms);
  }

  addNotSent(): void {
    this.#notSent += 1;
  }

  summary(): DeliverySummary {
    const { accepted, refused, unreachable } = this.#outcomes;
    return {
      total: accepted + refused + unreachable + this.#notSent,
      accepted,
      refused,
      unreachable,
      notSent: this.#notSent,
      httpStatuses: Object.fromEntries([...this.#httpStatuses].sort(([a], [b]) => a - b)),
      latencyMs: this.#answered === 0 ? null : this.#latencySummary(),
    };
  }

  #latencySummary(): LatencySummary {
    const buckets = [...this.#latencies].sort(([a], [b]) => a - b);
    const percentile = (share: number): number => {
      let left = Math.ceil(this.#answered * share);
      for (const [bucket, count] of buckets) {
        left -= count;
        if (left <= 0) return clamp(msOfBucket(bucket), this.#min, this.#max);
      }
      return this.#max;
    };
    return {
      min: roundMs(this.#min),
      mean: roundMs(this.#sum / this.#answered),
      p50: roundMs(percentile(0.5)),
      p95: roundMs(percentile(0.95)),
      p99: roundMs(percentile(0.99)),
      max: roundMs(this.#max),
    };
  }
}

/** Milliseconds to a hundredth, as they are shown and written. */
export function roundMs(ms: number): number {
  return Math.round(ms * 100) / 100;
}

const BUCKET_GROWTH = Math.log(1.01);

function bucketOf(ms: number): number {
  return Math.round(Math.log(Math.max(ms, 0.001)) / BUCKET_GROWTH);
}

function msOfBucket(bucket: number): number {
  return Math.exp(bucket * BUCKET_GROWTH);
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}

function increment(counts: Map<number, number>, key: number): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
