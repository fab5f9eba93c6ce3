import { isAscii, isUtf8 } from 'node:buffer';
import { isBarePayload } from '../../domain/captures/classify.ts';
import { isLogEntry } from '../../domain/captures/log-entry.ts';
import { isJsonObject, type JsonObject, stringAt } from '../../domain/json.ts';
import { excerptOf } from '../../domain/validate/excerpt.ts';
import { locateElements, type Position } from '../../domain/validate/position.ts';
import { findSyntaxFault } from '../../domain/validate/syntax.ts';
import type { CapturePiece } from './capture-piece.ts';
import type { CaptureFault, CaptureRecord, Wrapping } from './capture-record.ts';
import { findEvents } from './find-events.ts';
import { type Layer, memberOf, type Unwrapped } from './layer.ts';
import { harAnswer, unwrapHarEntry, unwrapRequest, unwrapString } from './unwrap-request.ts';

/** More layers than any tool makes. */
const MOST_LAYERS = 6;

/** Turns a piece of a capture into the events in it. The piece is parsed here, once for everybody. */
export function unwrapPiece(
  piece: CapturePiece,
  source: string,
  outer: readonly Wrapping[],
): readonly CaptureRecord[] {
  const { bytes, line, column, lead, list, fault, faultCode, excerpt } = piece;
  if (fault !== undefined && faultCode !== undefined) {
    return [{ source, line, column, lead, bytes, text: '', wrapping: outer, fault, faultCode, excerpt }];
  }
  // Most events are ASCII, and nothing is to be decoded then.
  const text = bytes.toString(isAscii(bytes) ? 'latin1' : 'utf8');
  const wrapping = list === undefined ? outer : [...outer, list];
  const parsed = parseJson(text);
  if (parsed === undefined) {
    const torn = tornRecord(text, piece);
    const { fault: why, faultCode: code, excerpt: shown } = torn ?? {};
    return [
      { source, line, column, lead, bytes, text, wrapping, fault: why, faultCode: code, excerpt: shown },
    ];
  }
  // The common case first. An element of `webhook_events` has an event too, and more around it.
  if (list !== 'webhook-events' && stringAt(parsed.value, 'event') !== undefined) {
    if (lead === undefined) return [{ source, line, column, bytes, text, parsed, wrapping }];
    return [{ source, line, column, lead, bytes, text, parsed, wrapping }];
  }
  const { value } = parsed;
  const whole: Layer = {
    value,
    text,
    offset: 0,
    length: text.length,
    list: undefined,
    wrapping,
    facts: NO_FACTS,
  };
  const exact = isUtf8(bytes) ? NO_BUFFERS : exactBytes(whole, list, bytes);
  return unwrapLayer(whole, list, MOST_LAYERS).map((unwrapped, index) => {
    const record = 'bytes' in unwrapped ? unwrapped : plainRecord(unwrapped, bytes);
    // Written out: putting three objects together by spreading takes longer than all the rest (7 µs on Node 20).
    const isLogLine = holdsNoEvent(record, list);
    return {
      source,
      line,
      column,
      lead,
      bytes: exact[index] ?? record.bytes,
      text: record.text,
      parsed: record.parsed,
      wrapping: record.wrapping,
      origin: record.origin,
      receivedAt: record.receivedAt,
      request: record.request,
      fault: isLogLine ? 'this line of a log holds no event' : record.fault,
      faultCode: isLogLine ? 'log-line' : record.faultCode,
      excerpt: record.excerpt,
    };
  });
}

/**
 * The bytes of each event that stands in a piece as JSON, where what is not UTF-8 was replaced in the text of the
 * piece. In Latin-1 each byte is one character, so that the places in the text are those in the bytes.
 */
function exactBytes(
  whole: Layer,
  list: Wrapping | undefined,
  bytes: Buffer,
): readonly (Buffer | undefined)[] {
  const text = bytes.toString('latin1');
  const value = parseJson(text)?.value;
  return unwrapLayer({ ...whole, value, text, length: text.length }, list, MOST_LAYERS).map((unwrapped) => {
    const record = 'bytes' in unwrapped ? unwrapped : plainRecord(unwrapped, bytes);
    const isJson = record.origin?.encoding === 'json' || record.origin?.encoding === 'members';
    return isJson ? Buffer.from(record.text, 'latin1') : undefined;
  });
}

const NO_FACTS: Layer['facts'] = {};
const NO_BUFFERS: readonly (Buffer | undefined)[] = [];

