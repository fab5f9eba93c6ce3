import type { CaseResult } from './case.ts';

/** What a whole run came to. */
export interface Verdict {
  readonly verdict: 'conformant' | 'not-conformant' | 'interrupted';
  readonly passed: number;
  /** Cases that decide the verdict: failed ones, and those that only warn where `strict`. */
  readonly failed: readonly string[];
  /** Recommended cases that failed, where they do not decide. */
  readonly warned: readonly string[];
  readonly skipped: readonly string[];
  /** Known to fail, and failed. */
  readonly knownFailing: readonly string[];
  /** Named as known to fail, and passed: take them off the list. */
  readonly unexpectedPasses: readonly string[];
}

/** How results are judged. */
export interface VerdictOptions {
  /** Whether recommended checks decide too. */
  readonly strict: boolean;
  readonly knownFailing: ReadonlySet<string>;
  readonly isInterrupted: boolean;
}

/** Counts results into a verdict. */
export function judgeResults(
  results: readonly CaseResult[],
  { strict, knownFailing, isInterrupted }: VerdictOptions,
): Verdict {
  const ids = (isWanted: (result: CaseResult) => boolean): string[] =>
    results.filter(isWanted).map(({ id }) => id);
  const decides = ({ outcome }: CaseResult): boolean => outcome === 'fail' || (strict && outcome === 'warn');
  const failed = ids((result) => decides(result) && !knownFailing.has(result.id));
  const unexpectedPasses = ids(({ id, outcome }) => outcome === 'pass' && knownFailing.has(id));
  const isConformant = failed.length === 0 && unexpectedPasses.length === 0;
  return {
    verdict: isInterrupted ? 'interrupted' : isConformant ? 'conformant' : 'not-conformant',
    passed: ids(({ outcome }) => outcome === 'pass').length,
    failed,
    warned: ids((result) => result.outcome === 'warn' && !strict && !knownFailing.has(result.id)),
    skipped: ids(({ outcome }) => outcome === 'skip'),
    knownFailing: ids(
      (result) => result.outcome !== 'pass' && result.outcome !== 'skip' && knownFailing.has(result.id),
    ),
    unexpectedPasses,
  };
}
