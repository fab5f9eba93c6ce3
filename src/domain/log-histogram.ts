/** A range of values and how many fell into it; from inclusive, to exclusive. */
export interface HistogramRange {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** Counts positive numbers in buckets 1 % wide: any number of them in constant memory. */
export class LogHistogram {
  readonly #buckets = new Map<number, number>();
  #count = 0;

  get count(): number {
    return this.#count;
  }

  add(value: number): void {
    const bucket = Math.floor(Math.log(Math.max(value, SMALLEST)) / GROWTH);
    this.#buckets.set(bucket, (this.#buckets.get(bucket) ?? 0) + 1);
    this.#count += 1;
  }

  /** The nearest rank of a share (0.5 is the median), right to within 1 %; undefined where nothing was added. */
  percentile(share: number): number | undefined {
    let left = Math.ceil(this.#count * share);
    for (const [bucket, count] of this.#sorted()) {
      left -= count;
      if (left <= 0) return lowerEnd(bucket + 0.5);
    }
    return undefined;
  }

  /** At most that many ranges of equal ratio that cover all that was added. */
  ranges(most: number): HistogramRange[] {
    const sorted = this.#sorted();
    const first = sorted[0]?.[0];
    const last = sorted.at(-1)?.[0];
    if (first === undefined || last === undefined) return [];
    const width = Math.max(1, Math.ceil((last - first + 1) / most));
    const counts = Array.from({ length: Math.ceil((last - first + 1) / width) }, () => 0);
    for (const [bucket, count] of sorted) {
      const index = Math.floor((bucket - first) / width);
      counts[index] = (counts[index] ?? 0) + count;
    }
    return counts.map((count, index) => ({
      from: lowerEnd(first + index * width),
      to: lowerEnd(first + (index + 1) * width),
      count,
    }));
  }

  #sorted(): [number, number][] {
    return [...this.#buckets].sort(([a], [b]) => a - b);
  }
}

const SMALLEST = 0.001;
const GROWTH = Math.log(1.01);

function lowerEnd(bucket: number): number {
  return Math.exp(bucket * GROWTH);
}
