import { RecentMap } from '../recent-map.ts';
import { MESSAGE_STATUSES, type MessageStatus, STATUS_FACTS } from '../status.ts';
import { type Arrival, cameThrough } from './arrival.ts';

/** What a run of the listener is to prove. Messages other than `uuid` do not count where it is given. */
export interface ExpectationOptions {
  /** The whole uuid of one message, or how it begins. */
  readonly uuid?: string | undefined;
  /** A status that must come; the run ends with it. */
  readonly until?: readonly MessageStatus[] | undefined;
  /** How many status events must come; the run ends with the last. */
  readonly maxEvents?: number | undefined;
  /** The statuses every message must come through, in this order. */
  readonly expect?: readonly MessageStatus[] | undefined;
  /** An arrival with an error is a failure. */
  readonly failOnInvalid?: boolean | undefined;
}

/** How many messages are followed for `expect`, those heard of most recently; of more, some are forgotten. */
const FOLLOWED_MESSAGES = 50_000;

/**
 * Follows arrivals and tells whether what was expected came true. What was refused counts for nothing, and an
 * event only where it came through: a target that did not accept it has not handled it.
 *
 * `expect` is met when at least one message was heard of, and every message heard of had the statuses in the
 * order asked for. Other statuses in between (duplicates, a mismatch) do not matter.
 */
export class Expectations {
  readonly #options: ExpectationOptions;
  readonly #progress = new RecentMap<string, number>(FOLLOWED_MESSAGES);
  readonly #awaited: Set<MessageStatus>;
  readonly #came = new Set<MessageStatus>();
  #complete = 0;
  #events = 0;
  #invalid = 0;
  #refused = 0;
  #notAccepted = 0;

  constructor(options: ExpectationOptions) {
    this.#options = options;
    this.#awaited = new Set(options.until);
  }

  /** Whether anything is expected at all. */
  get isEmpty(): boolean {
    const { until, maxEvents, expect, failOnInvalid } = this.#options;
    return until === undefined && maxEvents === undefined && expect === undefined && !failOnInvalid;
  }

  /** Whether more arrivals can change nothing that is waited for: all has come, or it has failed. */
  get isSettled(): boolean {
    const { until, maxEvents, expect, failOnInvalid } = this.#options;
    if (failOnInvalid && this.#invalid > 0) return true;
    if (maxEvents !== undefined && this.#events >= maxEvents) return true;
    if (until === undefined && expect === undefined) return false;
    if (maxEvents !== undefined && until === undefined) return false;
    return this.#awaited.size === 0 && this.#isExpectMet;
  }

  add(arrival: Arrival): void {
    if (arrival.refusal !== undefined) {
      this.#refused += 1;
      return;
    }
    if (arrival.problems.some(({ severity }) => severity === 'error')) this.#invalid += 1;
    const { uuid, status } = arrival;
    if (arrival.kind !== 'status' || !matchesUuid(uuid, this.#options.uuid)) return;
    if (!cameThrough(arrival)) {
      this.#notAccepted += 1;
      return;
    }
    this.#events += 1;
    if (status === undefined) return;
    this.#awaited.delete(status);
    this.#came.add(status);
    if (this.#options.expect !== undefined && uuid !== undefined) {
      this.#advance(uuid, status, this.#options.expect);
    }
  }

  #advance(uuid: string, status: MessageStatus, expected: readonly MessageStatus[]): void {
    const done = this.#progress.get(uuid) ?? 0;
    const next = expected[done] === status ? done + 1 : done;
    const hasForgotten = this.#progress.put(uuid, next);
    if (hasForgotten) this.#complete = this.#countComplete(expected.length);
    else if (next === expected.length && next > done) this.#complete += 1;
  }

  #countComplete(steps: number): number {
    let count = 0;
    for (const [, done] of this.#progress.entries()) if (done === steps) count += 1;
    return count;
  }

  get #isExpectMet(): boolean {
    if (this.#options.expect === undefined) return true;
    return this.#progress.size > 0 && this.#complete === this.#progress.size;
  }

  /**
   * What did not come true, a sentence each; empty where all did.
   *
   * @param endedWhenSettled the run ended because more arrivals could change nothing. Where it was an error
   *   that ended it, what had not come by then is not missing: nobody waited for it.
   */
  missing(endedWhenSettled = false): string[] {
    const { uuid, maxEvents, failOnInvalid } = this.#options;
    const invalid = failOnInvalid && this.#invalid > 0 ? [`${this.#invalid} of the arrivals had errors`] : [];
    const isFull = maxEvents !== undefined && this.#events >= maxEvents;
    if (endedWhenSettled && invalid.length > 0 && !isFull) return invalid;
    const whose = uuid === undefined ? '' : ` of ${uuid}`;
    return [
      ...[...this.#awaited].map((status) => `no "${status}"${whose} came${this.#whatCameInstead(status)}`),
      ...(maxEvents !== undefined && this.#events < maxEvents && this.#options.until === undefined
        ? [`${this.#events} of ${maxEvents} events${whose} came`]
        : []),
      ...this.#missingSteps(whose),
      ...invalid,
    ];
  }

  /** The statuses that came; for one that a later one implies, which that is. */
  #whatCameInstead(awaited: MessageStatus): string {
    const came = MESSAGE_STATUSES.filter((status) => this.#came.has(status));
    if (came.length === 0) return '';
    const rank = STATUS_FACTS[awaited].rank;
    const later = came.find((status) => rank !== null && (STATUS_FACTS[status].rank ?? 0) > rank);
    const implied = later === undefined ? '' : `; a message that is ${later} was ${awaited}`;
    return `, but ${came.join(', ')}${implied}`;
  }

  /** What came but did not count, in words; empty where everything did. */
  notCounted(): string[] {
    return [
      ...(this.#refused > 0 ? [`${this.#refused} refused`] : []),
      ...(this.#notAccepted > 0 ? [`${this.#notAccepted} not accepted by the target`] : []),
    ];
  }

  #missingSteps(whose: string): string[] {
    const { expect } = this.#options;
    if (expect === undefined || this.#isExpectMet) return [];
    if (this.#progress.size === 0) return [`no event${whose} came, expected were ${expect.join(', ')}`];
    const missing: string[] = [];
    let others = 0;
    for (const [uuid, done] of this.#progress.entries()) {
      if (done === expect.length) continue;
      if (missing.length === LISTED_MESSAGES) others += 1;
      else {
        // What comes after it is not looked at until it has come, so that nothing is said of that.
        const after = done === 0 ? '' : ` after ${expect.slice(0, done).join(', ')}`;
        missing.push(`${uuid}: no ${expect[done]}${after} (expected: ${expect.join(', ')}, in this order)`);
      }
    }
    return others === 0 ? missing : [...missing, `${others} more messages did not come through`];
  }
}

const LISTED_MESSAGES = 10;

/** Whether a uuid is the one that was asked for, or begins like it; where none was, all are. */
export function matchesUuid(uuid: string | undefined, wanted: string | undefined): boolean {
  return wanted === undefined || uuid?.startsWith(wanted) === true;
}
