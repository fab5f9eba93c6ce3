import { isJsonObject, stringAt } from '../json.ts';
import { judgeTransition } from '../lifecycle.ts';
import { isMessageStatus, MESSAGE_STATUSES, type MessageStatus } from '../status.ts';
import { validateEvent } from '../validate/event.ts';
import { problem } from '../validate/problem.ts';
import { findSyntaxFault } from '../validate/syntax.ts';
import type { Inspection } from './arrival.ts';

/** A request, as far as it matters for what it is. */
export interface ReceivedRequest {
  readonly method: string;
  /** The body as text, or why it is none. */
  readonly body: { readonly text: string } | { readonly fault: string };
  readonly receivedMilliseconds: number;
}

interface MessageHistory {
  readonly seen: ReadonlySet<MessageStatus>;
  readonly lastStatus: MessageStatus;
  readonly lastMilliseconds: number;
}

/** A uuid has 32 characters; what is far longer is an attack on our memory, and not followed. */
const LONGEST_FOLLOWED_UUID = 128;

/**
 * Tells what requests are, and what each means after the earlier ones of its message. Remembers a bounded
 * number of messages: the one heard of least recently is forgotten first, and then counts as new.
 */
export class ArrivalInspector {
  readonly #messages = new Map<string, MessageHistory>();
  readonly #capacity: number;

  /** @param capacity how many messages are remembered */
  constructor(capacity = 100_000) {
    this.#capacity = capacity;
  }

  inspect({ method, body, receivedMilliseconds }: ReceivedRequest): Inspection {
    // Callbell's checks come periodically (documented), some of them by GET (seen).
    if (method === 'GET' || method === 'HEAD') return { kind: 'connection-check', problems: [] };
    if ('fault' in body) return notJson(body.fault);
    const { text } = body;
    if (text === '') return { kind: 'connection-check', problems: [] };
    let event: unknown;
    try {
      event = JSON.parse(text);
    } catch {
      return notJson(findSyntaxFault(text)?.detail ?? 'its syntax is wrong');
    }
    return this.#inspectEvent(event, text, receivedMilliseconds);
  }

  #inspectEvent(event: unknown, text: string, receivedMilliseconds: number): Inspection {
    const { kind, problems, reading } = validateEvent(event);
    if (kind === 'unrecognised') return { kind: 'unreadable', problems, event, text };
    if (kind === 'other-event') return { kind, problems, event, text, eventName: stringAt(event, 'event') };
    const payload = isJsonObject(event) ? event.payload : undefined;
    const uuid = stringAt(payload, 'uuid');
    const outerStatus = stringAt(payload, 'status');
    const status = isMessageStatus(outerStatus) ? outerStatus : undefined;
    const contact = isJsonObject(payload) ? payload.contact : undefined;
    const change =
      uuid === undefined || status === undefined
        ? undefined
        : this.#follow(uuid, status, receivedMilliseconds);
    // Written out, not spread together: this runs for every request, and objects of one shape are fast.
    return {
      kind,
      problems,
      event,
      text,
      uuid,
      status,
      phone: reading?.destination ?? stringAt(contact, 'phoneNumber'),
      name: stringAt(contact, 'name'),
      reading,
      transition: change?.transition,
      sincePreviousMs: change?.sincePreviousMs,
      previousStatus: change?.previousStatus,
    };
  }

  #follow(
    uuid: string,
    status: MessageStatus,
    nowMilliseconds: number,
  ): Pick<Inspection, 'transition' | 'sincePreviousMs' | 'previousStatus'> | undefined {
    if (uuid.length > LONGEST_FOLLOWED_UUID) return undefined;
    const history = this.#messages.get(uuid);
    const seen = history?.seen ?? NOTHING_SEEN;
    const transition = judgeTransition(seen, status);
    // A Map keeps the order of insertion: put back at the end, the first is the one least recently heard of.
    this.#messages.delete(uuid);
    this.#messages.set(uuid, {
      seen: seenWith(seen, status),
      lastStatus: status,
      lastMilliseconds: nowMilliseconds,
    });
    if (this.#messages.size > this.#capacity) this.#forgetOldest();
    if (history === undefined) return { transition };
    const sincePreviousMs = Math.max(0, nowMilliseconds - history.lastMilliseconds);
    return { transition, sincePreviousMs, previousStatus: history.lastStatus };
  }

  #forgetOldest(): void {
    for (const oldest of this.#messages.keys()) {
      this.#messages.delete(oldest);
      return;
    }
  }
}

function notJson(detail: string): Inspection {
  return { kind: 'unreadable', problems: [problem('not-json', [], { detail })] };
}

/** Seven statuses have 128 sets. Messages share them, so that a message costs an entry and not a set. */
const SHARED_SETS = new Map<string, ReadonlySet<MessageStatus>>();
const NOTHING_SEEN: ReadonlySet<MessageStatus> = new Set();

function seenWith(seen: ReadonlySet<MessageStatus>, status: MessageStatus): ReadonlySet<MessageStatus> {
  if (seen.has(status)) return seen;
  const statuses = MESSAGE_STATUSES.filter((each) => each === status || seen.has(each));
  const key = statuses.join();
  const shared = SHARED_SETS.get(key) ?? new Set(statuses);
  SHARED_SETS.set(key, shared);
  return shared;
}
