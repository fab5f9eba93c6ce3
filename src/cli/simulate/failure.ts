import type { FailureFact } from '../../domain/failures.ts';
import { failureCodes, failuresOfCode, findFailure, isKnownFailureCode } from '../../domain/failures.ts';
import { DEFAULT_ERA, ERAS, type EraName } from '../../domain/generate/era.ts';
import type { GeneratedProvider } from '../../domain/generate/run.ts';
import type { FailureMoment } from '../../domain/generate/scenarios.ts';
import { type Story, statusesOf } from '../../domain/generate/story.ts';
import { nearest } from '../../domain/nearest.ts';
import type { Provider, ProviderName } from '../../domain/providers/provider.ts';
import { PROVIDERS } from '../../domain/providers/providers.ts';
import { CallbellStatusError } from '../../errors.ts';
import type { SimulateFlags } from './options.ts';

/** Provider and era of the events. */
export interface ChosenProvider {
  readonly provider: GeneratedProvider;
  readonly era: EraName;
  /** What was chosen without being asked for, and what no real event is like. */
  readonly notes: readonly string[];
}

type Asked = Pick<SimulateFlags, 'provider' | 'failure' | 'era' | 'contact'>;

/**
 * Chooses the provider and era that were asked for or, where none was, those that have what was asked for.
 *
 * @throws {CallbellStatusError} `usage` where no provider, or not that one, has a failure, or nothing fails
 */
export function chooseProvider(
  { provider: asked, failure: codes = [], era: askedEra, contact }: Asked,
  adopted: GeneratedProvider | undefined,
  stories: readonly Story[],
): ChosenProvider {
  const chosen = asked ?? adopted;
  if (codes.length > 0) checkFailing(codes, stories);
  const notes: string[] = [];
  const provider = chosen ?? providerOf(codes, contact);
  if (chosen === undefined && provider === 'cloud') {
    const why =
      codes.length > 0 ? `only Meta has a failure ${codes.join(', ')}` : 'only Cloud channels have BSUIDs';
    notes.push(`note: ${why}: --provider cloud\n`);
  }
  if (provider === 'none') {
    if (codes.length > 0) throw new CallbellStatusError('usage', 'without a provider no failure can be told');
    return { provider, era: askedEra ?? DEFAULT_ERA, notes };
  }
  const facts = codes.map((code) => findFailure(provider, code) ?? unknownFailure(code, asked ?? adopted));
  const era = askedEra ?? (facts.some(({ space }) => space === 'onprem') ? ON_PREMISES_ERA : DEFAULT_ERA);
  if (askedEra === undefined && era !== DEFAULT_ERA) {
    notes.push(`note: ${codes.join(', ')} ended with the on-premises API: --era ${era}\n`);
  }
  notes.push(...facts.flatMap((fact) => notesOnFailure(fact, PROVIDERS[provider], era, stories)));
  return { provider, era, notes };
}

const ON_PREMISES_ERA: EraName = '2023';

function checkFailing(codes: readonly number[], stories: readonly Story[]): void {
  if (statusesOf(stories).has('failed')) return;
  throw new CallbellStatusError('usage', `--failure ${codes.join(',')} needs something that fails`, {
    hint: 'for example --status failed or --scenario failed-late',
  });
}

function providerOf(codes: readonly number[], contact: SimulateFlags['contact']): ProviderName {
  if (codes.length === 0) return contact === 'bsuid' ? 'cloud' : 'gupshup';
  for (const code of codes) if (failuresOfCode(code).length === 0) unknownFailure(code, undefined);
  const isThroughGupshup = (code: number): boolean => {
    const fact = findFailure('gupshup', code);
    return fact !== undefined && (fact.space !== 'cloud' || fact.gupshupReason !== undefined);
  };
  return codes.every(isThroughGupshup) || !codes.every((code) => isKnownFailureCode('cloud', code))
    ? 'gupshup'
    : 'cloud';
}

/** Says what no real event is like: the code never comes as a status, not then, or not in that era. */
function notesOnFailure(
  fact: FailureFact,
  provider: Provider,
  era: EraName,
  stories: readonly Story[],
): string[] {
  const { code, comesAsStatus, space } = fact;
  if (comesAsStatus === false) {
    return [`note: ${code} never comes as the status of a message: it answers API calls only\n`];
  }
  if (
    space !== 'gupshup' &&
    provider.name === 'gupshup' &&
    (space === 'onprem') !== ERAS[era].hasOnPremisesCodes
  ) {
    const where = space === 'onprem' ? '--era 2023' : 'the later eras';
    return [`note: ${code} did not come through Gupshup in the era ${era}; ${where} had it\n`];
  }
  const moments = new Set(stories.flatMap(({ steps }) => steps.flatMap(({ fails }) => fails ?? [])));
  const wrong = [...moments].filter((moment) => !provider.canFailWith(fact, moment, ERAS[era]));
  return [
    ...(comesAsStatus === 'unknown'
      ? [`note: it is unknown whether ${code} comes as the status of a message\n`]
      : []),
    ...wrong.map((moment) => `note: ${code} is not known to come ${MOMENT_WORDS[moment]}\n`),
  ];
}

const MOMENT_WORDS: Readonly<Record<FailureMoment, string>> = {
  'at-once': 'at once, in place of "sent"',
  late: 'late, after "sent"',
  'after-delivered': 'after "delivered": WhatsApp had the message on a device already',
};

function unknownFailure(code: number, provider: GeneratedProvider | undefined): never {
  const owners = Object.values(PROVIDERS).filter(({ name }) => isKnownFailureCode(name, code));
  if (provider !== undefined && owners.length > 0) {
    const names = owners.map(({ name }) => name).join(' and ');
    throw new CallbellStatusError('usage', `${provider} has no failure ${code}, it is one of ${names}`, {
      hint: `--provider ${names} has it`,
    });
  }
  const meant = nearestCode(code);
  const suggestion = meant === undefined ? '' : `. Did you mean ${meant}?`;
  throw new CallbellStatusError('usage', `there is no failure ${code}${suggestion}`, {
    hint: 'callbell-status simulate --list shows all',
  });
}

/** Returns the nearest code that is a slip of one digit or of two swapped ones away; undefined where there is none. */
function nearestCode(code: number): string | undefined {
  const byDistance = failureCodes()
    .sort((a, b) => Math.abs(a - code) - Math.abs(b - code))
    .map(String);
  return nearest(String(code), byDistance, 1);
}
