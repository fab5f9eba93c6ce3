import { checkOptions } from '../../domain/check-options.ts';
import type { Delivery } from '../../domain/delivery/delivery.ts';
import { DELIVER_CHECKS, eventBytes } from './check-deliver.ts';
import type { DeliverableEvent, DeliverOptions } from './deliver-options.ts';
import { runDeliveries } from './delivery-run.ts';
import type { RunControl } from './settled.ts';

/**
 * Delivers events, each as the bytes it is, and gives a {@link Delivery} for every one that was sent: an
 * answer that refuses or a target that cannot be reached is a value, not an exception. Redirects are not
 * followed. With a concurrency above 1 deliveries come as they end; `n` is their place in the input. After
 * its signal it ends with what was under way.
 *
 * @example
 * ```ts
 * for await (const delivery of deliverAll(events, { url, concurrency: 10, retry: { retries: 2 } })) {
 *   if (delivery.outcome !== 'accepted') console.error(delivery.source, delivery.reason);
 * }
 * ```
 *
 * @throws {CallbellStatusError} `usage` when the target is Callbell itself, and for an option that does not exist or
 *   makes no sense
 */
export async function* deliverAll(
  events: AsyncIterable<DeliverableEvent> | Iterable<DeliverableEvent>,
  options: DeliverOptions,
): AsyncGenerator<Delivery> {
  checkOptions('deliverAll', options, DELIVER_CHECKS);
  for await (const batch of runDeliveries(events, options, controlOf(options))) {
    for (const settled of batch) if ('delivery' in settled) yield settled.delivery;
  }
}

function controlOf({ signal, hurry }: DeliverOptions): RunControl {
  const ends = signal === undefined ? [] : [{ signal, reason: 'interrupted' } as const];
  return { ends, giveUp: hurry, drain: false, onEnd: undefined };
}

/**
 * Delivers one event. Never rejects for what the target does.
 *
 * @example
 * ```ts
 * const bytes = Buffer.from(JSON.stringify(event));
 * const { outcome, httpStatus } = await deliver(
 *   { bytes, source: 'a test' },
 *   { url: new URL('http://localhost:3000/webhooks') },
 * );
 * ```
 *
 * @throws {CallbellStatusError} `usage`, as {@link deliverAll}
 */
export async function deliver(
  event: DeliverableEvent,
  options: Omit<DeliverOptions, 'signal'>,
): Promise<Delivery> {
  checkOptions('deliver', options, DELIVER_CHECKS);
  eventBytes(event.bytes, 'bytes', 'deliver');
  for await (const delivery of deliverAll([event], options)) return delivery;
  throw new Error('one event gives one delivery');
}
