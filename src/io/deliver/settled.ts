import type { Delivery } from '../../domain/delivery/delivery.ts';
import type { DeliverableEvent, DeliverOptions } from './deliver-options.ts';

/** What became of an event: it was sent, or the run ended before it was. */
export type Settled<Event extends DeliverableEvent> =
  | { readonly event: Event; readonly delivery: Delivery }
  | { readonly event: Event; readonly notSent: EndReason };

/** Why a run sends no more: its signal came, or a delivery was not accepted and that was to end it. */
export type EndReason = 'interrupted' | 'bailed';

/** How to run many deliveries. */
export interface RunOptions extends DeliverOptions {
  /** After an early end, goes on reading the input and gives the rest of it as not sent. */
  readonly drain?: boolean;
}
