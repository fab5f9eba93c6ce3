import { checkOptions } from '../check-options.ts';
import type { StatusEvent } from '../event.ts';
import type { MessageStatus } from '../status.ts';
import { EVENT_CHECKS, isEntropy, SCENARIO_CHECKS } from './check-generate.ts';
import type { Entropy } from './entropy.ts';
import { Message } from './message.ts';
import { type MessageOptions, prepareRun } from './run.ts';
import { SCENARIOS, type ScenarioName } from './scenarios.ts';
import { type Story, storyOf, storyOfStatus } from './story.ts';

/** Options of {@link generateEvent}. */
export interface GenerateEventOptions extends MessageOptions {
  readonly status: MessageStatus;
}

/** Options of {@link generateScenario}. */
export interface GenerateScenarioOptions extends MessageOptions {
  readonly scenario: ScenarioName;
}

/**
 * Generates one event of a new message. Pure: the same options and entropy give the same event.
 *
 * @example
 * ```ts
 * const entropy = createEntropy({ seed: 7, now: new Date() });
 * generateEvent({ status: 'failed', provider: 'cloud', failureCode: 131047 }, entropy);
 * ```
 *
 * @throws {CallbellStatusError} `usage` for an option that does not exist or makes no sense
 */
export function generateEvent(asked: GenerateEventOptions, entropy: Entropy): StatusEvent {
  checkOptions('generateEvent', asked, EVENT_CHECKS);
  isEntropy(entropy, 'entropy', 'generateEvent');
  const { status, ...options } = asked;
  return begin(storyOfStatus(status), options, entropy).event(0);
}

/**
 * Generates the events of one new message, in the order in which they arrive.
 *
 * @example
 * ```ts
 * const events = generateScenario({ scenario: 'late-sent' }, createEntropy({ seed: 7, now: new Date() }));
 * events.map(({ payload }) => payload.status); // ['enqueued', 'delivered', 'sent', 'read']
 * ```
 *
 * @throws {CallbellStatusError} `usage` for an option that does not exist or makes no sense
 */
export function generateScenario(asked: GenerateScenarioOptions, entropy: Entropy): StatusEvent[] {
  checkOptions('generateScenario', asked, SCENARIO_CHECKS);
  isEntropy(entropy, 'entropy', 'generateScenario');
  const { scenario, ...options } = asked;
  const message = begin(storyOf(SCENARIOS[scenario]), options, entropy);
  return Array.from({ length: message.size }, (_, n) => message.event(n));
}

function begin(story: Story, options: MessageOptions, entropy: Entropy): Message {
  return new Message(prepareRun(options, [story], entropy), story, entropy.nextMessage(), {
    ends: entropy.nowMilliseconds,
  });
}
