/** Counts positive numbers in buckets 1 % wide: any number of them in constant memory. */
export class LogHistogram {
  readonly #buckets = new Map<number, number>();
  #total = 0;

  add(value: number): void {
    const bucket = Math.round(Math.log(Math.max(value, SMALLEST)) / GROWTH);
    this.#buckets.set(bucket, (this.#buckets.get(bucket) ?? 0) + 1);
    this.#total += 1;
  }

  /** The median, right to within 1 %; undefined where nothing was added. */
  median(): number | undefined {
    let left = Math.ceil(this.#total / 2);
    for (const [bucket, times] of [...this.#buckets].sort(([a], [b]) => a - b)) {
      left -= times;
      if (left <= 0) return Math.exp(bucket * GROWTH);
    }
    return undefined;
  }
}

const SMALLEST = 0.001;
const GROWTH = Math.log(1.01);
