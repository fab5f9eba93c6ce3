import type { Origin } from '../origin.ts';
import type { MessageStatus } from '../status.ts';

/** Moment of a failure in the life of a message, which decides the codes that can occur. */
export type FailureMoment = 'at-once' | 'late' | 'after-delivered';

/** One thing that happens to a message. */
export interface ScenarioStep {
  readonly status: MessageStatus;
  /** Given for `failed`. */
  readonly fails?: FailureMoment;
}

/** Life of one message. */
export interface Scenario {
  readonly meaning: string;
  /** How it is known that this happens. */
  readonly origin: Origin;
  /** In the order in which things happen. */
  readonly steps: readonly ScenarioStep[];
  /** Indexes of the steps in the order in which their events arrive, a duplicate twice; by default that of the steps. */
  readonly arrivals?: readonly number[];
}

const enqueued: ScenarioStep = { status: 'enqueued' };
const sent: ScenarioStep = { status: 'sent' };
const delivered: ScenarioStep = { status: 'delivered' };
const read: ScenarioStep = { status: 'read' };
const mismatch: ScenarioStep = { status: 'mismatch' };
const failedLate: ScenarioStep = { status: 'failed', fails: 'late' };

/**
 * Every scenario.
 *
 * @example
 * ```ts
 * SCENARIOS['late-sent'].meaning; // '"sent" comes after "delivered"'
 * ```
 */
export const SCENARIOS = {
  read: {
    meaning: 'everything goes well: enqueued, sent, delivered, read',
    origin: 'documented',
    steps: [enqueued, sent, delivered, read],
  },
  delivered: {
    meaning: 'arrives, but is never read (or receipts are switched off)',
    origin: 'documented',
    steps: [enqueued, sent, delivered],
  },
  'stuck-at-sent': {
    meaning: 'leaves and is not heard of again: the recipient blocked the number or stays offline',
    origin: 'documented',
    steps: [enqueued, sent],
  },
  failed: {
    meaning: 'refused at once, before WhatsApp had it',
    origin: 'documented',
    steps: [{ status: 'failed', fails: 'at-once' }],
  },
  'failed-late': {
    meaning: 'fails after it was sent',
    origin: 'documented',
    steps: [enqueued, sent, failedLate],
  },
  mismatch: {
    meaning:
      'WhatsApp corrects the number and the message arrives; rare since the contacts check was withdrawn',
    origin: 'assumed',
    steps: [enqueued, mismatch, sent, delivered],
  },
  'mismatch-failed': {
    meaning: 'WhatsApp corrects the number, and then the message fails',
    origin: 'assumed',
    steps: [enqueued, mismatch, failedLate],
  },
  'read-without-delivered': {
    meaning: 'read as it arrives: "delivered" is left out',
    origin: 'documented',
    steps: [enqueued, sent, read],
  },
  'late-sent': {
    meaning: '"sent" comes after "delivered"',
    origin: 'seen',
    steps: [enqueued, sent, delivered, read],
    arrivals: [0, 2, 1, 3],
  },
  'late-delivered': {
    meaning: '"delivered" comes after "read"',
    origin: 'assumed',
    steps: [enqueued, sent, delivered, read],
    arrivals: [0, 1, 3, 2],
  },
  'failed-then-delivered': {
    meaning: 'reported as failed, and arrives after all: several devices',
    origin: 'documented',
    steps: [enqueued, sent, failedLate, delivered],
  },
  'delivered-then-failed': {
    meaning: 'reported as failed after it had arrived: several devices',
    origin: 'documented',
    steps: [enqueued, sent, delivered, { status: 'failed', fails: 'after-delivered' }],
  },
  duplicates: {
    meaning: 'every event comes twice, the second one the same to the byte',
    origin: 'seen',
    steps: [enqueued, sent, delivered, read],
    arrivals: [0, 1, 0, 1, 2, 2, 3, 3],
  },
  deleted: {
    meaning: 'read, and then the recipient deletes a message; deprecated',
    origin: 'assumed',
    steps: [enqueued, sent, delivered, read, { status: 'deleted' }],
  },
} as const satisfies Record<string, Scenario>;

/** Name of a scenario. */
export type ScenarioName = keyof typeof SCENARIOS;

/** Names of all scenarios, in the order they are listed. */
export const SCENARIO_NAMES = Object.keys(SCENARIOS) as [ScenarioName, ...ScenarioName[]];

/** Scenarios of usual traffic by weight (assumed): a third of what arrives is never read, one in ten fails. */
export const USUAL_MIX: Readonly<Partial<Record<ScenarioName, number>>> = {
  read: 54,
  delivered: 28,
  'read-without-delivered': 2,
  'stuck-at-sent': 5,
  'failed-late': 8,
  failed: 2,
  'late-sent': 1,
};
