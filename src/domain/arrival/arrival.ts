import type { DeliveryOutcome, DeliveryWarning } from '../delivery/delivery.ts';
import type { StatusEvent } from '../event.ts';
import type { Transition } from '../lifecycle.ts';
import type { ProviderReading } from '../providers/provider.ts';
import type { SignatureVerdict } from '../signature.ts';
import type { MessageStatus } from '../status.ts';
import type { Problem } from '../validate/problem.ts';
import type { LocatedProblem } from '../validate/text.ts';

/**
 * What reached us: a status event (well-formed or not), another Callbell event, one of Callbell's periodic
 * checks of the connection, or something that is neither.
 */
export const ARRIVAL_KINDS = ['status', 'other-event', 'connection-check', 'unreadable'] as const;

/** One of {@link ARRIVAL_KINDS}. */
export type ArrivalKind = (typeof ARRIVAL_KINDS)[number];

/** What the body of an arrival says. */
export interface Inspection {
  readonly kind: ArrivalKind;
  /** At most 20 of each code. */
  readonly problems: readonly Problem[];
  /** How many more there are. */
  readonly problemsLeftOut?: number | undefined;
  /** Where in the body its first problem is, and what is to be seen there; for a body that cannot be read as an event. */
  readonly place?: LocatedProblem | undefined;
  /** The value of `event`, for another Callbell event. */
  readonly eventName?: string | undefined;
  /** The event, where the body is a `message_status_updated` without an error. */
  readonly event?: StatusEvent | undefined;
  /** The parsed body, where it is JSON: of another event, or of one with errors, too. */
  readonly json?: unknown;
  /** The body as the JSON text it is, where it is JSON; decompressed where it came compressed. */
  readonly text?: string | undefined;
  readonly uuid?: string | undefined;
  readonly status?: MessageStatus | undefined;
  /** The number in the provider's object, else the contact's. */
  readonly phone?: string | undefined;
  /** The contact's name. Not to be trusted. */
  readonly name?: string | undefined;
  readonly reading?: ProviderReading | undefined;
}

/** What the history of its message says about an arrival. A refused one has no part in it. */
export interface HistoryStep {
  readonly transition?: Transition | undefined;
  /** Since the previous arrival of the same message, in milliseconds. */
  readonly sincePreviousMs?: number | undefined;
  /** The status of the previous arrival of the same message. */
  readonly previousStatus?: MessageStatus | undefined;
}

/** Why a request was turned away, though it was received. */
export type Refusal =
  /** The body, or what it unpacks to, is over the limit: 413. */
  | 'too-large'
  /** The path with its query is over the limit: 414. */
  | 'url-too-long'
  /** It has too many headers: 431. */
  | 'too-many-headers'
  /** Its `Host` is neither this machine nor an allowed name: 403. */
  | 'host-not-allowed'
  /** A browser sent it for a web page of another origin: 403. */
  | 'cross-origin'
  /** With `forward`: its path is not `/…`, or has `..` in it, and is not passed on: 400. */
  | 'path-not-forwarded'
  /** With `forward`: it has passed through this listener before, or through too many others: 508. */
  | 'forward-loop'
  /** Its `Content-Encoding` is none that is understood: 415. */
  | 'unknown-encoding'
  /** Its body is not what its `Content-Encoding` says: 400. */
  | 'broken-encoding'
  /** A signature is required, and this one is not verified: 401. Checks of the connection need none. */
  | 'not-verified'
  /** Requests under way hold as much memory as they may: 503. */
  | 'overloaded'
  /** It could not be written to the capture, so it must not be acknowledged: 503. */
  | 'not-recorded';

/** A way to fail a sender on purpose that no status code can express. */
export const FAULTS = ['reset', 'hang', 'empty', 'slow-body', 'malformed'] as const;

/** One of {@link FAULTS}. */
export type Fault = (typeof FAULTS)[number];

/** What was done to the answer on purpose: a chosen status, one the sender asked for, a delay, a fault. */
export type Purpose = 'respond' | 'prefer' | 'delay' | Fault;

/** How passing a request on to one target went. */
export interface ForwardResult {
  /** What was asked, with its path and query; without a login, and secrets in the query masked. */
  readonly url: string;
  /** As for a delivery: `unreachable` covers no connection and no answer in time. */
  readonly outcome: DeliveryOutcome;
  /** What the target answered; absent when there was no answer. */
  readonly httpStatus?: number;
  readonly ms: number;
  readonly warning?: DeliveryWarning;
  /** Why there was no answer, with the next step. */
  readonly reason?: string;
  /** The beginning of the body of an answer that refuses; not to be trusted. */
  readonly responseBody?: string;
}

/** One request that reached our listener, what it is, and how it was answered. */
export interface Arrival extends Inspection, HistoryStep {
  /** The how manieth of its listener, from 1, in the order of the answers. */
  readonly n: number;
  /** ISO 8601 in UTC. */
  readonly receivedAt: string;
  readonly method: string;
  /** Path and query, as they were asked for; not to be trusted. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The raw bytes of the body, as they came (compressed where they came compressed). */
  readonly body: Uint8Array;
  readonly signature: SignatureVerdict | 'unchecked';
  /** The likely reason why the signature is not verified, in a sentence. */
  readonly signatureReason?: string | undefined;
  /** The HTTP status it was answered with; null where it got no answer (a fault, or a sender that left). */
  readonly answered: number | null;
  /** From the end of its headers to the answer, in milliseconds. */
  readonly ms: number;
  readonly refusal?: Refusal | undefined;
  /** What was done to the answer on purpose; absent where nothing was. */
  readonly onPurpose?: readonly Purpose[] | undefined;
  /**
   * What the same event was answered with when it last came, where that was no success: it was sent again for that
   * reason. Null where it got no answer; absent where it was not sent again.
   */
  readonly resentAfter?: number | null | undefined;
  /** How it was passed on, a result for each target; absent where it was not. */
  readonly forwards?: readonly ForwardResult[] | undefined;
}

/**
 * Whether an arrival counts as an event that came through: it was not refused here, and where it was passed
 * on, the first target accepted it. An answer that was changed on purpose makes no difference: the event was
 * received, and failing its sender was what was asked for.
 */
export function cameThrough({ refusal, forwards }: Pick<Arrival, 'refusal' | 'forwards'>): boolean {
  const [first] = forwards ?? [];
  return refusal === undefined && (first === undefined || first.outcome === 'accepted');
}

/**
 * Whether a signature is missing or bad that should be there and good. Whether checks of the connection are signed is
 * not documented: one without a signature is no trouble.
 */
export function isUnverified({ kind, signature }: Pick<Arrival, 'kind' | 'signature'>): boolean {
  if (signature === 'unchecked' || signature === 'verified') return false;
  return signature !== 'absent' || kind !== 'connection-check';
}

/** Whether the sender saw a success: any 2xx. */
export function isAcknowledged({ answered }: Pick<Arrival, 'answered'>): boolean {
  return answered !== null && answered >= 200 && answered < 300;
}
