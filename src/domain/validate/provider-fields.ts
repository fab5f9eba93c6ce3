import { type JsonObject, jsonType } from '../json.ts';
import { misspeltKey, nearestKey } from './nearest-key.ts';
import { addDigitsProblem } from './number.ts';
import type { ProblemList } from './problem-list.ts';
import { digitsOfWrittenNumber } from './written-number.ts';

/** The JSON type of each documented key of an object; `any` where it is checked elsewhere or does not matter. */
export type Fields = Readonly<Record<string, 'string' | 'number' | 'object' | 'array' | 'boolean' | 'any'>>;

/**
 * Checks an object of a provider against what the provider documents. All keys are optional here. Providers
 * have more keys than are listed, so that an unknown one is said only where it looks like a misspelling: where
 * the key it resembles is missing, or is there and differs in one letter.
 */
export function addFieldProblems(
  problems: ProblemList,
  value: JsonObject,
  fields: Fields,
  path: readonly (string | number)[],
): void {
  for (const key in value) {
    const expected = Object.hasOwn(fields, key) ? fields[key] : undefined;
    const found = value[key];
    if (expected === undefined) addMisspelling(problems, value, key, fields, path);
    else if (expected !== 'any' && found !== null && jsonType(found) !== expected) {
      problems.add('provider-wrong-type', [...path, key], { expected, found: jsonType(found) });
    }
  }
}

function addMisspelling(
  problems: ProblemList,
  value: JsonObject,
  key: string,
  fields: Fields,
  path: readonly (string | number)[],
): void {
  const known = Object.keys(fields).filter((each) => each.length > 2);
  const misspelt = misspeltKey(key, known, value);
  if (misspelt !== undefined) {
    problems.add('provider-misspelt-key', [...path, key], { key, suggestion: misspelt });
    return;
  }
  const suggestion = nearestKey(key, known, value);
  if (suggestion === undefined) return;
  problems.add('provider-unknown-key', [...path, key], { key, suggestion });
}

/** Whether a member that should be a text is not there, or has nothing in it. */
export function isBlank(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}

/** A number that somebody masked, as the examples of providers do. */
const MASKED = /^\+?\d[\dXx*#•…]*$/;
const MASK = /[Xx*#•…]/;

/** Checks a number, which the provider writes in digits. One that is masked says nothing; a BSUID may stand in. */
export function addNumberProblem(
  problems: ProblemList,
  value: unknown,
  path: readonly (string | number)[],
): void {
  if (typeof value !== 'string') return;
  if (/^\d+$/.test(value)) {
    addDigitsProblem(problems, value, path);
    return;
  }
  if (isBlank(value)) return;
  if ((MASKED.test(value) && MASK.test(value)) || BSUID.test(value)) return;
  const suggestion = digitsOfWrittenNumber(value);
  problems.add('provider-number-format', path, { value, ...(suggestion && { suggestion }) });
}

/** Two capital letters and a dot (documented), for a whole company with `ENT.` (documented); `user.` in earlier pages. */
const BSUID = /^(?:[A-Z]{2}\.(?:ENT\.)?|user\.)[A-Za-z0-9]{1,128}$/;

/** Checks the business-scoped id of a user. */
export function addBsuidProblem(
  problems: ProblemList,
  value: unknown,
  path: readonly (string | number)[],
): void {
  if (typeof value !== 'string' || BSUID.test(value)) return;
  const capital = value.slice(0, 2).toUpperCase() + value.slice(2);
  problems.add('malformed-bsuid', path, { value, ...(BSUID.test(capital) && { suggestion: capital }) });
}
