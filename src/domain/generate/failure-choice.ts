import { CallbellStatusError } from '../../errors.ts';
import { FAILURE_ROWS } from '../failure-rows.ts';
import { type FailureFact, findFailure } from '../failures.ts';
import type { FailureShares, GeneratedFailure, Provider } from '../providers/provider.ts';
import type { CategoryName } from './categories.ts';
import type { Draws } from './entropy.ts';
import type { Era } from './era.ts';
import type { FailureMoment } from './scenarios.ts';

/** Circumstances of a failure. */
export interface FailureCircumstances {
  readonly provider: Provider;
  readonly era: Era;
  readonly category: CategoryName;
  /** Undefined for a failure without a life around it: its code decides. */
  readonly moment: FailureMoment | undefined;
}

/** Percent of drawn failures that have any other code that can come then, so that each of the table is met. */
const RARE_PERCENT = 5;

/** Draws a failure by the shares of its circumstances. */
export function drawFailure(draws: Draws, circumstances: FailureCircumstances): FailureFact {
  const { provider, era, category, moment = 'late' } = circumstances;
  const shares = provider.failureShares(moment, category, era);
  const rare = rareFailures(circumstances, moment, shares);
  if (rare.length > 0 && draws.below('rareFailure', 100) < RARE_PERCENT) {
    const fact = rare[draws.below('failure', rare.length)];
    if (fact !== undefined) return fact;
  }
  return factOf(provider, chooseCode(shares, draws.fraction('failure')));
}

const RARE_FAILURES = new Map<string, readonly FailureFact[]>();

function rareFailures(
  { provider, era }: FailureCircumstances,
  moment: FailureMoment,
  shares: FailureShares,
): readonly FailureFact[] {
  const key = `${provider.name} ${era.first} ${moment} ${shares[0][0]}`;
  let rare = RARE_FAILURES.get(key);
  if (rare === undefined) {
    const known = new Set(shares.map(([code]) => code));
    rare = FAILURE_ROWS.filter(
      (fact) =>
        !known.has(fact.code) &&
        findFailure(provider.name, fact.code) === fact &&
        provider.canFailWith(fact, moment, era),
    );
    RARE_FAILURES.set(key, rare);
  }
  return rare;
}

function chooseCode(shares: FailureShares, fraction: number): number {
  let left = fraction * shares.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [code, weight] of shares) {
    if (left < weight) return code;
    left -= weight;
  }
  return shares[0][0];
}

/** Returns the usual failure of some circumstances. */
export function usualFailure({ provider, era, category, moment }: FailureCircumstances): FailureFact {
  const usualMoment = moment ?? (provider.lacks.includes('enqueued') ? 'late' : 'at-once');
  return factOf(provider, provider.failureShares(usualMoment, category, era)[0][0]);
}

/**
 * Returns the failure of a code.
 *
 * @throws {CallbellStatusError} `usage` where the provider has no such code
 */
export function factOf({ name }: Provider, code: number): FailureFact {
  const fact = findFailure(name, code);
  if (fact !== undefined) return fact;
  throw new CallbellStatusError('usage', `${name} has no failure ${code}`, {
    hint: 'callbell-status simulate --list names them',
  });
}

/** Returns a failure as it happens at a moment; without one, Gupshup's own refusals come at once. */
export function failureAt(fact: FailureFact, moment: FailureMoment | undefined): GeneratedFailure {
  const isOwn = fact.space === 'gupshup';
  return { fact, isLate: moment === undefined ? !isOwn && fact.when !== 'at-once' : moment !== 'at-once' };
}
