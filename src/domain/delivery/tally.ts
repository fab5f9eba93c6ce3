import { DELIVERY_FAILURES, type Delivery, type DeliveryOutcome, isSuccess } from './delivery.ts';
import { type LatencyBar, LatencyHistogram, type LatencySummary } from './latency.ts';

/** The figures of many deliveries. */
export interface DeliverySummary {
  readonly total: number;
  readonly accepted: number;
  readonly refused: number;
  readonly unreachable: number;
  /** With a signature fault: how many were refused for it, as they should be. */
  readonly expected?: number;
  /** Events that were to be delivered and never left: unreadable, or left over after the run was ended. */
  readonly notSent: number;
  /** How many answers had which HTTP status. */
  readonly httpStatuses: Readonly<Record<string, number>>;
  /** Of the deliveries that were answered, in milliseconds; null where there was none. */
  readonly latencyMs: LatencySummary | null;
}

/** Adds up deliveries in constant memory. */
export class DeliveryTally {
  #notSent = 0;
  #reached = 0;
  #succeeded = 0;
  /** How many were refused as expected; undefined where none was to be refused. */
  #expected: number | undefined;
  readonly #outcomes: Record<DeliveryOutcome, number> = { accepted: 0, refused: 0, unreachable: 0 };
  readonly #httpStatuses = new Map<number, number>();
  readonly #latencies = new LatencyHistogram();

  add(delivery: Delivery): void {
    const { outcome, httpStatus, ms, failure, expected } = delivery;
    if (isSuccess(delivery)) this.#succeeded += 1;
    if (expected !== undefined) this.#expected = (this.#expected ?? 0) + (expected ? 1 : 0);
    this.#outcomes[outcome] += 1;
    if (failure === undefined || DELIVERY_FAILURES[failure].reached) this.#reached += 1;
    if (httpStatus !== undefined) {
      this.#httpStatuses.set(httpStatus, (this.#httpStatuses.get(httpStatus) ?? 0) + 1);
    }
    if (outcome !== 'unreachable') this.#latencies.add(ms);
  }

  addNotSent(count = 1): void {
    this.#notSent += count;
  }

  /** Deliveries that came to an end, whichever. */
  get done(): number {
    const { accepted, refused, unreachable } = this.#outcomes;
    return accepted + refused + unreachable;
  }

  /** Deliveries that did not come to what they were made for. */
  get failed(): number {
    return this.done - this.#succeeded;
  }

  /** Events that never left. */
  get notSent(): number {
    return this.#notSent;
  }

  /** Whether any request got to the target, or may have. */
  get everReached(): boolean {
    return this.#reached > 0;
  }

  /** The latencies as at most that many ranges. */
  bars(most: number): LatencyBar[] {
    return this.#latencies.bars(most);
  }

  summary(): DeliverySummary {
    return {
      total: this.done + this.#notSent,
      ...this.#outcomes,
      ...(this.#expected !== undefined && { expected: this.#expected }),
      notSent: this.#notSent,
      httpStatuses: Object.fromEntries([...this.#httpStatuses].sort(([a], [b]) => a - b)),
      latencyMs: this.#latencies.summary(),
    };
  }
}
