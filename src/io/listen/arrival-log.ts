import { setTimeout as wait } from 'node:timers/promises';
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

  async *[Symbol.asyncIterator](): AsyncGenerator<Arrival> {
    let next = 0;
    for (;;) {
      next = Math.max(next, this.#firstHeld);
      const arrival = this.#held[next - this.#firstHeld];
      if (arrival !== undefined) {
        next += 1;
        yield arrival;
      } else if (this.#ended) return;
      else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  /**
   * The first arrival that fits, of those held and those to come.
   *
   * @throws {CallbellStatusError} `timeout` when none came in time or the listener was closed first
   */
  async waitFor(
    criteria: ArrivalCriteria,
    { timeout = DEFAULT_WAIT_MS }: WaitOptions = {},
  ): Promise<Arrival> {
    const found = new AbortController();
    const { signal } = found;
    const tooLate = wait(timeout, 'too-late' as const, { signal }).catch(() => 'too-late' as const);
    const iterator = this[Symbol.asyncIterator]();
    const refusals = new Set<Refusal>();
    try {
      for (;;) {
        const result = await Promise.race([iterator.next(), tooLate]);
        if (result === 'too-late') throw notArrived(criteria, `within ${timeout} ms`, refusals);
        if (result.done) throw notArrived(criteria, 'before the listener was closed', refusals);
        const { refusal } = result.value;
        if (fits(result.value, criteria)) return result.value;
        if (refusal !== undefined && fits(result.value, { ...criteria, refusal })) refusals.add(refusal);
      }
    } finally {
      found.abort();
      // Its promise settles with the next arrival or the end; nobody waits for it any more.
      void iterator.return(undefined);
    }
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

function notArrived(
  criteria: ArrivalCriteria,
  when: string,
  refusals: ReadonlySet<Refusal>,
): CallbellStatusError {
  const wanted = Object.entries(criteria).map(([name, value]) => `${name} ${String(value)}`);
  const refused = refusals.size === 0 ? '' : `; what did was refused: ${[...refusals].join(', ')}`;
  return new CallbellStatusError(
    'timeout',
    `no arrival with ${wanted.join(', ') || 'anything'} came ${when}${refused}`,
    refusals.size === 0 ? {} : { hint: 'waitFor({ refusal }) waits for a refused one' },
  );
}
