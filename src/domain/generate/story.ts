import type { MessageStatus } from '../status.ts';
import type { Scenario, ScenarioStep } from './scenarios.ts';

/** Scenario, prepared to be generated many times. */
export interface Story {
  readonly steps: readonly ScenarioStep[];
  /** Indexes of the steps in the order in which they arrive. */
  readonly arrivals: readonly number[];
  /** The number is corrected on the way. */
  readonly isCorrected: boolean;
  /** `delivered` is left out, so that `read` takes its time and its price. */
  readonly skipsDelivered: boolean;
  /** Code of the failure, where one was asked for. */
  readonly failureCode: number | undefined;
}

/** Prepares a scenario. */
export function storyOf(
  { steps, arrivals = steps.map((_, index) => index) }: Pick<Scenario, 'steps' | 'arrivals'>,
  failureCode?: number,
): Story {
  const has = (status: MessageStatus): boolean => steps.some((step) => step.status === status);
  return {
    steps,
    arrivals,
    isCorrected: has('mismatch'),
    skipsDelivered: has('sent') && has('read') && !has('delivered'),
    failureCode,
  };
}

/** Prepares one status without a life around it: a message of which nothing else is told. */
export function storyOfStatus(status: MessageStatus, failureCode?: number): Story {
  return storyOf({ steps: [{ status }] }, failureCode);
}

/** Returns the statuses that some stories have in them. */
export function statusesOf(stories: readonly Pick<Story, 'steps'>[]): ReadonlySet<MessageStatus> {
  return new Set(stories.flatMap(({ steps }) => steps.map(({ status }) => status)));
}
