import { FAILURE_CATALOGUE } from './failure-catalogue.ts';

/** Whose failure it is: `gupshup` in the shape `{code, reason}`, `cloud` in Meta's `errors[]`. */
export type FailureProvider = 'gupshup' | 'cloud';

/**
 * How a fact is known: `documented` by the owner of the format, `seen` in traffic or code of third parties,
 * `paraphrased` (the code is documented, the wording is ours), or `assumed`.
 */
export type Origin = 'documented' | 'seen' | 'paraphrased' | 'assumed';

/** One known reason why a message failed. */
export interface FailureFact {
  readonly provider: FailureProvider;
  readonly code: number;
  /** The text as the provider puts it on the wire. */
  readonly reason: string;
  readonly origin: Origin;
  /** Where the text was found. */
  readonly source: string;
}

/** The usual text of a code at a provider, or undefined where the code is not in the catalogue. */
export function findFailure(provider: FailureProvider, code: number): FailureFact | undefined {
  return FAILURE_CATALOGUE.find((failure) => failure.provider === provider && failure.code === code);
}

const KNOWN_CODES: ReadonlySet<number> = new Set(FAILURE_CATALOGUE.map(({ code }) => code));

/** Whether a code is in the catalogue, at whichever provider: Gupshup hands Meta's codes on as they are (seen). */
export function isKnownFailureCode(code: number): boolean {
  return KNOWN_CODES.has(code);
}
