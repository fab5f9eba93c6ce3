import { isJsonObject, stringAt } from '../json.ts';
import { isMessageStatus } from '../status.ts';
import { validateEvent } from '../validate/event.ts';
import { problem } from '../validate/problem.ts';
import { NOTHING_LEFT_OUT, sumOf } from '../validate/problem-list.ts';
import { placeAt, spanOf } from '../validate/text.ts';
import { encodingFaultOf, syntaxFaultOf, type TextFault, unreadableFaultOf } from '../validate/unreadable.ts';
import type { Inspection, Refusal } from './arrival.ts';
import { isConnectionCheck, isQuestion } from './connection-check.ts';

/** A body as text; or its bytes, where they are no UTF-8; or why it cannot be looked at. */
export type BodyText =
  | { readonly text: string }
  | { readonly notUtf8: Uint8Array }
  | { readonly fault: string; readonly refusal: Refusal };

/** Tells what a request is; what it means after the earlier ones of its message is for {@link MessageHistories}. */
export function inspectRequest(method: string, body: BodyText, receivedAt: Date): Inspection {
  const inspection = inspectBody(method, body, receivedAt);
  return inspection.kind === 'unreadable' && isQuestion(method) ? CONNECTION_CHECK : inspection;
}

const CONNECTION_CHECK: Inspection = { kind: 'connection-check', problems: [] };

function inspectBody(method: string, body: BodyText, receivedAt: Date): Inspection {
  if ('notUtf8' in body) return inspectNotUtf8(body.notUtf8, receivedAt);
  if ('fault' in body) {
    const code = body.refusal === 'too-large' ? 'too-large' : 'not-json';
    return { kind: 'unreadable', problems: [problem(code, [], { detail: body.fault })] };
  }
  const { text } = body;
  let event: unknown;
  try {
    event = JSON.parse(text);
  } catch {
    return isConnectionCheck(method, text) ? CONNECTION_CHECK : unreadable(text, syntaxFaultOf(text));
  }
  return inspectEvent(event, text, receivedAt);
}

/** What is not UTF-8 may be an event all the same, one with a wrong byte in a name; it has no text that could be passed on. */
function inspectNotUtf8(bytes: Uint8Array, receivedAt: Date): Inspection {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  const encoding = encodingFaultOf(text, bytes);
  let event: unknown;
  try {
    event = JSON.parse(text);
  } catch {
    return unreadable(text, unreadableFaultOf(text, encoding));
  }
  const inspection = inspectEvent(event, text, receivedAt);
  const problems = [...(encoding === undefined ? [] : [encoding.found]), ...inspection.problems];
  const place = encoding === undefined ? inspection.place : placeAt(encoding.found, text, encoding.span);
  return { ...inspection, text: undefined, problems, place };
}

function inspectEvent(json: unknown, text: string, receivedAt: Date): Inspection {
  const { kind, problems, leftOut, reading, event } = validateEvent(json, { receivedAt });
  if (kind === 'unrecognised') {
    const [first] = problems;
    const place = first && placeAt(first, text, spanOf(first, text));
    return { kind: 'unreadable', problems, json, text, place };
  }
  if (kind === 'other-event') return { kind, problems, json, text, eventName: stringAt(json, 'event') };
  const payload = isJsonObject(json) ? json.payload : undefined;
  const uuid = stringAt(payload, 'uuid');
  const outerStatus = stringAt(payload, 'status');
  const status = isMessageStatus(outerStatus) ? outerStatus : undefined;
  const contact = isJsonObject(payload) ? payload.contact : undefined;
  // Written out, not spread together: this runs for every request, and objects of one shape are fast.
  return {
    kind,
    problems,
    problemsLeftOut: leftOut === NOTHING_LEFT_OUT ? undefined : sumOf(leftOut),
    event,
    json,
    text,
    uuid,
    status,
    phone: reading?.destination ?? stringAt(contact, 'phoneNumber'),
    name: stringAt(contact, 'name'),
    reading,
  };
}

function unreadable(text: string, { found, span }: TextFault): Inspection {
  return { kind: 'unreadable', problems: [found], place: placeAt(found, text, span) };
}
