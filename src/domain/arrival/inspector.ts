import { isJsonObject, stringAt } from '../json.ts';
import { isMessageStatus } from '../status.ts';
import { validateEvent } from '../validate/event.ts';
import { problem } from '../validate/problem.ts';
import { findSyntaxFault } from '../validate/syntax.ts';
import type { Inspection, Refusal } from './arrival.ts';
import { isConnectionCheck, isQuestion } from './connection-check.ts';

/** A body as text, or why it is none. */
export type BodyText = { readonly text: string } | { readonly fault: string; readonly refusal?: Refusal };

/** Tells what a request is; what it means after the earlier ones of its message is for {@link MessageHistories}. */
export function inspectRequest(method: string, body: BodyText): Inspection {
  const inspection = inspectBody(method, body);
  return inspection.kind === 'unreadable' && isQuestion(method) ? CONNECTION_CHECK : inspection;
}

const CONNECTION_CHECK: Inspection = { kind: 'connection-check', problems: [] };

function inspectBody(method: string, body: BodyText): Inspection {
  if ('fault' in body) return unreadable(body.refusal === 'too-large' ? 'too-large' : 'not-json', body.fault);
  const { text } = body;
  let event: unknown;
  try {
    event = JSON.parse(text);
  } catch {
    if (isConnectionCheck(method, text)) return CONNECTION_CHECK;
    return unreadable('not-json', findSyntaxFault(text)?.detail ?? 'its syntax is wrong');
  }
  return inspectEvent(event, text);
}

function inspectEvent(event: unknown, text: string): Inspection {
  const { kind, problems, reading } = validateEvent(event);
  if (kind === 'unrecognised') return { kind: 'unreadable', problems, event, text };
  if (kind === 'other-event') return { kind, problems, event, text, eventName: stringAt(event, 'event') };
  const payload = isJsonObject(event) ? event.payload : undefined;
  const uuid = stringAt(payload, 'uuid');
  const outerStatus = stringAt(payload, 'status');
  const status = isMessageStatus(outerStatus) ? outerStatus : undefined;
  const contact = isJsonObject(payload) ? payload.contact : undefined;
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
  };
}

function unreadable(code: 'not-json' | 'too-large', detail: string): Inspection {
  return { kind: 'unreadable', problems: [problem(code, [], { detail })] };
}
