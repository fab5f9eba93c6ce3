import type { StatusEvent } from '../event.ts';
import type { Draws, Entropy } from './entropy.ts';
import { type Give, mergeByArrival } from './interleave.ts';
import { drawCourse, Message } from './message.ts';
import { type MessageOptions, prepareRun, type Run } from './run.ts';
import type { Story } from './story.ts';

/** Options of {@link generateTraffic}. */
export interface TrafficOptions extends MessageOptions {
  /** What happens to the messages: each in turn or, with `weights`, drawn. */
  readonly stories: readonly [Story, ...Story[]];
  /** How likely each story is, relative to the others; as many as there are stories. */
  readonly weights?: readonly number[] | undefined;
  /** How many messages. */
  readonly messages: number;
  /** Let the messages overlap in time as in real traffic, instead of one after another. */
  readonly interleave?: boolean | undefined;
}

/**
 * Generates the events of many messages, lazily and in the order in which they arrive. The messages are the
 * same whether they are interleaved or not; only then their times and places differ.
 */
export function generateTraffic(options: TrafficOptions, entropy: Entropy): IterableIterator<StatusEvent> {
  return traffic(options, entropy, (message, n) => message.event(n));
}

/** An event, and when it arrives, in milliseconds: only the distances between the moments mean something. */
export interface TimedEvent {
  readonly event: StatusEvent;
  readonly arrivesAt: number;
}

/** The same events, with the moments at which they arrive. Messages that do not overlap follow each other. */
export function generateTimedTraffic(
  options: TrafficOptions,
  entropy: Entropy,
): IterableIterator<TimedEvent> {
  return traffic(options, entropy, (message, n, arrivesAt) => ({ event: message.event(n), arrivesAt }));
}

function traffic<Given>(options: TrafficOptions, entropy: Entropy, give: Give<Given>): Generator<Given> {
  const run = prepareRun(options, options.stories, entropy, options.weights !== undefined);
  return options.interleave
    ? mergeByArrival(overlappingMessages(options, run, entropy), give)
    : oneAfterAnother(options, run, entropy, give);
}

/** Each life ends just now; as they arrive, one begins where the one before ends. */
function* oneAfterAnother<Given>(
  options: TrafficOptions,
  run: Run,
  entropy: Entropy,
  give: Give<Given>,
): Generator<Given> {
  const time = { ends: entropy.nowMilliseconds };
  let begins = 0;
  for (let index = 0; index < options.messages; index += 1) {
    const draws = entropy.nextMessage();
    const message = new Message(run, chooseStory(options, index, draws), draws, time);
    const first = message.arrivesAt(0);
    for (let n = 0; n < message.size; n += 1) {
      yield give(message, n, begins + message.arrivesAt(n) - first);
    }
    begins += message.arrivesAt(message.size - 1) - first;
  }
}

/**
 * Time between the beginnings of two messages. With lives of hours and days some four hundred are under way at any
 * time, however many there are.
 */
const GAP_MILLISECONDS = 60_000;

/** Lives that are shortened begin closer to each other, so that they overlap all the same. */
const LIVES_UNDER_WAY = 80;

/** Generates messages in the order in which they begin; the last event of all is just now. */
function* overlappingMessages(options: TrafficOptions, run: Run, entropy: Entropy): Generator<Message> {
  const { withinSeconds = Number.POSITIVE_INFINITY } = run;
  const gap = Math.min(GAP_MILLISECONDS, (withinSeconds * 1000) / LIVES_UNDER_WAY);
  const beginOf = (index: number, draws: Draws): number => (index + draws.fraction('start')) * gap;
  const before = entropy.copy();
  let end = 0;
  for (let index = 0; index < options.messages; index += 1) {
    const draws = before.nextMessage();
    const { life } = drawCourse(run, chooseStory(options, index, draws), draws);
    end = Math.max(end, beginOf(index, draws) + life.seconds * 1000);
  }
  const first = entropy.nowMilliseconds - end;
  for (let index = 0; index < options.messages; index += 1) {
    const draws = entropy.nextMessage();
    const begins = first + beginOf(index, draws);
    yield new Message(run, chooseStory(options, index, draws), draws, { begins });
  }
}

function chooseStory({ stories, weights }: TrafficOptions, index: number, draws: Draws): Story {
  if (weights === undefined) return stories[index % stories.length] ?? stories[0];
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let left = (draws.below('scenario', WEIGHT_STEPS) / WEIGHT_STEPS) * total;
  const chosen = weights.findIndex((weight) => {
    left -= weight;
    return left < 0;
  });
  return stories[chosen] ?? stories[0];
}

const WEIGHT_STEPS = 2 ** 32;
