import type { JsonObject } from '../json.ts';
import type { ProviderReading } from '../providers/provider.ts';
import { NOTHING_SEEN, type SeenStatuses } from '../seen-statuses.ts';
import { isMessageStatus, MESSAGE_STATUSES, type MessageStatus, STATUS_FACTS } from '../status.ts';

/** An event that can be compared with others of its message. */
export interface MessageEvent {
  readonly uuid: string;
  readonly status: MessageStatus;
  /** Facts stated by the provider's object. */
  readonly reading: ProviderReading | undefined;
}

/** The event of a payload; undefined where its uuid or status is not fit to be compared. */
export function messageEventOf(
  { uuid, status }: JsonObject,
  reading: ProviderReading | undefined,
): MessageEvent | undefined {
  if (typeof uuid !== 'string' || !isShort(uuid) || !isMessageStatus(status)) return undefined;
  return { uuid, status, reading };
}

/** Longer ids and numbers are not compared: the memory of a message stays below a few kilobytes. */
const LONGEST_COMPARED = 256;

/** Whether a text is short enough to be compared. */
export function isShort(text: string): boolean {
  return text.length <= LONGEST_COMPARED;
}

/** A fact, and the line of the event that states it. */
interface Fact<Value> {
  readonly value: Value;
  readonly line: number;
}

/** A text that an event states, or nothing. */
export type TextFact = Fact<string> | undefined;

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
}

/** The state of a message before its first event. */
export function newState(): MessageState {
  return {
    seen: NOTHING_SEEN,
    lines: MESSAGE_STATUSES.map(() => 0),
    times: [Number.NaN, Number.NaN, Number.NaN, Number.NaN],
    timeLines: [0, 0, 0, 0],
    gupshupId: undefined,
    whatsappIds: { wamid: undefined, old: undefined, other: undefined },
    destination: undefined,
  };
}

/** Adds an event to the state of its message. */
export function remember(state: MessageState, { status, reading }: MessageEvent, line: number): void {
  const index = MESSAGE_STATUSES.indexOf(status);
  if (state.lines[index] === 0) state.lines[index] = line;
  state.seen = state.seen.step(status).next;
  if (reading === undefined) return;
  const { timeSeconds, gupshupId, destination } = reading;
  const { rank } = STATUS_FACTS[status];
  if (timeSeconds !== undefined && rank !== null) {
    state.times[rank] = inSeconds(timeSeconds);
    state.timeLines[rank] = line;
  }
  state.gupshupId ??= factOf(gupshupId, line);
  state.destination ??= factOf(destination, line);
  const whatsappId = comparableWhatsappId(status, reading);
  if (whatsappId !== undefined) state.whatsappIds[formOf(whatsappId)] ??= factOf(whatsappId, line);
}

function factOf(value: string | undefined, line: number): TextFact {
  return value ? (isShort(value) ? { value, line } : undefined) : undefined;
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
