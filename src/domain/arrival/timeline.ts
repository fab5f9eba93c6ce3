import type { MessageStatus } from '../status.ts';
import { type Arrival, isAcknowledged } from './arrival.ts';

/** One status in the life of a message, as it arrived. */
export interface TimelineStep {
  readonly status: MessageStatus;
  readonly receivedAt: string;
  /** Why the message failed, where its event says. */
  readonly failureCode?: number | undefined;
  /** It came when the message was past it. */
  readonly late: boolean;
  /** How many times it came again, after an answer that acknowledged it. */
  duplicates: number;
  /** What it was last answered with, where its sender saw no success: a status, or null for no answer. */
  failedAnswer: number | null | undefined;
}

/** The life of one message so far. */
export interface TimelineRow {
  readonly uuid: string;
  readonly phone: string | undefined;
  readonly steps: TimelineStep[];
}

/** What came and has no row: it is of no message, or was turned away. */
export interface TimelineAside {
  invalid: number;
  checks: number;
  otherEvents: number;
  refused: number;
}

/** Keeps the lives of the messages heard of most recently, in the order of their first event. */
export class Timeline {
  readonly #rows = new Map<string, TimelineRow>();
  readonly #capacity: number;
  /** The last arrival with which something was wrong: an error in it, a refusal, an answer that was no success. */
  lastTrouble: Arrival | undefined;
  /** How much of what came has no row. */
  readonly aside: TimelineAside = { invalid: 0, checks: 0, otherEvents: 0, refused: 0 };

  /** @param capacity how many messages are kept; of more, the oldest is let go */
  constructor(capacity = 1000) {
    this.#capacity = capacity;
  }

  get rows(): TimelineRow[] {
    return [...this.#rows.values()];
  }

  add(arrival: Arrival): void {
    const { uuid, status, phone, receivedAt, transition, reading, resentAfter } = arrival;
    if (isTrouble(arrival)) this.lastTrouble = arrival;
    const aside = asideOf(arrival);
    if (aside !== undefined) this.aside[aside] += 1;
    if (aside !== undefined || uuid === undefined || status === undefined) return;
    const row = this.#rows.get(uuid) ?? { uuid, phone, steps: [] };
    const known = row.steps.find((step) => step.status === status);
    const failedAnswer = isAcknowledged(arrival) ? undefined : arrival.answered;
    if (known !== undefined) {
      known.failedAnswer = failedAnswer;
      if (resentAfter === undefined) known.duplicates += 1;
    } else {
      const failureCode = reading?.failure?.code;
      const late = transition?.kind === 'late';
      row.steps.push({ status, receivedAt, failureCode, late, duplicates: 0, failedAnswer });
    }
    this.#rows.set(uuid, row);
    if (this.#rows.size <= this.#capacity) return;
    for (const oldest of this.#rows.keys()) {
      this.#rows.delete(oldest);
      return;
    }
  }
}

function isTrouble(arrival: Arrival): boolean {
  const { refusal, problems, forwards = [] } = arrival;
  if (refusal !== undefined || !isAcknowledged(arrival)) return true;
  return (
    problems.some(({ severity }) => severity === 'error') ||
    forwards.some(({ outcome }) => outcome !== 'accepted')
  );
}

/** Why an arrival has no row; undefined where it has one. */
function asideOf({ kind, uuid, status, refusal }: Arrival): keyof TimelineAside | undefined {
  if (refusal !== undefined) return 'refused';
  if (kind === 'connection-check') return 'checks';
  if (kind === 'other-event') return 'otherEvents';
  return uuid === undefined || status === undefined ? 'invalid' : undefined;
}
