import type { MessageStatus } from '../status.ts';
import type { Arrival } from './arrival.ts';

/** One status in the life of a message, as it arrived. */
export interface TimelineStep {
  readonly status: MessageStatus;
  readonly receivedAt: string;
  /** Why the message failed, where its event says. */
  readonly failureCode?: number | undefined;
  /** It came when the message was past it. */
  readonly late: boolean;
  /** How many times it came again. */
  duplicates: number;
}

/** The life of one message so far. */
export interface TimelineRow {
  readonly uuid: string;
  readonly phone: string | undefined;
  readonly steps: TimelineStep[];
}

/** Keeps the lives of the messages heard of most recently, in the order of their first event. */
export class Timeline {
  readonly #rows = new Map<string, TimelineRow>();
  readonly #capacity: number;

  /** @param capacity how many messages are kept; of more, the oldest is let go */
  constructor(capacity = 1000) {
    this.#capacity = capacity;
  }

  get rows(): TimelineRow[] {
    return [...this.#rows.values()];
  }

  add({ uuid, status, phone, receivedAt, transition, refusal, reading }: Arrival): void {
    if (uuid === undefined || status === undefined || refusal !== undefined) return;
    const row = this.#rows.get(uuid) ?? { uuid, phone, steps: [] };
    const known = row.steps.find((step) => step.status === status);
    if (known !== undefined) known.duplicates += 1;
    else {
      const failureCode = reading?.failure?.code;
      row.steps.push({ status, receivedAt, failureCode, late: transition?.kind === 'late', duplicates: 0 });
    }
    this.#rows.set(uuid, row);
    if (this.#rows.size <= this.#capacity) return;
    for (const oldest of this.#rows.keys()) {
      this.#rows.delete(oldest);
      return;
    }
  }
}
