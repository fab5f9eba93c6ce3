import type { MessageStatus } from '../status.ts';
import type { Scenario, ScenarioStep } from './scenarios.ts';

/** A scenario, prepared to be told many times. */
export interface Story {
  /** The steps in the order in which they arrive. */
  readonly arrivals: readonly ScenarioStep[];
  /** Whether the number is corrected on the way. */
  readonly corrected: boolean;
  /** How long it takes at the quickest, in seconds. */
  readonly seconds: number;
}

/** How much slower than the quickest a life may go. */
export const SLOWEST = 4;

/** Prepares a scenario. */
export function storyOf({ steps }: Pick<Scenario, 'steps'>): Story {
  return {
    arrivals: [...steps].sort((a, b) => a.arrives - b.arrives),
    corrected: steps.some(({ status }) => status === 'mismatch'),
    seconds: Math.max(...steps.map(({ happened, arrives }) => Math.max(happened, arrives))),
  };
}

/** One status without a life around it: a message of which nothing else is told. */
export function storyOfStatus(status: MessageStatus): Story {
  return storyOf({ steps: [{ status, happened: 0, arrives: 0 }] });
}

/** The statuses that some stories have in them. */
export function statusesOf(stories: readonly Story[]): ReadonlySet<MessageStatus> {
  return new Set(stories.flatMap(({ arrivals }) => arrivals.map(({ status }) => status)));
}
