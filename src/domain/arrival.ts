import { isJsonObject, stringAt } from './json.ts';
import { judgeTransition, type Transition } from './lifecycle.ts';
import type { ProviderReading } from './providers/provider.ts';
import type { SignatureVerdict } from './signature.ts';
import { isMessageStatus, type MessageStatus } from './status.ts';
import { validateEvent } from './validate/event.ts';
import { type Problem, problem } from './validate/problem.ts';
import { findSyntaxFault } from './validate/syntax.ts';

/**
 * What reached us: a status event (well-formed or not), another Callbell event, one of Callbell's periodic
 * checks of the connection, or something that is neither.
 */
export type ArrivalKind = 'status' | 'other-event' | 'connection-check' | 'unreadable';

/** What the body and the history of its message say about one arrival. */
export interface Inspection {
  readonly kind: ArrivalKind;
  readonly problems: readonly Problem[];
  /** The value of `event`, for another Callbell event. */
  readonly eventName?: string;
  /** The parsed body, where it is JSON. */
  readonly event?: unknown;
  readonly uuid?: string;
  readonly status?: MessageStatus;
  /** The number in the provider's object, else the contact's. */
  readonly phone?: string;
  readonly reading?: ProviderReading;
  readonly transition?: Transition;
  /** Since the previous arrival of the same message, in milliseconds. */
  readonly sincePreviousMs?: number;
}

/** One request that reached our listener, what it is, and how it was answered. */
export interface Arrival extends Inspection {
  /** The how manieth of its listener, from 1. */
  readonly n: number;
  /** ISO 8601 in UTC. */
  readonly receivedAt: string;
  readonly method: string;
  /** Path and query, as they were asked for; not to be trusted. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The raw bytes of the body. */
  readonly body: Uint8Array;
  readonly signature: SignatureVerdict | 'unchecked';
  /** The HTTP status it was answered with. */
  readonly answered: number;
  /** From the end of its headers to the answer, in milliseconds. */
  readonly ms: number;
}

interface MessageHistory {
  readonly seen: Set<MessageStatus>;
  lastMilliseconds: number;
}

/** A request, as far as it matters for what it is. */
export interface ReceivedRequest {
  readonly method: string;
  readonly body: Uint8Array;
  readonly receivedMilliseconds: number;
}

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
    if (method === 'GET' || method === 'HEAD' || body.length === 0)
      return { kind: 'connection-check', problems: [] };
    const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8');
    let event: unknown;
    try {
      event = JSON.parse(text);
    } catch {
      const detail = findSyntaxFault(text)?.detail ?? 'its syntax is wrong';
      return { kind: 'unreadable', problems: [problem('not-json', [], { detail })] };
    }
    return this.#inspectEvent(event, receivedMilliseconds);
  }

  #inspectEvent(event: unknown, receivedMilliseconds: number): Inspection {
    const { kind, problems, reading } = validateEvent(event);
    if (kind === 'unrecognised') return { kind: 'unreadable', problems, event };
    const eventName = stringAt(event, 'event');
    if (kind === 'other-event')
      return { kind, problems, event, ...(eventName !== undefined && { eventName }) };
    const payload = isJsonObject(event) ? event.payload : undefined;
    const uuid = stringAt(payload, 'uuid');
    const status = stringAt(payload, 'status');
    const contact = isJsonObject(payload) ? payload.contact : undefined;
    const phone = reading?.destination ?? stringAt(contact, 'phoneNumber');
    return {
      kind,
      problems,
      event,
      ...(reading !== undefined && { reading }),
      ...(phone !== undefined && { phone }),
      ...(uuid !== undefined && { uuid }),
      ...(isMessageStatus(status) && { status }),
      ...(uuid !== undefined && isMessageStatus(status) && this.#follow(uuid, status, receivedMilliseconds)),
    };
  }

  #follow(
    uuid: string,
    status: MessageStatus,
    nowMilliseconds: number,
  ): Pick<Inspection, 'transition' | 'sincePreviousMs'> {
    const history = this.#messages.get(uuid) ?? { seen: new Set(), lastMilliseconds: nowMilliseconds };
    const transition = judgeTransition(history.seen, status);
    const sincePreviousMs = nowMilliseconds - history.lastMilliseconds;
    history.seen.add(status);
    history.lastMilliseconds = nowMilliseconds;
    // A Map keeps the order of insertion: put back at the end, the first is the one least recently heard of.
    this.#messages.delete(uuid);
    this.#messages.set(uuid, history);
    if (this.#messages.size > this.#capacity) {
      for (const oldest of this.#messages.keys()) {
        this.#messages.delete(oldest);
        break;
      }
    }
    return transition.kind === 'first' ? { transition } : { transition, sincePreviousMs };
  }
}
