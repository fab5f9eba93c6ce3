import { roundMs } from './delivery.ts';

/** How long answers took, in milliseconds. */
export interface LatencySummary {
  readonly min: number;
  readonly mean: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

/** A range of latencies and how many fell into it; from inclusive, to exclusive, in milliseconds. */
export interface LatencyBar {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

const GROWTH = Math.log(1.01);
const LEAST_MS = 0.001;

/** So many latencies are kept as they are. */
const MOST_KEPT = 1000;
/** Fewer have no shape to draw. */
const LEAST_DRAWN = 20;

/**
 * Counts latencies in constant memory. The percentiles of the first thousand are exact; of more they come from
 * buckets 1 % wide and are right to within 1 %. Min, mean and max are always exact.
 */
export class LatencyHistogram {
  readonly #buckets = new Map<number, number>();
  readonly #kept: number[] = [];
  #count = 0;
  #sum = 0;
  #min = Number.POSITIVE_INFINITY;
  #max = 0;

  add(ms: number): void {
    const bucket = Math.floor(Math.log(Math.max(ms, LEAST_MS)) / GROWTH);
    this.#buckets.set(bucket, (this.#buckets.get(bucket) ?? 0) + 1);
    if (this.#kept.length < MOST_KEPT) this.#kept.push(ms);
    this.#count += 1;
    this.#sum += ms;
    if (ms < this.#min) this.#min = ms;
    if (ms > this.#max) this.#max = ms;
  }

  /** Null where nothing was added. */
  summary(): LatencySummary | null {
    if (this.#count === 0) return null;
    const percentile = this.#percentiles();
    return {
      min: roundMs(this.#min),
      mean: roundMs(this.#sum / this.#count),
      p50: roundMs(percentile(0.5)),
      p95: roundMs(percentile(0.95)),
      p99: roundMs(percentile(0.99)),
      max: roundMs(this.#max),
    };
  }

  /** At most that many ranges of equal ratio that cover all that was added, for a drawing; none of a few. */
  bars(most: number): LatencyBar[] {
    if (this.#count < LEAST_DRAWN) return [];
    const sorted = this.#sorted();
    const first = sorted[0]?.[0];
    const last = sorted.at(-1)?.[0];
    if (first === undefined || last === undefined) return [];
    const width = Math.max(1, Math.ceil((last - first + 1) / most));
    const bars = Array.from({ length: Math.ceil((last - first + 1) / width) }, (_, index) => ({
      from: roundMs(lowerEnd(first + index * width)),
      to: roundMs(lowerEnd(first + (index + 1) * width)),
      count: 0,
    }));
    for (const [bucket, count] of sorted) {
      const bar = bars[Math.floor((bucket - first) / width)];
      if (bar !== undefined) bar.count += count;
    }
    return bars;
  }

  #sorted(): [number, number][] {
    return [...this.#buckets].sort(([a], [b]) => a - b);
  }

  /** The nearest rank of a share: a value that was added, or the middle of its bucket. */
  #percentiles(): (share: number) => number {
    if (this.#count > MOST_KEPT) {
      const sorted = this.#sorted();
      return (share) => this.#fromBuckets(sorted, share);
    }
    const kept = this.#kept.toSorted((a, b) => a - b);
    return (share) => kept[Math.ceil(kept.length * share) - 1] ?? this.#max;
  }

  #fromBuckets(sorted: readonly [number, number][], share: number): number {
    let left = Math.ceil(this.#count * share);
    for (const [bucket, count] of sorted) {
      left -= count;
      // The middle of the bucket, but never outside of what was seen.
      if (left <= 0) return Math.min(Math.max(lowerEnd(bucket + 0.5), this.#min), this.#max);
    }
    return this.#max;
  }
}

function lowerEnd(bucket: number): number {
  return Math.exp(bucket * GROWTH);
}
