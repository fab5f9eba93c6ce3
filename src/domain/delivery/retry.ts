import { DELIVERY_FAILURES, type Delivery, isSuccess } from './delivery.ts';

/** When a delivery that failed is tried again. */
export interface RetryPolicy {
  /** How often at most, after the first attempt. */
  readonly retries: number;
  /**
   * How long to wait before each retry, in milliseconds; the last one holds for all that follow.
   * Without it, waits double from one second up to a minute, each shortened at random by up to a half.
   */
  readonly schedule?: readonly number[];
  /**
   * The longest wait that a `Retry-After` header may ask for, in milliseconds; a longer one is cut to it.
   * @default 300000
   */
  readonly maxWaitMs?: number;
}

/** A longer `Retry-After` is cut: one bad header must not stop a run for years. */
const LONGEST_ASKED_MS = 5 * 60_000;

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 60_000;

/**
 * Whether a failed delivery is worth another attempt: no complete answer for a passing reason, 429, or 5xx.
 * A handler that says 400 will say so again.
 */
export function isWorthRetrying(
  delivery: Pick<Delivery, 'outcome' | 'httpStatus' | 'failure' | 'expected'>,
): boolean {
  const { outcome, httpStatus, failure } = delivery;
  if (outcome === 'accepted' || isSuccess(delivery)) return false;
  if (failure !== undefined) return DELIVERY_FAILURES[failure].passing;
  return httpStatus === 429 || (httpStatus !== undefined && httpStatus >= 500);
}

/** A wait before a retry, in milliseconds. */
export interface RetryWait {
  readonly waitMs: number;
  /** What `Retry-After` asked for, where that was more. */
  readonly askedMs?: number;
}

/**
 * Decides how long to wait before retry number `retry` (from 1): as `Retry-After` asks, within the limit of the policy,
 * else by its schedule.
 *
 * @param askedMs what `Retry-After` asks for, if anything
 * @param random a number from 0 up to but not including 1
 */
export function retryWait(
  policy: RetryPolicy,
  retry: number,
  askedMs: number | undefined,
  random: number,
): RetryWait {
  const { maxWaitMs = LONGEST_ASKED_MS } = policy;
  if (askedMs === undefined) return { waitMs: scheduledWait(policy, retry, random) };
  return askedMs > maxWaitMs ? { waitMs: maxWaitMs, askedMs } : { waitMs: askedMs };
}

function scheduledWait({ schedule }: RetryPolicy, retry: number, random: number): number {
  const scheduled = schedule?.[Math.min(retry, schedule.length) - 1];
  if (scheduled !== undefined) return scheduled;
  const full = Math.min(FIRST_WAIT_MS * 2 ** (retry - 1), LONGEST_WAIT_MS);
  return full * (1 - random / 2);
}

/** More than thirty years; a longer number says no more. */
const MOST_SECONDS = 1_000_000_000;

/**
 * Parses a `Retry-After` header to milliseconds; it has seconds or an HTTP date (RFC 9110). Undefined where it has
 * neither.
 */
export function parseRetryAfter(value: string | undefined, nowMilliseconds: number): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d+$/.test(value.trim())) return Math.min(Number(value), MOST_SECONDS) * 1000;
  const moment = /^[A-Z][a-z]{2},? .*GMT$/.test(value.trim()) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(moment) ? undefined : Math.max(0, moment - nowMilliseconds);
}
