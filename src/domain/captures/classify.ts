import { isConnectionCheck, isQuestion } from '../arrival/connection-check.ts';
import { isJsonObject, type JsonObject, stringAt } from '../json.ts';
import { kindByName } from '../validate/event.ts';
import { isLogEntry } from './log-entry.ts';
import { isOwnLine } from './own-line.ts';

/**
 * What a value of a capture or the body of a request is.
 *
 * - `status-event`: `message_status_updated`, well-formed or not, its name misspelt or missing included
 * - `other-event`: has the name of another event
 * - `bare-payload`: the inner payload of a status event, without the envelope
 * - `connection-check`: a request of Callbell that holds no event and is not meant to
 * - `own-line`: a line of our own reports
 * - `log-line`: an entry of a logger that has nothing to do with Callbell
 * - `not-an-event`: any other JSON
 * - `not-json`
 */
export type CaptureKind =
  | 'status-event'
  | 'other-event'
  | 'bare-payload'
  | 'connection-check'
  | 'own-line'
  | 'log-line'
  | 'not-an-event'
  | 'not-json';

/** A value to be classified. */
export interface Classifiable {
  readonly text: string;
  /** The text, parsed; undefined where it is not JSON. */
  readonly parsed: { readonly value: unknown } | undefined;
  /** The request whose body it is; undefined where it is not known to be one. */
  readonly request: { readonly method: string | undefined } | undefined;
}

/** Tells what a value is: the one answer for all commands. Whether an event is a valid one is not asked. */
export function classify({ text, parsed, request }: Classifiable): CaptureKind {
  if (parsed === undefined) {
    return request !== undefined && isConnectionCheck(request.method, text) ? 'connection-check' : 'not-json';
  }
  const kind = classifyValue(parsed.value);
  const isEvent = kind === 'status-event' || kind === 'other-event' || kind === 'bare-payload';
  return !isEvent && isQuestion(request?.method) ? 'connection-check' : kind;
}

/** Tells what a parsed value is, without knowing how it came. */
export function classifyValue(value: unknown): Exclude<CaptureKind, 'connection-check' | 'not-json'> {
  if (!isJsonObject(value)) return 'not-an-event';
  const name = stringAt(value, 'event');
  if (name !== undefined)
    return kindByName(name, value.payload) === 'status' ? 'status-event' : 'other-event';
  if (isJsonObject(value.payload) && hasPayloadKeys(value.payload)) return 'status-event';
  if (isOwnLine(value)) return 'own-line';
  if (isBarePayload(value)) return 'bare-payload';
  return isLogEntry(value) ? 'log-line' : 'not-an-event';
}

/** Whether a value is the inner payload alone: its own members, and no name of an event. */
export function isBarePayload(value: unknown): boolean {
  if (!isJsonObject(value) || 'event' in value || 'payload' in value || isOwnLine(value)) return false;
  return 'messageStatusPayload' in value || ('uuid' in value && 'status' in value);
}

function hasPayloadKeys(payload: JsonObject): boolean {
  return 'uuid' in payload || 'status' in payload || 'messageStatusPayload' in payload;
}
