import { FAILURE_NOTES, FAILURE_SOURCES } from './failure-origins.ts';
import type { FailureFact, FailureProvider } from './failures.ts';
import type { Origin } from './origin.ts';

/** A fact about a failure, how it is known, and the index of its source. */
type PackedOrigin = readonly [fact: string, origin: Origin, source: number];

/** Row of failure-origins.ts. */
export interface FailureNotes {
  /** Advice to the sender, in our words. */
  readonly advice: string;
  /** Other texts that were sent for the code or stand in other documents. */
  readonly texts?: readonly string[];
  readonly origins: readonly PackedOrigin[];
}

/** How one fact about a failure is known. */
export interface FailureOrigin {
  /** Member of {@link FailureFact}, or `until` or `note` for a remark. */
  readonly fact: string;
  readonly origin: Origin;
  readonly source: string;
}

/** Returns advice, other texts and origins of a failure. */
export function notesOnFailure({ space, code }: FailureFact): {
  readonly advice: string;
  readonly texts: readonly string[];
  readonly origins: readonly FailureOrigin[];
} {
  const notes = FAILURE_NOTES[`${space} ${code}`];
  const origins = (notes?.origins ?? []).map(([fact, origin, source]) => ({
    fact,
    origin,
    source: FAILURE_SOURCES[source] ?? '',
  }));
  return { advice: notes?.advice ?? '', texts: notes?.texts ?? [], origins };
}

/** Facts that decide how the text of a failure is known, by whose text it is. */
const TEXT_FACTS: Readonly<Record<FailureProvider, readonly string[]>> = {
  gupshup: ['gupshupReason', 'title'],
  cloud: ['title', 'wireDetails', 'details'],
};

/** Returns how the text of a failure is known that a provider sends. */
export function originOfText(provider: FailureProvider, fact: FailureFact): FailureOrigin {
  const { origins } = notesOnFailure(fact);
  const found = TEXT_FACTS[provider].flatMap((name) => origins.filter((each) => each.fact === name))[0];
  return found ?? { fact: 'text', origin: 'assumed', source: 'made from its title and details' };
}
