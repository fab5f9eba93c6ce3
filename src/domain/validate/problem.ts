import { is } from '../check-options.ts';
import { isJsonObject, toPointer } from '../json.ts';
import type { ProblemDetails } from './problem-details.ts';
import { RULES } from './rules.ts';

/**
 * How bad a problem is. `error` contradicts the documentation; `warning` is probably a bug, or will hurt a
 * handler; `note` is undocumented or unusual, but fine.
 */
export type Severity = 'error' | 'warning' | 'note';

/** The code of a kind of problem. */
export type ProblemCode = keyof ProblemDetails;

/** One thing wrong with one event: a union on `code`. */
export type Problem<Code extends ProblemCode = ProblemCode> = {
  [Each in Code]: ProblemDetails[Each] & {
    readonly code: Each;
    readonly severity: Severity;
    /** Where, as a JSON Pointer into the event. For something missing: where it should be. */
    readonly path: string;
  };
}[Code];

/** Makes a problem; its severity is the one of its rule. */
export function problem<Code extends ProblemCode>(
  code: Code,
  path: readonly PropertyKey[],
  details: ProblemDetails[Code],
): Problem {
  return { code, severity: RULES[code].severity, path: toPointer(path), ...details } as unknown as Problem;
}

/**
 * Says a problem in one sentence, without its place and its suggestion.
 *
 * @throws {CallbellStatusError} `usage` for what is no problem
 *
 * @example
 * ```ts
 * validateEvent({}).problems.map(describeProblem); // one sentence each
 * ```
 */
export function describeProblem(found: Problem): string {
  knownProblem(found, 'found', 'describeProblem');
  const describe = RULES[found.code].describe as (details: Problem) => string;
  return describe(found);
}

const knownProblem = is(
  (value) => isJsonObject(value) && typeof value.code === 'string' && Object.hasOwn(RULES, value.code),
  'a problem, as validateEvent gives it',
);

/** What was probably meant, where there is something near. Of a number that is fine as it is, nothing else was. */
export function suggestionOf(found: Problem): string | undefined {
  if (found.code === 'contact-number-format') return undefined;
  return 'suggestion' in found ? found.suggestion : undefined;
}
