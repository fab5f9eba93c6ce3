import type { Arrival } from './arrival.ts';
import { MESSAGE_STATUSES, type MessageStatus } from './status.ts';

/** The figures of all arrivals of a listener. */
export interface ArrivalSummary {
  readonly arrivals: number;
  /** Status events, well-formed or not. */
  readonly events: number;
  /** Messages that were heard of. */
  readonly messages: number;
  /** How many events came with which status; statuses that did not come are left out. */
  readonly statuses: Readonly<Partial<Record<MessageStatus, number>>>;
  readonly otherEvents: number;
  readonly connectionChecks: number;
  readonly unreadable: number;
  /** Arrivals with at least one problem of severity `error`. */
  readonly invalid: number;
}

/** Adds up arrivals in constant memory. */
export class ArrivalTally {
  #arrivals = 0;
  #messages = 0;
  #invalid = 0;
  readonly #kinds: Record<Arrival['kind'], number> = {
    status: 0,
    'other-event': 0,
    'connection-check': 0,
    unreadable: 0,
  };
  readonly #statuses = new Map<MessageStatus, number>();

  add({ kind, status, transition, problems }: Arrival): void {
    this.#arrivals += 1;
    this.#kinds[kind] += 1;
    if (transition?.kind === 'first') this.#messages += 1;
    if (status !== undefined) this.#statuses.set(status, (this.#statuses.get(status) ?? 0) + 1);
    if (problems.some(({ severity }) => severity === 'error')) this.#invalid += 1;
  }

  summary(): ArrivalSummary {
    const inOrder = MESSAGE_STATUSES.flatMap((status) => {
      const times = this.#statuses.get(status);
      return times === undefined ? [] : [[status, times] as const];
    });
    return {
      arrivals: this.#arrivals,
      events: this.#kinds.status,
      messages: this.#messages,
      statuses: Object.fromEntries(inOrder),
      otherEvents: this.#kinds['other-event'],
      connectionChecks: this.#kinds['connection-check'],
      unreadable: this.#kinds.unreadable,
      invalid: this.#invalid,
    };
  }
}
