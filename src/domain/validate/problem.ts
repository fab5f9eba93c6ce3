import { toPointer } from '../json.ts';
import { RULES } from './rules.ts';

/**
 * How bad a problem is. `error` contradicts the documentation; `warning` is probably a bug, or will hurt a
 * handler; `note` is undocumented or unusual, but fine.
 */
export type Severity = 'error' | 'warning' | 'note';

/** What each kind of problem knows besides its place. The keys are the codes: stable, never renamed. */
export interface ProblemDetails {
  'not-json': { readonly detail: string };
  'not-an-object': { readonly found: string };
  'not-an-event': Record<never, never>;
  'missing-event': Record<never, never>;
  'misspelt-event': { readonly value: string; readonly suggestion: string };
  'other-event': { readonly value: string };
  'missing-payload': Record<never, never>;
  'missing-uuid': Record<never, never>;
  'malformed-uuid': { readonly value: string; readonly suggestion?: string };
  'missing-status': Record<never, never>;
  'unknown-status': { readonly value: string; readonly suggestion?: string };
  'deprecated-status': { readonly value: string };
  'wrong-type': { readonly expected: string; readonly found: string };
  'missing-provider-payload': Record<never, never>;
  'unknown-provider': Record<never, never>;
  'status-contradiction': { readonly outer: string; readonly inner: string };
  'missing-failure-reason': Record<never, never>;
  'missing-correction': Record<never, never>;
}

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

/** Says a problem in one sentence, without its place and its suggestion. */
export function describeProblem(found: Problem): string {
  const describe = RULES[found.code].describe as (details: Problem) => string;
  return describe(found);
}

/** What was probably meant, where there is something near. */
export function suggestionOf(found: Problem): string | undefined {
  return 'suggestion' in found ? found.suggestion : undefined;
}
