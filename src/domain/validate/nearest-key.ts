import type { JsonObject } from '../json.ts';
import { nearest } from '../nearest.ts';

/** Shorter keys are one letter apart from too many others. */
const SHORTEST = 5;

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
