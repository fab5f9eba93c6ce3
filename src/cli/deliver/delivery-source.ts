import type { CallbellStatusError } from '../../errors.ts';
import type { DeliverableEvent } from '../../io/deliver/deliver-options.ts';

/** An event that cannot be sent. */
export interface UnsendableEvent {
  /** Why it cannot, in a sentence. */
  readonly unsendable: string;
  readonly source: string;
  /** Its bytes, or what stands there instead; empty where that is nothing, or was too large to be read. */
  readonly bytes: Uint8Array;
  /** Whether the bytes are an event, or a text that stands in the place of one. */
  readonly isEvent: boolean;
}

/** A file that cannot be read, or not to its end; others may follow. */
export interface UnreadableFile {
  readonly unreadable: CallbellStatusError;
}

/** Something that a capture holds besides events, and is passed over without harm. */
export interface SkippedPiece {
  /** What it is and where, in a sentence. */
  readonly skipped: string;
  /** Whether it may matter to whoever put it there: not what a recording or a report of ours is made of. */
  readonly isForeign: boolean;
}

/** An error that ends the run, with the event that it came with, which is kept. */
export interface SourceFault {
  readonly error: unknown;
  readonly event: SourceEvent | undefined;
}

/** An event to deliver, with what timing needs to know. */
export interface SourceEvent extends DeliverableEvent {
  /** When it was received, in ISO 8601, where the capture says so. */
  readonly receivedAt?: string;
  /** Whether it repeats an event before it, by --duplicate. */
  readonly isCopy?: boolean;
}

/** One thing that a source of events has. */
export type SourceItem = SourceEvent | NotDelivered;

/** What a source has that is not delivered. */
export type NotDelivered = UnsendableEvent | UnreadableFile | SkippedPiece | SourceFault;

/** Whether an item is an event that can be delivered. */
export function isSendable(item: SourceItem): item is SourceEvent {
  return 'bytes' in item && !('unsendable' in item);
}

type Items = AsyncIterable<SourceItem> | Iterable<SourceItem>;

/** Events to deliver, and what is known of them. Its items never throw: an error is an item, and more may follow. */
export interface DeliverySource {
  readonly items: Items;
  /** How many there are, where that is known beforehand. */
  readonly total: number | undefined;
  /** Gives the same once more, to look through it beforehand; undefined where it can be read only once. */
  readonly preview: (() => Items) | undefined;
  /** Whether looking through it takes no noticeable time. */
  readonly isShort: boolean;
  /** What to say before the first event is sent. */
  readonly notes: readonly string[];
  /** Whether a file is among those that the events are read from. */
  readsFrom(path: string): Promise<boolean>;
  /**
   * Whether each event of these files is delivered, and as it is: then the file of failures may take the place of one
   * of them, because nothing that is in it would be lost.
   */
  readonly isReplaceable: boolean;
  /** Whether files that appear while it is read may become a part of it, as in a folder. */
  readonly isOpenToNewFiles: boolean;
  /**
   * Ends the reading of what may never end, such as a pipe: when it is quiet, or at once. Files are read to their end
   * all the same.
   */
  stopReading(how: 'when-quiet' | 'at-once'): void;
  /** Says what was not read because reading was stopped; undefined where nothing was left. */
  unread(): string | undefined;
  /** Says why there was no event; undefined where the input held nothing at all, as an empty file of failures. */
  whyEmpty(): string | undefined;
}
