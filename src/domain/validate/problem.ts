import { toPointer } from '../json.ts';
import { RULES } from './rules.ts';

/**
 * How bad a problem is. `error` contradicts the documentation; `warning` is probably a bug, or will hurt a
 * handler; `note` is undocumented or unusual, but fine.
 */
export type Severity = 'error' | 'warning' | 'note';

type Nothing = Record<never, never>;
interface Value {
  readonly value: string;
}
interface Suggested extends Value {
  readonly suggestion?: string;
}
interface Types {
  readonly expected: string;
  readonly found: string;
}

/** What each kind of problem knows besides its place. The keys are the codes: stable, never renamed. */
export interface ProblemDetails {
  // The file
  'not-json': { readonly detail: string };
  'too-large': { readonly detail: string };
  'invalid-utf8': Nothing;
  'torn-record': Nothing;
  'no-event': { readonly reason?: string };
  unwrapped: { readonly wrapping: string };
  'duplicate-key': { readonly key: string };
  // The envelope
  'not-an-object': { readonly found: string };
  'not-an-event': Nothing;
  'provider-object-only': { readonly provider: string };
  'missing-event': Nothing;
  'misspelt-event': { readonly value: string; readonly suggestion: string };
  'unknown-event': Suggested;
  'other-event': Value;
  'missing-payload': Nothing;
  'wrong-type': Types;
  'unknown-key': { readonly key: string; readonly suggestion?: string };
  // The payload
  'missing-uuid': Nothing;
  'malformed-uuid': Suggested;
  'missing-status': Nothing;
  'unknown-status': Suggested & { readonly reason?: 'case' | 'space' };
  'deprecated-status': Value;
  'metadata-size': {
    readonly limit: 'pairs' | 'key' | 'value';
    readonly size: number;
    readonly most: number;
  };
  'metadata-not-text': { readonly found: string };
  // The contact
  'malformed-contact-uuid': Value;
  'malformed-time': Value;
  'malformed-url': Value;
  'note-too-long': { readonly size: number };
  'contact-number-format': Suggested;
  'unusual-source': Value;
  // The provider's object
  'missing-provider-payload': Nothing;
  'encoded-provider-payload': Nothing;
  'unknown-provider': Nothing;
  'provider-wrong-type': Types;
  'provider-unknown-key': { readonly key: string; readonly suggestion: string };
  'provider-number-format': Suggested;
  'missing-destination': Nothing;
  'missing-time': Nothing;
  'time-as-text': Value;
  'time-in-milliseconds': { readonly value: number };
  'implausible-time': { readonly value: number };
  'unusual-provider-status': Suggested;
  'status-contradiction': { readonly outer: string; readonly inner: string };
  'no-status-inside': Nothing;
  'several-statuses': { readonly count: number; readonly matching: number; readonly outer: string };
  'missing-failure-reason': Nothing;
  'missing-failure-code': Nothing;
  'unknown-failure-code': { readonly value: number };
  'missing-correction': Nothing;
  'useless-correction': Value;
  // Between the events of one message
  'repeated-status': { readonly value: string; readonly before: number };
  'late-status': { readonly value: string; readonly reached: string; readonly before: number };
  'status-after-failed': { readonly value: string; readonly before: number };
  'time-falls': { readonly value: string; readonly earlier: string; readonly before: number };
  'id-change': { readonly value: string; readonly earlier: string; readonly before: number };
  'destination-change': { readonly value: string; readonly earlier: string; readonly before: number };
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

/** What was probably meant, where there is something near. Of a number that is fine as it is, nothing else was. */
export function suggestionOf(found: Problem): string | undefined {
  if (found.code === 'contact-number-format') return undefined;
  return 'suggestion' in found ? found.suggestion : undefined;
}
