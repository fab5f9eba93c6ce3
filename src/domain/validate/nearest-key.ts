import type { JsonObject } from '../json.ts';
import { nearest } from '../nearest.ts';

/** Shorter keys are one letter apart from too many others. */
const SHORTEST = 5;

/** Letters that may differ in a key that is missing, for short keys and for long ones. */
const MOST_LETTERS = { short: 1, long: 2 } as const;
const LONG = 8;
const SHORTEST_MISSING = 4;

/**
 * The known key that an unknown one is a misspelling of: one that is missing, and has the same letters but for case,
 * separators and a letter or two.
 */
export function misspeltKey(key: string, known: readonly string[], beside: JsonObject): string | undefined {
  const missing = known.filter((each) => !Object.hasOwn(beside, each));
  const letters = lettersOf(key);
  const most = key.length < LONG ? MOST_LETTERS.short : MOST_LETTERS.long;
  return (
    missing.find((each) => lettersOf(each) === letters) ??
    nearest(
      key,
      missing.filter((each) => each.length >= SHORTEST_MISSING),
      most,
    )
  );
}

function lettersOf(key: string): string {
  return key.replace(/[\s_-]/g, '').toLowerCase();
}

/**
 * The known key that an unknown one was probably meant to be. Where that stands beside it the unknown one may well
 * be new: then one letter may differ, and not the `s` of a plural.
 */
export function nearestKey(key: string, known: readonly string[], beside: JsonObject): string | undefined {
  const missing = known.filter((each) => !Object.hasOwn(beside, each));
  return (
    nearest(key, missing) ??
    nearest(
      key,
      known.filter((each) => isLong(each) && !isPlural(each, key)),
      1,
    )
  );
}

function isLong(key: string): boolean {
  return key.length >= SHORTEST;
}

function isPlural(one: string, other: string): boolean {
  return `${one}s` === other || `${other}s` === one;
}
