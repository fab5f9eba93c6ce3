import { type HistogramRange, LogHistogram } from '../log-histogram.ts';
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

/** A range of latencies, in milliseconds. */
export type LatencyBar = HistogramRange;

/** So many latencies are kept as they are. */
const MOST_KEPT = 1000;
/** Fewer have no shape to draw. */
const LEAST_DRAWN = 20;

/**
 * Counts latencies in constant memory. The percentiles of the first thousand are exact; of more they come from
 * buckets 1 % wide and are right to within 1 %. Min, mean and max are always exact.
 */
export class LatencyHistogram {
  readonly #histogram = new LogHistogram();
  readonly #kept: number[] = [];
  #sum = 0;
  #min = Number.POSITIVE_INFINITY;
  #max = 0;

  add(ms: number): void {
    this.#histogram.add(ms);
    if (this.#kept.length < MOST_KEPT) this.#kept.push(ms);
    this.#sum += ms;
    if (ms < this.#min) this.#min = ms;
    if (ms > this.#max) this.#max = ms;
  }

  /** Null where nothing was added. */
  summary(): LatencySummary | null {
    const { count } = this.#histogram;
    if (count === 0) return null;
    const percentile = this.#percentiles();
    return {
      min: roundMs(this.#min),
      mean: roundMs(this.#sum / count),
      p50: roundMs(percentile(0.5)),
      p95: roundMs(percentile(0.95)),
      p99: roundMs(percentile(0.99)),
      max: roundMs(this.#max),
    };
  }

  /** At most that many ranges of equal ratio that cover all that was added, for a drawing; none of a few. */
  bars(most: number): LatencyBar[] {
    if (this.#histogram.count < LEAST_DRAWN) return [];
    return this.#histogram
      .ranges(most)
      .map(({ from, to, count }) => ({ from: roundMs(from), to: roundMs(to), count }));
  }

  /** The nearest rank of a share: a value that was added, or the middle of its bucket. */
  #percentiles(): (share: number) => number {
    if (this.#histogram.count > MOST_KEPT) {
      // Never outside of what was seen.
      return (share) =>
        Math.min(Math.max(this.#histogram.percentile(share) ?? this.#max, this.#min), this.#max);
    }
    const kept = this.#kept.toSorted((a, b) => a - b);
    return (share) => kept[Math.ceil(kept.length * share) - 1] ?? this.#max;
  }
}
