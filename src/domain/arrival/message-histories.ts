import { RecentMap } from '../recent-map.ts';
import { NOTHING_SEEN, type SeenStatuses } from '../seen-statuses.ts';
import type { MessageStatus } from '../status.ts';
import type { HistoryStep, Inspection } from './arrival.ts';

interface MessageHistory {
  readonly seen: SeenStatuses;
  readonly lastStatus: MessageStatus;
  readonly lastMilliseconds: number;
}

/** Which message an event is of, and its status there. */
type MessageEvent = Pick<Inspection, 'uuid' | 'status'>;

/** A uuid has 32 characters; what is far longer is an attack on our memory, and not followed. */
const LONGEST_FOLLOWED_UUID = 128;

/**
 * Tells what each event means after the earlier ones of its message. Remembers a bounded number of messages:
 * one that was not heard of for long is forgotten, and then counts as new.
 */
export class MessageHistories {
  readonly #messages: RecentMap<string, MessageHistory>;

  /** @param remembered how many of the messages heard of most recently are remembered for certain */
  constructor(remembered = 50_000) {
    this.#messages = new RecentMap(remembered);
  }

  /** Takes an event into the history of its message; undefined where it has none. */
  follow({ uuid, status }: MessageEvent, nowMilliseconds: number): HistoryStep | undefined {
    if (uuid === undefined || status === undefined || uuid.length > LONGEST_FOLLOWED_UUID) return undefined;
    const history = this.#messages.get(uuid);
    const { transition, next: seen } = (history?.seen ?? NOTHING_SEEN).step(status);
    const next = { seen, lastStatus: status, lastMilliseconds: nowMilliseconds };
    this.#messages.put(uuid, next);
    if (history === undefined) return { transition };
    const sincePreviousMs = Math.max(0, nowMilliseconds - history.lastMilliseconds);
    return { transition, sincePreviousMs, previousStatus: history.lastStatus };
  }

  /** Takes an event out again that was refused after all: when its sender tries again, it is no duplicate. */
  takeBack({ uuid, status }: MessageEvent, { transition, previousStatus }: HistoryStep): void {
    if (uuid === undefined || status === undefined) return;
    if (transition === undefined || transition.kind === 'duplicate') return;
    const history = this.#messages.get(uuid);
    if (history === undefined) return;
    const seen = history.seen.without(status);
    if (seen.isEmpty) this.#messages.delete(uuid);
    else if (history.lastStatus !== status) this.#messages.put(uuid, { ...history, seen });
    else this.#messages.put(uuid, { ...history, seen, lastStatus: previousStatus ?? history.lastStatus });
  }
}
