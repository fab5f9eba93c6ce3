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
  /** The last code of a range that the provider documents as one; {@link code} is its first. */
  readonly last?: number;
  /** The text as the provider puts it on the wire. */
  readonly reason: string;
  readonly origin: Origin;
  /** Where the text was found. */
  readonly source: string;
}

/** Meta's codes from here on come through Gupshup too, with texts that Gupshup joins. */
const FIRST_HANDED_ON = 130_000;

/**
 * The usual text of a code at a provider, or undefined where the provider has no such code. Gupshup hands
 * Meta's failures on with title and details in one text; of that, one text was seen, the others are made
 * after it (assumed).
 */
export function findFailure(provider: FailureProvider, code: number): FailureFact | undefined {
  const own = FAILURE_CATALOGUE.find((failure) => failure.provider === provider && failure.code === code);
  if (own !== undefined || provider === 'cloud' || code < FIRST_HANDED_ON) return own;
  const meta = findFailure('cloud', code);
  if (meta === undefined) return undefined;
  const title = meta.reason.replace(/\.$/, '');
  const source = `${meta.source}; joined as Gupshup joined the one text that was seen`;
  return { provider, code, reason: `${title}, (#${code}) ${title}.`, origin: 'assumed', source };
}

/** The codes that {@link findFailure} knows, in rising order. */
export function failureCodes(): number[] {
  return [...new Set(FAILURE_CATALOGUE.map(({ code }) => code))].sort((a, b) => a - b);
}

/**
 * Whether a failure comes from WhatsApp, when the message has its id there already (assumed from who owns the
 * code: the on-premises API or Meta). Gupshup refuses at once what it refuses itself.
 */
export function failsLate(code: number): boolean {
  const onPremises = (code >= 400 && code < 500) || code === 1026;
  return onPremises || code >= FIRST_HANDED_ON;
}

const KNOWN_CODES: ReadonlySet<number> = new Set(FAILURE_CATALOGUE.map(({ code }) => code));
const RANGES = FAILURE_CATALOGUE.filter(({ last }) => last !== undefined);

/** Whether a fact is about a code: its own, or one in its range. */
export function isAbout({ code: first, last = first }: FailureFact, code: number): boolean {
  return code >= first && code <= last;
}

/** Whether a code is in the catalogue, at whichever provider: Gupshup hands Meta's codes on as they are (seen). */
export function isKnownFailureCode(code: number): boolean {
  return KNOWN_CODES.has(code) || RANGES.some((range) => isAbout(range, code));
}
