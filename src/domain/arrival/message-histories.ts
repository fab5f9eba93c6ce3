import { judgeTransition } from '../lifecycle.ts';
import { RecentMap } from '../recent-map.ts';
import { MESSAGE_STATUSES, type MessageStatus } from '../status.ts';
import type { HistoryStep, Inspection } from './arrival.ts';

interface MessageHistory {
  readonly seen: ReadonlySet<MessageStatus>;
  readonly lastStatus: MessageStatus;
  readonly lastMilliseconds: number;
}

/** Which message an event is of, and its status there. */
type MessageEvent = Pick<Inspection, 'uuid' | 'status'>;

/** A uuid has 32 characters; what is far longer is an attack on our memory, and not followed. */
const LONGEST_FOLLOWED_UUID = 128;

/**
 * Tells what each event means after the earlier ones of its message. Remembers a bounded number of messages:
 * the one heard of least recently is forgotten first, and then counts as new.
 */
export class MessageHistories {
  readonly #messages: RecentMap<string, MessageHistory>;

  /** @param capacity how many messages are remembered */
  constructor(capacity = 100_000) {
    this.#messages = new RecentMap(capacity);
  }

  /** Takes an event into the history of its message; undefined where it has none. */
  follow({ uuid, status }: MessageEvent, nowMilliseconds: number): HistoryStep | undefined {
    if (uuid === undefined || status === undefined || uuid.length > LONGEST_FOLLOWED_UUID) return undefined;
    const history = this.#messages.get(uuid);
    const seen = history?.seen ?? NOTHING_SEEN;
    const transition = judgeTransition(seen, status);
    const next = { seen: seenWith(seen, status), lastStatus: status, lastMilliseconds: nowMilliseconds };
    if (history === undefined) {
      this.#messages.putNew(uuid, next);
      return { transition };
    }
    this.#messages.put(uuid, next);
    const sincePreviousMs = Math.max(0, nowMilliseconds - history.lastMilliseconds);
    return { transition, sincePreviousMs, previousStatus: history.lastStatus };
  }

  /** Takes an event out again that was refused after all: when its sender tries again, it is no duplicate. */
  takeBack({ uuid, status }: MessageEvent, { transition, previousStatus }: HistoryStep): void {
    if (uuid === undefined || transition === undefined || transition.kind === 'duplicate') return;
    const history = this.#messages.get(uuid);
    if (history === undefined) return;
    const seen = sharedSet(MESSAGE_STATUSES.filter((each) => each !== status && history.seen.has(each)));
    if (seen.size === 0) this.#messages.delete(uuid);
    else if (history.lastStatus !== status) this.#messages.change(uuid, { ...history, seen });
    else this.#messages.change(uuid, { ...history, seen, lastStatus: previousStatus ?? history.lastStatus });
  }
}

/** Seven statuses have 128 sets. Messages share them, so that a message costs an entry and not a set. */
const SHARED_SETS = new Map<string, ReadonlySet<MessageStatus>>();
const NOTHING_SEEN: ReadonlySet<MessageStatus> = new Set();

function seenWith(seen: ReadonlySet<MessageStatus>, status: MessageStatus): ReadonlySet<MessageStatus> {
  if (seen.has(status)) return seen;
  return sharedSet(MESSAGE_STATUSES.filter((each) => each === status || seen.has(each)));
}

function sharedSet(statuses: readonly MessageStatus[]): ReadonlySet<MessageStatus> {
  const key = statuses.join();
  const shared = SHARED_SETS.get(key) ?? new Set(statuses);
  SHARED_SETS.set(key, shared);
  return shared;
}
