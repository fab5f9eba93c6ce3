import { isJsonObject, stringAt } from '../json.ts';
import { isMessageStatus } from '../status.ts';
import { validateEvent } from '../validate/event.ts';
import { problem } from '../validate/problem.ts';
import { findSyntaxFault } from '../validate/syntax.ts';
import type { Inspection, Refusal } from './arrival.ts';

/** A body as text, or why it is none. */
export type BodyText = { readonly text: string } | { readonly fault: string; readonly refusal?: Refusal };

/** Tells what a request is; what it means after the earlier ones of its message is for {@link MessageHistories}. */
export function inspectRequest(method: string, body: BodyText): Inspection {
  // Callbell's checks come periodically (documented), some of them by GET (seen).
  if (method === 'GET' || method === 'HEAD') return { kind: 'connection-check', problems: [] };
  if ('fault' in body) return unreadable(body.refusal === 'too-large' ? 'too-large' : 'not-json', body.fault);
  const { text } = body;
  if (text === '') return { kind: 'connection-check', problems: [] };
  let event: unknown;
  try {
    event = JSON.parse(text);
  } catch {
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
