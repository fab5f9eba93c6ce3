import type { ProblemDetails } from './problem-details.ts';

const LONGEST_QUOTE = 60;

/** A text as it is written in JSON, cut short. */
export function quoted(value: string): string {
  return JSON.stringify(value.length > LONGEST_QUOTE ? `${value.slice(0, LONGEST_QUOTE)}…` : value);
}

/** Says that a value has another type than it should. */
export function wrongType({ expected, found, encoded }: ProblemDetails['wrong-type']): string {
  if (encoded) return `this is a text that holds JSON, it should be ${withArticle(expected)}`;
  return `this is ${withArticle(found)}, it should be ${withArticle(expected)}`;
}

/** A type with its article: `an object`. */
export function withArticle(type: string): string {
  if (type === 'nothing' || type === 'null') return type;
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`;
}

/** When a time in unix seconds is, as the end of a sentence. */
export function yearOf(seconds: number): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? 'no time at all' : `in the year ${date.getUTCFullYear()}`;
}

/** A time in unix seconds, to the minute: `2026-01-31 14:03 UTC`. */
export function momentOf(seconds: number): string {
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime())) return yearOf(seconds);
  return `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
