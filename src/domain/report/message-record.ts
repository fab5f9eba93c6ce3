import { MESSAGE_STATUSES, type MessageStatus } from '../status.ts';
import type { ReportEvent, ReportedFailure, ReportedPricing } from './report-event.ts';

/** What became of a message: the furthest step, or `failed` where nothing later than `sent` came. */
export const OUTCOMES = ['read', 'delivered', 'sent', 'enqueued', 'failed', 'other'] as const;

/** One of {@link OUTCOMES}; `other` has come with side notes only (`mismatch`, `deleted`). */
export type Outcome = (typeof OUTCOMES)[number];

/** Two clocks tell when a status was: the provider's, and that of whoever received it. */
export type ReportClock = 'provider' | 'receiver';

/** A span of time between two statuses, by one clock. */
export interface MeasuredStep {
  readonly ms: number;
  readonly clock: ReportClock;
}

const STATUS_COUNT = MESSAGE_STATUSES.length;
/** For each status the earliest moment by the provider, by the receiver, and by the order of the lines. */
const COLUMNS = { provider: 0, receiver: STATUS_COUNT, line: 2 * STATUS_COUNT } as const;
/** Nobody resends a message with more reasons than these; what is beyond them is an attack on our memory. */
const MOST_FAILURES = 4;

/**
 * All that a report keeps of one message. What it comes to does not depend on the order in which the events are
 * added: of each status the earliest moment counts. Only {@link lateStatuses} falls back on the order, where the
 * capture does not say when the events were received.
 */
export class MessageRecord {
  /** A bit for each status. */
  #seen = 0;
  #events = 0;
  #received = 0;
  /** A flat list of numbers takes a third of the memory of objects with members. */
  readonly #moments: number[] = new Array<number>(3 * STATUS_COUNT).fill(Number.NaN);
  #failures: readonly ReportedFailure[] = [];
  #pricing: ReportedPricing | undefined;
  #pricingRank = Number.POSITIVE_INFINITY;
  #recipient: string | undefined;

  /** @param line the number of the event in the whole input, from 1 */
  add({ status, occurredAt, receivedAt, failure, pricing, recipient }: ReportEvent, line: number): void {
    const index = MESSAGE_STATUSES.indexOf(status);
    this.#seen |= 1 << index;
    this.#events += 1;
    this.#keepEarliest(COLUMNS.provider + index, occurredAt);
    this.#keepEarliest(COLUMNS.receiver + index, receivedAt);
    this.#keepEarliest(COLUMNS.line + index, line);
    if (receivedAt !== undefined) this.#received += 1;
    if (failure !== undefined) this.#addFailure(failure);
    if (pricing !== undefined) this.#addPricing(pricing, index);
    // Only failures are asked for their recipient, and most messages do not fail.
    if (status === 'failed') this.#recipient = smaller(this.#recipient, recipient);
  }

  has(status: MessageStatus): boolean {
    return (this.#seen & (1 << MESSAGE_STATUSES.indexOf(status))) !== 0;
  }

  get outcome(): Outcome {
    if (this.has('read')) return 'read';
    if (this.has('delivered')) return 'delivered';
    if (this.has('failed')) return 'failed';
    if (this.has('sent')) return 'sent';
    return this.has('enqueued') ? 'enqueued' : 'other';
  }

  /** Events beyond the first of each status. */
  get duplicates(): number {
    return this.#events - MESSAGE_STATUSES.filter((status) => this.has(status)).length;
  }

  get failures(): readonly ReportedFailure[] {
    return this.#failures;
  }

  /** The pricing of its earliest step that has one: providers repeat it, and it counts once a message. */
  get pricing(): ReportedPricing | undefined {
    return this.#pricing;
  }

  get recipient(): string | undefined {
    return this.#recipient;
  }

  /** Its earliest moment: by the provider's clock, else by the receiver's. In unix milliseconds. */
  get begins(): number | undefined {
    return this.#earliest(COLUMNS.provider) ?? this.#earliest(COLUMNS.receiver);
  }

  /** When a status was: by the provider's clock, else by the receiver's. In unix milliseconds. */
  momentOf(status: MessageStatus): number | undefined {
    return this.#at(COLUMNS.provider, status) ?? this.#at(COLUMNS.receiver, status);
  }

  /** Every event of it says when it was received. */
  get isTimed(): boolean {
    return this.#received === this.#events;
  }

  /** The statuses that came after one that they precede. */
  get lateStatuses(): readonly MessageStatus[] {
    const column = this.isTimed ? COLUMNS.receiver : COLUMNS.line;
    return MESSAGE_STATUSES.filter((status) => {
      const own = this.#at(column, status);
      return own !== undefined && LATER[status].some((each) => (this.#at(column, each) ?? own) < own);
    });
  }

  /** The time between two statuses: by the provider's clock where both have it, else by the receiver's. */
  step(from: MessageStatus, to: MessageStatus): MeasuredStep | undefined {
    for (const clock of ['provider', 'receiver'] as const) {
      const start = this.#at(COLUMNS[clock], from);
      const end = this.#at(COLUMNS[clock], to);
      if (start !== undefined && end !== undefined) return { ms: end - start, clock };
    }
    return undefined;
  }

  #at(column: number, status: MessageStatus): number | undefined {
    const moment = this.#moments[column + MESSAGE_STATUSES.indexOf(status)] ?? Number.NaN;
    return Number.isNaN(moment) ? undefined : moment;
  }

  #earliest(column: number): number | undefined {
    const moments = this.#moments.slice(column, column + STATUS_COUNT).filter((each) => !Number.isNaN(each));
    return moments.length === 0 ? undefined : Math.min(...moments);
  }

  #keepEarliest(at: number, moment: number | undefined): void {
    const known = this.#moments[at] ?? Number.NaN;
    if (moment !== undefined && !(known <= moment)) this.#moments[at] = moment;
  }

  #addFailure(failure: ReportedFailure): void {
    const { provider, code } = failure;
    const known = this.#failures.find((each) => each.provider === provider && each.code === code);
    const others = this.#failures.filter((each) => each !== known);
    if (known !== undefined) {
      this.#failures = [...others, { provider, code, text: smaller(known.text, failure.text) }];
    } else if (others.length < MOST_FAILURES) {
      this.#failures = [...others, failure];
    }
  }

  #addPricing(pricing: ReportedPricing, rank: number): void {
    const isEarlier = rank < this.#pricingRank;
    if (!isEarlier && (rank > this.#pricingRank || !isBefore(pricing, this.#pricing))) return;
    this.#pricing = pricing;
    this.#pricingRank = rank;
  }
}

/** The statuses after which a status is late: the steps behind it; `failed` counts until `delivered`. */
const LATER: Readonly<Record<MessageStatus, readonly MessageStatus[]>> = {
  enqueued: ['sent', 'delivered', 'read', 'failed'],
  sent: ['delivered', 'read', 'failed'],
  delivered: ['read'],
  read: [],
  failed: ['delivered', 'read'],
  mismatch: [],
  deleted: [],
};

/** An order of two pricings, so that the one that is kept does not depend on which came first. */
function isBefore(one: ReportedPricing, other: ReportedPricing | undefined): boolean {
  return other !== undefined && keyOf(one) < keyOf(other);
}

/** One of two texts, whichever came first. */
export function smaller(one: string | undefined, other: string | undefined): string | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return one <= other ? one : other;
}

function keyOf({ category, type, billable }: ReportedPricing): string {
  return `${category} ${type} ${billable}`;
}
