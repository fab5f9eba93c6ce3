import type { StatusEvent } from '../../domain/event.ts';
import { createEntropy } from '../../domain/generate/entropy.ts';
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
  const { provider, note } = chooseProvider(flags, adopted?.provider, stories);
  const { failure: failureCode, contact, country, phone, uuid, metadata, count = 1, interleave } = flags;
  const countries = country?.[0] === undefined ? undefined : ([country[0], ...country.slice(1)] as const);
  const options = { provider, failureCode, contact, countries, phone, uuid, metadata, adopted };
  const seed = flags.seed ?? environment.randomSeed();
  const now = flags.now ?? environment.now();
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
      ...note,
      ...notesOn(stories, provider),
      ...noteOnPhone(phone),
      ...(flags.seed === undefined ? [`the same again: --seed ${seed} --now ${now.toISOString()}\n`] : []),
    ],
    samples: () => [...generateTraffic({ ...options, stories, messages: stories.length }, entropy())],
  };
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

function chooseStories({ status, scenario, mix }: SimulateFlags): ChosenStories {
  const names = scenario ?? mix?.map((part) => part.scenario) ?? [];
  const [first, ...others] = status?.map(storyOfStatus) ?? names.map((name) => storyOf(SCENARIOS[name]));
  if (first === undefined) throw new CallbellStatusError('usage', 'no status and no scenario is named');
  return { stories: [first, ...others], ...(mix && { weights: mix.map(({ weight }) => weight) }) };
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
  return [`note: ${phone} is not among the numbers reserved for fiction: it may be somebody's\n`];
}