/** Parses a text; undefined where it is not JSON. */
function parseJson(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

/**
 * What our recorder may have been writing when it was killed: such a line is cut off at its end, and never was
 * acknowledged. Whether it is one, the records around it tell.
 */
function tornRecord(text: string, begins: Position): CaptureFault | undefined {
  if (!text.startsWith(RECORD_HEAD) && !RECORD_HEAD.startsWith(text)) return undefined;
  const found = findSyntaxFault(text);
  if (found === undefined || found.offset + found.length < text.length) return undefined;
  const excerpt = excerptOf(text, { offset: 0, length: text.length }, begins);
  return { fault: 'this line of a recording is cut off', faultCode: 'torn-record', excerpt };
}

const RECORD_HEAD = '{"receivedAt":';

/** Whether what was found in a line of a log, or is one, is nothing of Callbell. */
function holdsNoEvent({ parsed, wrapping }: Unwrapped, list: Wrapping | undefined): boolean {
  const value = parsed?.value;
  if (!isJsonObject(value) || 'event' in value || 'payload' in value || wrapping.at(-1) === 'payload') {
    return false;
  }
  return list === 'log' || isLogEntry(value);
}

/** Takes one layer off after another, until there is nothing left to take off. */
function unwrapLayer(layer: Layer, list: Wrapping | undefined, left: number): readonly (Unwrapped | Layer)[] {
  const inside = left === 0 ? undefined : openLayer(layer, list);
  if (inside === undefined) return [layer];
  return inside.flatMap((each) => ('bytes' in each ? [each] : unwrapLayer(each, each.list, left - 1)));
}

/** What is inside a layer; undefined where it is an event, or nothing that is known. */
function openLayer(layer: Layer, list: Wrapping | undefined): readonly (Unwrapped | Layer)[] | undefined {
  const { value } = layer;
  if (typeof value === 'string') return unwrapString(layer, value);
  if (Array.isArray(value)) return elementsOf(layer, value, 'array');
  if (!isJsonObject(value)) return undefined;
  if (list === 'har') return [...unwrapHarEntry(layer, value), ...unwrapHarAnswer(layer, value)];
  if (list === 'webhook-events') return [webhookEvent(layer)];
  return typeof value.event === 'string' ? undefined : openObject(layer, value);
}

/** What is inside an object that is not named as an event. */
function openObject(layer: Layer, value: JsonObject): readonly (Unwrapped | Layer)[] | undefined {
  const { wrapping } = layer;
  if (isJsonObject(value.json) && !('payload' in value)) return [memberOf(layer, ['json'], wrapping)];
  if ('body' in value || 'bodyBase64' in value) return unwrapRequest(layer, value) ?? findEvents(layer);
  if (isJsonObject(value.log) && Array.isArray(value.log.entries)) {
    return elementsOf(memberOf(layer, ['log', 'entries'], wrapping), value.log.entries, 'har');
  }
  if (Array.isArray(value.webhook_events)) {
    return elementsOf(memberOf(layer, ['webhook_events'], wrapping), value.webhook_events, 'webhook-events');
  }
  if (isBarePayload(value.message)) return [memberOf(layer, ['message'], [...wrapping, 'message-status'])];
  if (!isBarePayload(value)) return findEvents(layer);
  if (wrapping.at(-1) === 'payload') return undefined;
  return [{ ...layer, list: undefined, wrapping: [...wrapping, 'payload'] }];
}

/** The events in what Callbell's API answered: a list of webhook events, or the status of a message. */
function unwrapHarAnswer(layer: Layer, entry: JsonObject): readonly Unwrapped[] {
  const answer = harAnswer(entry);
  if (answer === undefined || !/"(?:webhook_events|message)"/.test(answer.text)) return [];
  const { text, encoding } = answer;
  const value = parseJson(text)?.value;
  if (!isJsonObject(value) || !('webhook_events' in value || 'message' in value)) return [];
  const whole: Layer = { value, text, offset: 0, length: text.length, wrapping: layer.wrapping, facts: {} };
  const events = unwrapLayer(whole, undefined, MOST_LAYERS).filter((each) => each !== whole);
  return events.flatMap((each) => {
    const event = 'bytes' in each ? each : plainRecord(each, Buffer.from(text));
    // A text in the text of a text is more than one can point at.
    if (event.origin?.encoding === 'string' || event.origin?.encoding === 'base64') return [];
    const inner = { text, offset: event.origin?.offset ?? 0 };
    const path = ['response', 'content', 'text'];
    return { ...event, origin: { text: layer.text, offset: layer.offset, path, encoding, inner } };
  });
}

function elementsOf(layer: Layer, elements: readonly unknown[], list: Wrapping): Layer[] {
  const spans = locateElements(layer.text, layer.offset);
  return spans.map((span, index) => ({
    ...layer,
    ...span,
    value: elements[index],
    list,
    wrapping: [...layer.wrapping, list],
  }));
}

/** `{event, payload, response, success, createdAt}`: what was delivered are the first two. */
function webhookEvent(layer: Layer): Unwrapped | Layer {
  const { value, text, offset, wrapping } = layer;
  if (!isJsonObject(value) || !('event' in value) || !('payload' in value))
    return { ...layer, list: undefined };
  const slice = (key: string): string => {
    const member = memberOf(layer, [key], wrapping);
    return text.slice(member.offset, member.offset + member.length);
  };
  const body = `{"event":${slice('event')},"payload":${slice('payload')}}`;
  const receivedAt = stringAt(value, 'createdAt');
  return {
    bytes: Buffer.from(body),
    text: body,
    parsed: { value: { event: value.event, payload: value.payload } },
    wrapping,
    origin: { text, offset, path: [], encoding: 'members' },
    ...(receivedAt !== undefined && { receivedAt }),
  };
}

function plainRecord({ value, text, offset, length, wrapping, facts }: Layer, bytes: Buffer): Unwrapped {
  const whole = length === text.length;
  const own = whole ? text : text.slice(offset, offset + length);
  return {
    bytes: whole ? bytes : Buffer.from(own),
    text: own,
    parsed: { value },
    wrapping,
    origin: whole ? undefined : { text, offset, path: [], encoding: 'json' },
    receivedAt: facts.receivedAt,
    request: facts.request,
  };
}
