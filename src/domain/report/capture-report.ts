import type { FailureJudgement } from '../failure-of.ts';
import type { ProviderName } from '../providers/provider.ts';
import type { MessageStatus } from '../status.ts';
import type { Outcome, ReportClock } from './message-record.ts';
import type { Period } from './period-counts.ts';

/** Kinds of what is in a capture besides the events that a report counts. */
export const UNCOUNTED_KINDS = [
  'otherEvents',
  'connectionChecks',
  'unidentified',
  'unrecognised',
  'ownLines',
  'logLines',
  'skipped',
] as const;

/**
 * One of {@link UNCOUNTED_KINDS}. `unidentified` are status events that name no message or none of the seven
 * statuses; `skipped` are records that were cut off while they were written.
 */
export type UncountedKind = (typeof UNCOUNTED_KINDS)[number];

/** What the messages of a capture came to. */
export interface CaptureReport {
  /** Status events of a message that is named. */
  readonly events: number;
  readonly messages: number;
  /** From the earliest to the latest time that an event tells, in unix milliseconds. */
  readonly range: { readonly from: number; readonly to: number } | undefined;
  readonly outcomes: Readonly<Record<Outcome, number>>;
  /** Messages that ended at `sent` and began at least a day before the end of the range. */
  readonly stuckForADay: number;
  /** Messages that came as far as this: a later step implies those before it. */
  readonly reached: { readonly delivered: number; readonly read: number };
  /** Messages with both `failed` and `delivered` or `read`, which override it. */
  readonly overriddenFailures: number;
  readonly duplicates: number;
  readonly late: Readonly<Partial<Record<MessageStatus, number>>>;
  readonly failures: readonly FailureFigures[];
  readonly optOuts: OptOutFigures;
  readonly steps: readonly StepFigures[];
  readonly pricing: readonly PricingFigures[];
  /** The length of each of {@link periods}. */
  readonly period: Period;
  readonly periods: readonly PeriodFigures[];
  readonly uncounted: Readonly<Record<UncountedKind, number>>;
  readonly unknown: UnknownFigures;
}

/** Messages that ended as failed with one code. A message with several codes counts in each. */
export interface FailureFigures extends FailureJudgement {
  readonly provider: ProviderName | undefined;
  readonly code: number | undefined;
  /** As it came. */
  readonly text: string | undefined;
  /** The usual title of the code. */
  readonly title: string | undefined;
  readonly advice: string | undefined;
  readonly messages: number;
}

/** Messages that failed because the recipient does not want them. */
export interface OptOutFigures {
  readonly messages: number;
  /** The uuids of the contacts, or what the provider addressed; at most 10,000. */
  readonly recipients: readonly string[];
}

/** The time from one status of a message to another. */
export interface StepFigures {
  readonly from: MessageStatus;
  readonly to: MessageStatus;
  readonly clock: ReportClock;
  readonly messages: number;
  /** In milliseconds, right to within 1 %. */
  readonly p50: number;
  readonly p90: number;
}

/** Messages of one kind of pricing. */
export interface PricingFigures {
  /** Undefined where no event of the message has a price. */
  readonly category: string | undefined;
  readonly type: string | undefined;
  readonly billable: boolean | undefined;
  readonly messages: number;
  /** Those of them that were delivered or read. */
  readonly delivered: number;
}

/** Messages that began in one hour or on one day, UTC. */
export interface PeriodFigures {
  /** In unix milliseconds. */
  readonly start: number;
  readonly messages: number;
  readonly outcomes: Readonly<Record<Outcome, number>>;
}

/** What the report cannot know of the capture. */
export interface UnknownFigures {
  /** Messages that were counted before the end to bound memory: later events of them count as new messages. */
  readonly forgotten: number;
  /** Messages of which no event tells a time. */
  readonly withoutTime: number;
  /** Messages with an event that does not say when it was received: late events are told by the order of the lines. */
  readonly withoutReceivedAt: number;
  /** Events whose provider states a time that cannot be. */
  readonly wrongTimes: number;
  /** Messages between two of whose statuses the time falls; left out of the times. */
  readonly fallingTimes: number;
  /** Messages that failed for reasons beyond the number that is kept apart. */
  readonly otherFailures: number;
}
