import { createHash } from 'node:crypto';
import { isJsonObject, type JsonObject, stringAt } from '../json.ts';
import type { ProviderName, ProviderReading } from '../providers/provider.ts';
import { NOTHING_SEEN, type SeenStatuses } from '../seen-statuses.ts';
import { isMessageStatus, MESSAGE_STATUSES, type MessageStatus, STATUS_FACTS } from '../status.ts';
import { digitsOfWrittenNumber } from './written-number.ts';

/** An event that can be compared with others of its message. */
export interface MessageEvent {
  readonly uuid: string;
  readonly status: MessageStatus;
  /** Facts stated by the provider's object. */
  readonly reading: ProviderReading | undefined;
  readonly contactUuid?: string | undefined;
  readonly contactNumber?: string | undefined;
  /** The sender's pairs in a form that can be compared. */
  readonly metadata?: string | undefined;
}

/** The event of a payload; undefined where its uuid or status is not fit to be compared. */
export function messageEventOf(
  { uuid, status, contact, metadata }: JsonObject,
  reading: ProviderReading | undefined,
): MessageEvent | undefined {
  if (typeof uuid !== 'string' || !isShort(uuid) || !isMessageStatus(status)) return undefined;
  return {
    uuid,
    status,
    reading,
    contactUuid: stringAt(contact, 'uuid'),
    contactNumber: digitsOf(stringAt(contact, 'phoneNumber')),
    metadata: isJsonObject(metadata) ? comparable(metadata) : undefined,
  };
}

/** The pairs as one text, whatever their order; of long ones a digest, so that the memory of a message is bounded. */
function comparable(metadata: JsonObject): string {
  const text = JSON.stringify(Object.entries(metadata).sort(([a], [b]) => (a < b ? -1 : 1)));
  return isShort(text) ? text : createHash('sha256').update(text).digest('base64');
}

function digitsOf(number: string | undefined): string | undefined {
  return number === undefined ? undefined : (digitsOfWrittenNumber(number) ?? number);
}

/** Longer ids and numbers are not compared: the memory of a message stays below a few kilobytes. */
const LONGEST_COMPARED = 256;

/** Whether a text is short enough to be compared. */
export function isShort(text: string): boolean {
  return text.length <= LONGEST_COMPARED;
}

/** A text that an event states, and the line of that event. */
interface Fact {
  readonly value: string;
  readonly line: number;
  /** Another value that came later and was reported: it is not reported again. */
  also: string | undefined;
}

/** A text that an event states, or nothing. */
export type TextFact = Fact | undefined;

/** The state of one message. Flat, with arrays of one kind of element: tens of thousands of these are kept. */
export interface MessageState {
  seen: SeenStatuses;
  /** Line of the first event of each status, in the order of {@link MESSAGE_STATUSES}; 0: none. */
  readonly lines: number[];
  /** Last time in seconds of each step, by rank; NaN: none. */
  readonly times: number[];
  /** Line of each of {@link times}. */
  readonly timeLines: number[];
  gupshupId: TextFact;
  /** The first id of each form. */
  readonly whatsappIds: Record<IdForm, TextFact>;
  destination: TextFact;
  contactUuid: TextFact;
  contactNumber: TextFact;
  metadata: TextFact;
  provider: TextFact;
}

/** The state of a message before its first event. */
export function newState(): MessageState {
  return {
    seen: NOTHING_SEEN,
    lines: [0, 0, 0, 0, 0, 0, 0],
    times: [Number.NaN, Number.NaN, Number.NaN, Number.NaN],
    timeLines: [0, 0, 0, 0],
    gupshupId: undefined,
    whatsappIds: { wamid: undefined, old: undefined, other: undefined },
    destination: undefined,
    contactUuid: undefined,
    contactNumber: undefined,
    metadata: undefined,
    provider: undefined,
  };
}

/** Adds an event to the state of its message. */
export function remember(state: MessageState, event: MessageEvent, line: number): void {
  const { status, reading } = event;
  const index = MESSAGE_STATUSES.indexOf(status);
  if (state.lines[index] === 0) state.lines[index] = line;
  state.seen = state.seen.step(status).next;
  state.contactUuid = withFact(state.contactUuid, event.contactUuid, line);
  state.contactNumber = withFact(state.contactNumber, event.contactNumber, line);
  state.metadata = withFact(state.metadata, event.metadata, line);
  if (reading === undefined) return;
  const { timeSeconds, gupshupId, destination } = reading;
  const { rank } = STATUS_FACTS[status];
  if (timeSeconds !== undefined && rank !== null) {
    state.times[rank] = inSeconds(timeSeconds);
    state.timeLines[rank] = line;
  }
  state.gupshupId = withFact(state.gupshupId, gupshupId, line);
  state.destination = withFact(state.destination, destination, line);
  state.provider = withFact(state.provider, comparableProvider(status, reading), line);
  const whatsappId = comparableWhatsappId(status, reading);
  if (whatsappId === undefined) return;
  const form = formOf(whatsappId);
  state.whatsappIds[form] = withFact(state.whatsappIds[form], whatsappId, line);
}

/** The first value of a fact, with the latest other one. */
function withFact(known: TextFact, value: string | undefined, line: number): TextFact {
  if (!value || !isShort(value)) return known;
  if (known === undefined) return { value, line, also: undefined };
  if (value !== known.value) known.also = value;
  return known;
}

/** Returns whether a fact is known to have a value, be it the first one or one that was reported. */
export function isKnown(fact: TextFact, value: string): boolean {
  return fact !== undefined && (value === fact.value || value === fact.also);
}

/** The line of the first event with a status; 0 where there is none. */
export function lineOf({ lines }: MessageState, status: MessageStatus): number {
  return lines[MESSAGE_STATUSES.indexOf(status)] ?? 0;
}

/** How far a status is on the way of a message; -1 for one that is no step. */
export function rankOf(status: MessageStatus): number {
  return STATUS_FACTS[status].rank ?? -1;
}

/** The id of a later failure may be another one, and that of `deleted` is of another message (both documented). */
export function comparableWhatsappId(
  status: MessageStatus,
  { whatsappId }: ProviderReading,
): string | undefined {
  return rankOf(status) === -1 || whatsappId === '' ? undefined : whatsappId;
}

/** The provider of an event; Meta has no enqueued and mismatch, which may come in Gupshup's shape then (assumed). */
export function comparableProvider(
  status: MessageStatus,
  { provider }: ProviderReading,
): ProviderName | undefined {
  return status === 'enqueued' || status === 'mismatch' ? undefined : provider;
}

/** Providers write the id of a message in several forms (documented); one of another form is no other id. */
type IdForm = 'wamid' | 'old' | 'other';

const OLD_ID = /^[gA]BE?[\w-]{20,}$/;

/** The form of an id. */
export function formOf(id = ''): IdForm {
  if (id.startsWith('wamid.')) return 'wamid';
  return OLD_ID.test(id) ? 'old' : 'other';
}

/** A time in seconds, also where it was written in milliseconds. */
export function inSeconds(time: number): number {
  return time > 100_000_000_000 ? Math.floor(time / 1000) : time;
}
