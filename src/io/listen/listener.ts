import { randomInt } from 'node:crypto';
import type { Arrival } from '../../domain/arrival/arrival.ts';
import { checkOptions } from '../../domain/check-options.ts';
import { type ArrivalCriteria, ArrivalLog, type WaitOptions } from './arrival-log.ts';
import { CRITERIA_CHECKS, LISTENER_CHECKS, type ListenerOptions, WAIT_CHECKS } from './listener-options.ts';
import { startReceiver } from './receiver.ts';

/** A running listener. */
export interface Listener {
  /** Where to send to, for example `http://127.0.0.1:3000`. */
  readonly url: string;
  readonly port: number;
  /**
   * Every request in the order of its answer; ends after `close()`. May be iterated any number of times,
   * before, while and after requests arrive: each iteration sees all of them. The latest 10,000 are held (or
   * 16 MiB of bodies, whichever comes first): an iteration that falls further behind misses the oldest,
   * which `n` shows.
   */
  readonly arrivals: AsyncIterable<Arrival>;
  /**
   * The first arrival that fits, of those that came and those to come. One that was refused (a signature that
   * is not verified, a body over the limit, a foreign `Host`, a capture that cannot be written) fits only
   * where `refusal` asks for it. How it was answered on purpose, or by a target, makes no difference.
   *
   * @param criteria without any, the first arrival
   * @throws {CallbellStatusError} `timeout` when none came in time (4 s by default) or before `close()`; `usage`
   *   for a status, a kind or an option that does not exist. Rejects with the error itself as soon as `onNotice` has
   *   thrown one, or an internal error has happened in a request
   */
  waitFor(criteria?: ArrivalCriteria, options?: WaitOptions): Promise<Arrival>;
  /**
   * Stops accepting, lets what is under way finish (2 s at most), and ends `arrivals`. Idempotent. Always settles: it
   * rejects, after everything is closed, with the first error that `onNotice` threw or that happened inside the
   * listener while a request was received (such a request is answered 500), so that no test passes in spite of it.
   */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Starts to receive webhooks: answers 200 `{"status":"ok"}` to every request, whatever its method and path,
 * unless its options say otherwise, and tells what each was.
 *
 * @example
 * ```ts
 * const listener = await startListener();
 * // … let what is under test send to listener.url …
 * const arrival = await listener.waitFor({ status: 'read' });
 * await listener.close();
 * ```
 *
 * @throws {CallbellStatusError} `address-in-use`, `address-unavailable`, `write-failed`; `usage` for an option that
 *   does not exist or makes no sense
 */
export async function startListener(options: ListenerOptions = {}): Promise<Listener> {
  checkOptions('startListener', options, LISTENER_CHECKS);
  const log = new ArrivalLog();
  const receiver = await startReceiver(options, {
    now: Date.now,
    randomSeed: () => randomInt(2 ** 32),
    onArrival: (arrival) => log.push(arrival),
    onFault: (error) => log.fail(error),
  });
  let closed: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    await receiver.close().finally(() => log.end());
    log.rethrowFault();
  };
  const closeOnce = (): Promise<void> => {
    closed ??= close();
    return closed;
  };
  return {
    url: receiver.url,
    port: receiver.port,
    arrivals: log,
    waitFor: async (criteria = {}, waitOptions = {}) => {
      checkOptions('waitFor', criteria, CRITERIA_CHECKS);
      checkOptions('waitFor', waitOptions, WAIT_CHECKS);
      return log.waitFor(criteria, waitOptions);
    },
    close: closeOnce,
    [Symbol.asyncDispose]: closeOnce,
  };
}
