import type { Delivery } from '../../domain/delivery/delivery.ts';
import type { DeliverableEvent } from './deliver-options.ts';

/** What became of an event: it was sent, or the run ended before it was. */
export type Settled<Event extends DeliverableEvent> =
  | { readonly event: Event; readonly delivery: Delivery }
  | { readonly event: Event; readonly notSent: EndReason };

/**
 * Why a run sends no more before its input has ended.
 *
 * - `interrupted`: a signal came
 * - `bailed`: a delivery was not accepted, and that was to end it
 * - `stopped`: something else failed: an output that cannot be written or has no reader, a fault of ours
 */
export type EndReason = 'interrupted' | 'bailed' | 'stopped';

/** What ends a run early, and what is done then. */
export interface RunControl {
  /** Each ends the run: what is in flight is finished, nothing more is sent, no retry is waited for. */
  readonly ends: readonly { readonly signal: AbortSignal; readonly reason: EndReason }[];
  /** Gives up what is in flight; to be aborted after the run was ended. */
  readonly giveUp: AbortSignal | undefined;
  /** Whether the rest of the input is read after an early end, and given as not sent. */
  readonly drain: boolean;
  /** Is told that the run ends early, before the rest of the input is read. */
  readonly onEnd: (() => void) | undefined;
}
