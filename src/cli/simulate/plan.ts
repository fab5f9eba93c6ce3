import type { StatusEvent } from '../../domain/event.ts';
import { createEntropy } from '../../domain/generate/entropy.ts';
import { type EraName, endOfEra } from '../../domain/generate/era.ts';
import { fictionalCountryOf } from '../../domain/generate/fictional-numbers.ts';
import type { GeneratedProvider } from '../../domain/generate/run.ts';
import { SCENARIOS } from '../../domain/generate/scenarios.ts';
import { type Story, statusesOf, storyOf, storyOfStatus } from '../../domain/generate/story.ts';
import { generateTimedTraffic, generateTraffic, type TimedEvent } from '../../domain/generate/traffic.ts';
import { PROVIDERS } from '../../domain/providers/providers.ts';
import { STATUS_FACTS } from '../../domain/status.ts';
import { CallbellStatusError } from '../../errors.ts';
import type { Environment } from '../environment.ts';
import { isGenerating } from './check.ts';
import { chooseProvider } from './failure.ts';
import type { CapturedEvents } from './from.ts';
import type { SimulateFlags } from './options.ts';

/** What will be generated. */
export interface EventPlan {
  /** The events, made one by one as they are taken; each iteration gives the same. */
  readonly events: Iterable<StatusEvent>;
  /** The same events, with when they arrive where that is known. */
  readonly timed: Iterable<PlannedEvent>;
  /** How many there are at most. */
  readonly most: number;
  /** How many there are, where that is known beforehand. */
  readonly total?: number;
  /** What whoever asked should know, each a line. */
  readonly notes: readonly string[];
  /** An event of every kind that will come. */
  samples(): readonly StatusEvent[];
}

/** An event, and when it arrives; undefined for a captured one without a time. */
export type PlannedEvent = Pick<TimedEvent, 'event'> & Partial<TimedEvent>;

/** Turns flags into a plan. */
export async function planEvents(flags: SimulateFlags, environment: Environment): Promise<EventPlan> {
  const captured = flags.from === undefined ? undefined : await readFrom(flags.from, environment);
  if (captured !== undefined && !isGenerating(flags)) {
    const { events, timed, notes } = captured;
    return { events, timed, most: events.length, total: events.length, notes, samples: () => events };
  }
  const adopted = captured?.adopted;
  const { stories, weights } = chooseStories(flags);
  const { provider, era, notes: choices } = chooseProvider(flags, adopted?.provider, stories);
  const { contact, country, phone, uuid, metadata, count = 1, interleave } = flags;
  const { category, variant: variants, within: withinSeconds } = flags;
  const countries = country?.[0] === undefined ? undefined : ([country[0], ...country.slice(1)] as const);
  const forms = { provider, era, category, variants, withinSeconds };
  const options = { ...forms, contact, countries, phone, uuid, metadata, adopted };
  const seed = flags.seed ?? environment.randomSeed();
  const now = flags.now ?? latestOf(era, environment.now());
  const entropy = () => createEntropy({ seed, now });
  const messages = weights === undefined ? count * stories.length : count;
  const sizes = stories.map(({ arrivals }) => arrivals.length);
  const traffic = { ...options, stories, weights, messages, interleave };
  const ofEachOnce = sizes.reduce((sum, size) => sum + size, 0);
  return {
    events: { [Symbol.iterator]: () => generateTraffic(traffic, entropy()) },
    timed: { [Symbol.iterator]: () => generateTimedTraffic(traffic, entropy()) },
    ...(weights === undefined
      ? { most: count * ofEachOnce, total: count * ofEachOnce }
      : { most: count * Math.max(...sizes) }),
    notes: [
      ...(captured?.notes ?? []),
      ...choices,
      ...notesOn(stories, provider),
      ...noteOnPhone(phone),
      ...(flags.seed === undefined ? [`the same again: --seed ${seed} --now ${now.toISOString()}\n`] : []),
    ],
    samples: () => [...generateTraffic({ ...options, stories, messages: stories.length }, entropy())],
  };
}

/** Events of an era that ended are not of today. */
function latestOf(era: EraName, now: Date): Date {
  return new Date(Math.min(now.getTime(), endOfEra(era) ?? Number.POSITIVE_INFINITY));
}

/** The readers of captures are loaded only where there is one to read. */
async function readFrom(file: string, environment: Environment): Promise<CapturedEvents> {
  const { readCapturedEvents } = await import('./from.ts');
  return await readCapturedEvents(file, environment);
}

interface ChosenStories {
  readonly stories: readonly [Story, ...Story[]];
  readonly weights?: readonly number[];
}

/** Several failures give each story that fails once for each of them. */
function chooseStories({ status, scenario, mix, failure = [] }: SimulateFlags): ChosenStories {
  const named: { story: Story; weight: number | undefined }[] = [
    ...(status ?? []).map((each) => ({ story: storyOfStatus(each), weight: undefined })),
    ...(scenario ?? []).map((each) => ({ story: storyOf(SCENARIOS[each]), weight: undefined })),
    ...(mix ?? []).map((each) => ({ story: storyOf(SCENARIOS[each.scenario]), weight: each.weight })),
  ];
  const all = named.flatMap(({ story, weight = 1 }) =>
    failure.length > 0 && statusesOf([story]).has('failed')
      ? failure.map((failureCode) => ({ story: { ...story, failureCode }, weight: weight / failure.length }))
      : [{ story, weight }],
  );
  const [first, ...others] = all.map(({ story }) => story);
  if (first === undefined) throw new CallbellStatusError('usage', 'no status and no scenario is named');
  return { stories: [first, ...others], ...(mix && { weights: all.map(({ weight }) => weight) }) };
}

function notesOn(stories: readonly Story[], provider: GeneratedProvider): string[] {
  const statuses = statusesOf(stories);
  const lacking = provider === 'none' ? [] : PROVIDERS[provider].lacks.filter((each) => statuses.has(each));
  return [
    ...[...statuses]
      .filter((status) => STATUS_FACTS[status].deprecated)
      .map((status) => `note: "${status}" is deprecated: Meta does not support it any more\n`),
    ...lacking.map(
      (status) => `note: ${provider} has no "${status}": this event comes without messageStatusPayload\n`,
    ),
    ...(provider === 'none'
      ? ['note: what QR channels put into messageStatusPayload is documented nowhere, so it is left out\n']
      : []),
  ];
}

function noteOnPhone(phone: string | undefined): string[] {
  if (phone === undefined || fictionalCountryOf(phone) !== undefined) return [];
  return [`note: ${phone} is not among the numbers that reach nobody: it may be somebody's\n`];
}
