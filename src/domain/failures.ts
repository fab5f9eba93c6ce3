import { FAILURE_ROWS } from './failure-rows.ts';

/**
 * Number spaces of failure codes: Gupshup's own, those of the on-premises API (until October 2025), and Meta's.
 * The same number may mean different things in two of them.
 */
export type FailureSpace = 'gupshup' | 'onprem' | 'cloud';

/** Providers that report failures. */
export type FailureProvider = 'gupshup' | 'cloud';

/** One known failure; the rows are in failure-rows.ts. */
export interface FailureFact {
  readonly space: FailureSpace;
  readonly code: number;
  /** Last code of a range that is documented as one; {@link code} is its first. */
  readonly last?: number;
  readonly title?: string;
  /** Details as the owner's page has them. */
  readonly details?: string;
  /** Details as they are really sent, where they differ from {@link details}. */
  readonly wireDetails?: string;
  /** Text that Gupshup sends for the code; absent where the code is not expected to come through Gupshup. */
  readonly gupshupReason?: string;
  /** Kind of cause. */
  readonly class:
    | 'recipient'
    | 'optOut'
    | 'window'
    | 'template'
    | 'media'
    | 'throttled'
    | 'policy'
    | 'payment'
    | 'sender'
    | 'account'
    | 'server'
    | 'unknown';
  /** Outlook of a retry: `after` means after {@link retryAfter}, `after-fix` after the sender changed something. */
  readonly retry: 'never' | 'after-fix' | 'later' | 'after';
  /** Least time to wait, as an ISO 8601 duration. */
  readonly retryAfter?: string;
  /** Extent of the failure: other sends of the same scope fail alike. */
  readonly scope: 'message' | 'recipient' | 'sender' | 'account';
  /** Moment of the failure: in place of `sent`, after it, or either. */
  readonly when: 'at-once' | 'late' | 'either';
  /** False for codes that only answer API calls. */
  readonly comesAsStatus: boolean | 'unknown';
  /** Set for the codes that real traffic shows most. */
  readonly usual?: boolean;
}

/** Spaces that a provider's codes may belong to, in the order in which they are looked up. */
const SPACES: Readonly<Record<FailureProvider, readonly FailureSpace[]>> = {
  gupshup: ['gupshup', 'cloud', 'onprem'],
  cloud: ['cloud'],
};

const ROWS_BY_CODE = new Map<number, readonly FailureFact[]>();
for (const row of FAILURE_ROWS) {
  for (let code = row.code; code <= (row.last ?? row.code); code += 1) {
    ROWS_BY_CODE.set(code, [...(ROWS_BY_CODE.get(code) ?? []), row]);
  }
}

/** Returns every failure of a code, whichever space it belongs to. */
export function failuresOfCode(code: number): readonly FailureFact[] {
  return ROWS_BY_CODE.get(code) ?? [];
}

/** Returns the failure that a code means at a provider, or undefined where the provider has no such code. */
export function findFailure(provider: FailureProvider, code: number): FailureFact | undefined {
  const rows = failuresOfCode(code);
  for (const space of SPACES[provider]) {
    const row = rows.find((each) => each.space === space);
    if (row !== undefined) return row;
  }
  return undefined;
}

/**
 * Returns whether a provider is known to give a code. Of Meta's codes Gupshup hands on those of failures, and not those
 * that only answer requests, such as 0.
 */
export function isKnownFailureCode(provider: FailureProvider, code: number): boolean {
  const fact = findFailure(provider, code);
  if (fact === undefined) return false;
  return fact.space === provider || fact.space !== 'cloud' || fact.comesAsStatus !== false;
}

/** Returns the codes of the table in rising order, each once. */
export function failureCodes(): number[] {
  return [...new Set(FAILURE_ROWS.map(({ code }) => code))].sort((a, b) => a - b);
}

/** Texts of a failure in Meta's `errors[]`. A code without a title has its details in all of them (seen). */
export function metaTexts({ title, details, wireDetails }: FailureFact): { title: string; details: string } {
  const sent = wireDetails ?? details ?? title ?? '';
  return { title: title ?? sent, details: sent };
}

/**
 * Returns the text of a failure as a provider sends it. Gupshup joins Meta's texts; those that were not seen are
 * made after the one that was.
 */
export function failureText(provider: FailureProvider, fact: FailureFact): string {
  return TEXTS[provider](fact);
}

const TEXTS: Readonly<Record<FailureProvider, (fact: FailureFact) => string>> = {
  cloud: (fact) => metaTexts(fact).title,
  gupshup: (fact) => {
    const { title, details } = metaTexts(fact);
    if (fact.gupshupReason !== undefined) return fact.gupshupReason;
    return fact.space === 'cloud' ? `${title.replace(/\.$/, '')}, (#${fact.code}) ${details}` : title;
  },
};

/** Provider that a failure of a space comes from first. */
export const PROVIDER_OF_SPACE: Readonly<Record<FailureSpace, FailureProvider>> = {
  gupshup: 'gupshup',
  onprem: 'gupshup',
  cloud: 'cloud',
};
