import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/**
 * All that generated events depend on besides what was asked for: randomness and the time. The same seed and
 * the same time give the same events, for ever and on every version of Node.
 */
export interface Entropy {
  /** The present, in unix milliseconds. */
  readonly nowMilliseconds: number;
  /** A whole number from 0 up to but not including `limit` (at most 2^32). */
  below(limit: number): number;
  /** A text of that many random lower-case hex digits. */
  hex(length: number): string;
}

/** What {@link createEntropy} needs. */
export interface EntropyOptions {
  /** A whole number; only its lowest 32 bits count. */
  readonly seed: number;
  readonly now: Date;
}

const TWO_TO_32 = 0x1_0000_0000;

/** Makes the entropy of one run. It is consumed in order, so events must be generated in order. */
export function createEntropy({ seed, now }: EntropyOptions): Entropy {
  const generator = xoroshiro128plus(seed | 0);
  const next = (): number => generator.next() >>> 0;
  return {
    nowMilliseconds: now.getTime(),
    // Scaling 32 bits is biased by less than 2^-20 for the small limits used here, and needs no retry.
    below: (limit) => Math.floor((next() / TWO_TO_32) * limit),
    hex: (length) => {
      let digits = '';
      while (digits.length < length) digits += next().toString(16).padStart(8, '0');
      return digits.slice(0, length);
    },
  };
}

/** One of a list, each as likely as the other. */
export function pick<Item>(entropy: Entropy, items: readonly [Item, ...Item[]]): Item {
  return items[entropy.below(items.length)] ?? items[0];
}
