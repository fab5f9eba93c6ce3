import type { CallbellStatusError } from '../../errors.ts';
import type { DeliverableEvent } from '../../io/deliver/deliver-options.ts';

/** What is captured, but cannot be sent. */
export interface UnsendableEvent {
  /** Why it cannot, in a sentence. */
  readonly unsendable: string;
  readonly source: string;
  /** What stands there instead; empty where that is nothing. */
  readonly bytes: Uint8Array;
}

/** A file that cannot be read, or not to its end; others may follow. */
export interface UnreadableFile {
  readonly unreadable: CallbellStatusError;
}

/** What a capture holds besides events, and is passed over without harm. */
export interface SkippedPiece {
  /** What it is, in a sentence. */
  readonly skipped: string;
}

/** An event to deliver, with what timing needs to know. */
export interface SourceEvent extends DeliverableEvent {
  /** When it was received, in ISO 8601, where the capture says so. */
  readonly receivedAt?: string;
}

/** One thing that a source of events has. */
export type SourceItem = SourceEvent | NotDelivered;

/** What a source has that is not delivered. */
export type NotDelivered = UnsendableEvent | UnreadableFile | SkippedPiece;

/** Whether an item is an event that can be delivered. */
export function isSendable(item: SourceItem): item is SourceEvent {
  return 'bytes' in item && !('unsendable' in item);
}

type Items = AsyncIterable<SourceItem> | Iterable<SourceItem>;

/** Events to deliver, and what is known of them beforehand. */
export interface DeliverySource {
  readonly items: Items;
  /** How many there are, where that is known. */
  readonly total?: number;
  /** Gives the same once more, to look through it beforehand; absent where it can be read only once. */
  readonly preview?: () => Items;
  /** Whether looking through it takes no noticeable time. */
  readonly isShort?: boolean;
  /** How many events were read so far, with those that were not selected; absent where none are left out. */
  readonly eventsRead?: () => number;
  /** What to say of it, when nothing stands in the way of the first event any more. */
  readonly notes?: readonly string[];
  /** The files it is read from: they are not to be written to. */
  readonly files?: readonly string[];
}
