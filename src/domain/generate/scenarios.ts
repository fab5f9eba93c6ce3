import type { Origin } from '../failures.ts';
import type { MessageStatus } from '../status.ts';

/** Something that happens to a message, and when its event arrives. */
export interface ScenarioStep {
  readonly status: MessageStatus;
  /** Seconds after the beginning, at the quickest. */
  readonly happened: number;
  /** When Callbell's request comes, on the same clock. */
  readonly arrives: number;
  /** For `failed`, whether before or after WhatsApp had the message; where it is not said, its code decides. */
  readonly fails?: 'at-once' | 'later';
}

/** The life of one message. */
export interface Scenario {
  readonly meaning: string;
  /** How it is known that this happens. */
  readonly origin: Origin;
  /** In the order in which things happened. */
  readonly steps: readonly ScenarioStep[];
}

const enqueued: ScenarioStep = { status: 'enqueued', happened: 0, arrives: 0 };
const sent: ScenarioStep = { status: 'sent', happened: 1, arrives: 1 };
const delivered: ScenarioStep = { status: 'delivered', happened: 3, arrives: 3 };
const read: ScenarioStep = { status: 'read', happened: 20, arrives: 20 };
const mismatch: ScenarioStep = { status: 'mismatch', happened: 1, arrives: 1 };
const failedLater: ScenarioStep = { status: 'failed', happened: 5, arrives: 5, fails: 'later' };

/**
 * Every scenario; the order of what happens is the steps' order, the order of arrival that of `arrives`.
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
    meaning: 'leaves and is not heard of again: the phone is off',
    origin: 'documented',
    steps: [enqueued, sent],
  },
  failed: {
    meaning: 'refused at once, before WhatsApp had it',
    origin: 'documented',
    steps: [{ status: 'failed', happened: 0, arrives: 0, fails: 'at-once' }],
  },
  'failed-late': {
    meaning: 'fails after it was sent',
    origin: 'documented',
    steps: [enqueued, sent, failedLater],
  },
  mismatch: {
    meaning: 'WhatsApp corrects the number and the message arrives',
    origin: 'assumed',
    steps: [enqueued, mismatch, { ...sent, happened: 2, arrives: 2 }, delivered],
  },
  'mismatch-failed': {
    meaning: 'WhatsApp corrects the number, and then the message fails',
    origin: 'assumed',
    steps: [enqueued, mismatch, failedLater],
  },
  'read-without-delivered': {
    meaning: 'read, and "delivered" never comes',
    origin: 'seen',
    steps: [enqueued, sent, read],
  },
  'late-sent': {
    meaning: '"sent" comes after "delivered"',
    origin: 'seen',
    steps: [enqueued, { ...sent, arrives: 4 }, delivered, read],
  },
  'late-delivered': {
    meaning: '"delivered" comes after "read"',
    origin: 'assumed',
    steps: [enqueued, sent, { ...delivered, arrives: 22 }, read],
  },
  'failed-then-delivered': {
    meaning: 'reported as failed, and arrives after all',
    origin: 'seen',
    steps: [enqueued, sent, failedLater, { ...delivered, happened: 9, arrives: 9 }],
  },
  'delivered-then-failed': {
    meaning: 'reported as failed after it had arrived',
    origin: 'seen',
    steps: [enqueued, sent, delivered, failedLater],
  },
  duplicates: {
    meaning: 'every event comes twice, the second one the same to the byte',
    origin: 'seen',
    steps: [enqueued, sent, delivered, read].flatMap((step) => [
      step,
      { ...step, arrives: step.arrives + 1.5 },
    ]),
  },
  deleted: {
    meaning: 'read, and later deleted by the recipient; deprecated',
    origin: 'documented',
    steps: [enqueued, sent, delivered, read, { status: 'deleted', happened: 60, arrives: 60 }],
  },
} as const satisfies Record<string, Scenario>;

/** The name of a scenario. */
export type ScenarioName = keyof typeof SCENARIOS;

/** All of them, in the order they are listed. */
export const SCENARIO_NAMES = Object.keys(SCENARIOS) as [ScenarioName, ...ScenarioName[]];
