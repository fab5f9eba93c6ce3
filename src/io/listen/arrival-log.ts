import type { Arrival, ArrivalKind, Refusal } from '../../domain/arrival/arrival.ts';
import type { MessageStatus } from '../../domain/status.ts';
import { CallbellStatusError } from '../../errors.ts';

/**
 * Which arrival is waited for; what is not named does not matter, save that a refused one fits only where
 * `refusal` asks for it: a forged event, or one that is too large, is not what a test waits for.
 */
export interface ArrivalCriteria {
  readonly status?: MessageStatus;
  readonly uuid?: string;
  readonly kind?: ArrivalKind;
  /** Waits for an arrival that was turned away: for this reason, or for `any`. */
  readonly refusal?: Refusal | 'any';
}

/** How long to wait for an arrival. */
export interface WaitOptions {
  /**
   * In milliseconds. Less than the 5000 after which test runners give up themselves, who cannot say what was
   * missing.
   * @default 4000
   */
  readonly timeout?: number;
}

const DEFAULT_WAIT_MS = 4000;

/** How much is held: whichever comes first. */
export interface LogLimits {
  readonly arrivals: number;
  readonly bodyBytes: number;
}

const DEFAULT_LIMITS: LogLimits = { arrivals: 10_000, bodyBytes: 16 * 1024 * 1024 };

/**
 * Holds the latest arrivals. Every iteration sees all of them from the oldest that is held, each at its own
 * pace; one that falls behind by more than is held misses what was let go, which `n` of the arrivals shows.
 */
export class ArrivalLog implements AsyncIterable<Arrival> {
  readonly #limits: LogLimits;
  #held: Arrival[] = [];
  #firstHeld = 0;
  #bodyBytes = 0;
  #ended = false;
  #waiting: (() => void)[] = [];
  #fault: { readonly error: unknown } | undefined;

  constructor(limits: LogLimits = DEFAULT_LIMITS) {
    this.#limits = limits;
  }

  push(arrival: Arrival): void {
    this.#held.push(arrival);
    this.#bodyBytes += arrival.body.length;
    this.#letGo();
    this.#wake();
  }

  /** After what was pushed so far, iterations end. */
  end(): void {
    this.#ended = true;
    this.#wake();
  }

  /** Something happened that makes it wrong to go on as if nothing had; only the first is kept. */
  fail(error: unknown): void {
    this.#fault ??= { error };
    this.#wake();
  }

  /** @throws the error of {@link fail}, where there was one */
  rethrowFault(): void {
    if (this.#fault !== undefined) throw this.#fault.error;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Arrival> {
    let next = 0;
    for (;;) {
      next = Math.max(next, this.#firstHeld);
      const arrival = this.#held[next - this.#firstHeld];
      if (arrival !== undefined) {
        next += 1;
        yield arrival;
      } else if (this.#ended) return;
      else await this.#more();
    }
  }

  /**
   * Resolves with the first arrival that fits, of those held and those to come.
   *
   * @throws {CallbellStatusError} `timeout` when none came in time or the listener was closed first
   * @throws the error of {@link fail}, where there was one
   */
  async waitFor(
    criteria: ArrivalCriteria,
    { timeout = DEFAULT_WAIT_MS }: WaitOptions = {},
  ): Promise<Arrival> {
    const others = new OtherArrivals();
    let isTooLate = false;
    const timer = setTimeout(() => {
      isTooLate = true;
      this.#wake();
    }, timeout);
    try {
      for (let next = 0; ; ) {
        this.rethrowFault();
        next = Math.max(next, this.#firstHeld);
        for (const arrival of this.#held.slice(next - this.#firstHeld)) {
          next += 1;
          if (fits(arrival, criteria)) return arrival;
          others.add(arrival);
        }
        if (isTooLate) throw notArrived(criteria, `within ${timeout} ms`, others);
        if (this.#ended) throw notArrived(criteria, 'before the listener was closed', others);
        await this.#more();
      }
    } finally {
      clearTimeout(timer);
    }
  }

  /** Resolves when there may be something new. */
  #more(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #letGo(): void {
    const { arrivals, bodyBytes } = this.#limits;
    let gone = 0;
    while (this.#held.length - gone > 1) {
      if (this.#held.length - gone <= arrivals && this.#bodyBytes <= bodyBytes) break;
      this.#bodyBytes -= this.#held[gone]?.body.length ?? 0;
      gone += 1;
    }
    if (gone === 0) return;
    this.#held.splice(0, gone);
    this.#firstHeld += gone;
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const wake of waiting) wake();
  }
}

function fits(arrival: Arrival, { status, uuid, kind, refusal }: ArrivalCriteria): boolean {
  const isRightlyRefused = refusal === 'any' ? arrival.refusal !== undefined : arrival.refusal === refusal;
  return (
    isRightlyRefused &&
    (status === undefined || arrival.status === status) &&
    (uuid === undefined || arrival.uuid === uuid) &&
    (kind === undefined || arrival.kind === kind)
  );
}

/** Arrivals that were not waited for, as far as an error message names them. */
class OtherArrivals {
  #count = 0;
  #latest: string[] = [];
  hasRefused = false;

  add(arrival: Arrival): void {
    this.#count += 1;
    this.#latest = [...this.#latest.slice(1 - NAMED_ARRIVALS), nameOf(arrival)];
    if (arrival.refusal !== undefined) this.hasRefused = true;
  }

  get sentence(): string {
    if (this.#count === 0) return 'nothing came';
    const names = this.#latest.join(', ');
    return this.#count > NAMED_ARRIVALS
      ? `${this.#count} others came, the last ones: ${names}`
      : `what came: ${names}`;
  }
}

const NAMED_ARRIVALS = 5;

function nameOf({ kind, status, uuid = '', refusal }: Arrival): string {
  // Any other text is not ours, and may play with the terminal.
  const whose = /^[0-9a-f]{32}$/.test(uuid) ? ` of ${uuid}` : '';
  return `${status ?? kind}${whose}${refusal === undefined ? '' : ` (refused: ${refusal})`}`;
}

function notArrived(criteria: ArrivalCriteria, when: string, others: OtherArrivals): CallbellStatusError {
  const wanted = Object.entries(criteria).map(([name, value]) => `${name} ${String(value)}`);
  const message = `no arrival with ${wanted.join(', ') || 'anything'} came ${when}; ${others.sentence}`;
  const hint = 'waitFor({ refusal }) waits for a refused one';
  // Test runners print the message alone.
  return others.hasRefused
    ? new CallbellStatusError('timeout', `${message}. ${hint}`, { hint })
    : new CallbellStatusError('timeout', message);
}
