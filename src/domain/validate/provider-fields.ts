import { type JsonObject, jsonType } from '../json.ts';
import { nearest } from '../nearest.ts';
import { type Problem, problem } from './problem.ts';

/** The JSON type of each documented key of an object; `any` where it is checked elsewhere or does not matter. */
export type Fields = Readonly<Record<string, 'string' | 'number' | 'object' | 'array' | 'boolean' | 'any'>>;

/**
 * Checks an object of a provider against what the provider documents. All keys are optional here. Providers
 * have more keys than are listed, so that an unknown one is said only where it looks like a misspelling.
 */
export function addFieldProblems(
  problems: Problem[],
  value: JsonObject,
  fields: Fields,
  path: readonly (string | number)[],
): void {
  for (const key in value) {
    const expected = Object.hasOwn(fields, key) ? fields[key] : undefined;
    const found = value[key];
    if (expected === undefined) addMisspelling(problems, value, key, fields, path);
    else if (expected !== 'any' && found !== null && jsonType(found) !== expected) {
      problems.push(problem('provider-wrong-type', [...path, key], { expected, found: jsonType(found) }));
    }
  }
}

function addMisspelling(
  problems: Problem[],
  value: JsonObject,
  key: string,
  fields: Fields,
  path: readonly (string | number)[],
): void {
  const suggestion = nearest(
    key,
    Object.keys(fields).filter((each) => each.length > 2 && !(each in value)),
  );
  if (suggestion === undefined) return;
  problems.push(problem('provider-unknown-key', [...path, key], { key, suggestion }));
}

/** Checks a number of a phone. Only what looks like one is judged: a group's id or a BSUID is something else. */
export function addNumberProblem(
  problems: Problem[],
  value: unknown,
  path: readonly (string | number)[],
): void {
  if (typeof value !== 'string' || /^\d+$/.test(value) || !/^\s*\+?[\d\s().-]+$/.test(value)) return;
  const suggestion = value.replace(/\D/g, '');
  const details = { value, ...(suggestion !== '' && { suggestion }) };
  problems.push(problem('provider-number-format', path, details));
}

const SECONDS_OF_2009 = 1_230_768_000;
const SECONDS_OF_2100 = 4_102_444_800;
const MILLISECONDS_FROM = 100_000_000_000;

/** Checks a time in unix seconds. WhatsApp is of 2009, so that an earlier time is a mistake. */
export function addTimeProblem(
  problems: Problem[],
  value: number,
  path: readonly (string | number)[],
  mayBeMilliseconds = false,
): void {
  if (value >= MILLISECONDS_FROM && value <= SECONDS_OF_2100 * 1000) {
    if (!mayBeMilliseconds) problems.push(problem('time-in-milliseconds', path, { value }));
  } else if (value < SECONDS_OF_2009 || value > SECONDS_OF_2100) {
    problems.push(problem('implausible-time', path, { value }));
  }
}
