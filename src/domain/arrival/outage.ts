import { type Arrival, isAcknowledged } from './arrival.ts';

/** After so long without a good answer Callbell writes to the account's admin (documented). */
export const EMAIL_AFTER_MS = 10 * 60_000;

/** After so long without a good answer Callbell disables the subscription (documented). */
export const DISABLED_AFTER_MS = 6 * 3_600_000;

/** What is to be said of a row of failed answers. */
export interface OutageNotice {
  readonly code: 'failing' | 'email' | 'disabled' | 'recovered';
  /** How many answers in a row failed. */
  readonly failures: number;
  /** Since the first of them, in milliseconds. */
  readonly lastedMs: number;
}

/** The facts of an arrival that the clock looks at. */
export type OutageFacts = Pick<Arrival, 'answered' | 'receivedAt' | 'ms' | 'kind' | 'refusal'>;

/** One failure may be chance, and two a retry; the third in a row is worth a line. */
const FAILURES_BEFORE_NOTICE = 3;

/** While answers go on failing, it is said again after this long, then after twice as long, and so on. */
const FIRST_REMINDER_MS = 60_000;

/**
 * Callbell's clock: follows how long answers to events have been failing, as Callbell would. Not documented is
 * whether one good answer resets its clock; it is assumed here. Anybody may send what is no event or is refused (a
 * scanner, a web page): that neither starts the clock nor stops it.
 */
export class OutageClock {
  #failures = 0;
  #beganMs = 0;
  #nextNoticeMs: number | undefined;

  /** Takes one answer; gives what is to be said now, if anything. */
  add(arrival: OutageFacts): OutageNotice | undefined {
    if (!mayBeCallbells(arrival)) return undefined;
    const acknowledged = isAcknowledged(arrival);
    if (acknowledged && this.#failures === 0) return undefined;
    const nowMs = Date.parse(arrival.receivedAt) + arrival.ms;
    if (acknowledged) return this.#recover(nowMs);
    if (this.#failures === 0) this.#beganMs = nowMs;
    this.#failures += 1;
    if (this.#failures < FAILURES_BEFORE_NOTICE) return undefined;
    const lastedMs = nowMs - this.#beganMs;
    if (this.#nextNoticeMs !== undefined && lastedMs < this.#nextNoticeMs) return undefined;
    this.#nextNoticeMs = followingNotice(lastedMs);
    return { code: stageAt(lastedMs), failures: this.#failures, lastedMs };
  }

  #recover(nowMs: number): OutageNotice | undefined {
    const failures = this.#failures;
    const wasSaid = this.#nextNoticeMs !== undefined;
    this.#failures = 0;
    this.#nextNoticeMs = undefined;
    return wasSaid ? { code: 'recovered', failures, lastedMs: nowMs - this.#beganMs } : undefined;
  }
}

/** Whether an arrival may come from Callbell. Of what is refused, only what could not be recorded may. */
function mayBeCallbells({ kind, refusal }: OutageFacts): boolean {
  if (refusal !== undefined) return refusal === 'not-recorded';
  return kind === 'status' || kind === 'other-event';
}

function stageAt(lastedMs: number): 'failing' | 'email' | 'disabled' {
  if (lastedMs >= DISABLED_AFTER_MS) return 'disabled';
  return lastedMs >= EMAIL_AFTER_MS ? 'email' : 'failing';
}

/** Reminders double, but neither of Callbell's two limits is passed in silence. */
function followingNotice(lastedMs: number): number {
  const reminder = Math.max(FIRST_REMINDER_MS, lastedMs * 2);
  const limit = [EMAIL_AFTER_MS, DISABLED_AFTER_MS].find((each) => each > lastedMs);
  return limit === undefined ? reminder : Math.min(reminder, limit);
}
