import { isJsonObject } from '../../domain/json.ts';
import { locateElements } from '../../domain/validate/position.ts';
import { type Layer, memberOf, type Unwrapped } from './layer.ts';

/** Deeper than the execution of a workflow, the deepest that was met. */
const DEEPEST = 16;

/**
 * The events anywhere inside a value of which nothing else is known: an export of a workflow, a queue's
 * message, a line of a log, a collection of requests. Undefined where there is none.
 */
export function findEvents(layer: Layer): readonly (Unwrapped | Layer)[] | undefined {
  const { value } = layer;
  // What has a payload is an event without its name, unless the payload is a whole event.
  const hasPayload = isJsonObject(value) && 'payload' in value;
  const isFound = hasPayload ? holdsEvent(value.payload, 0) : holdsEvent(value, DEEPEST);
  if (!isFound) return undefined;
  return descend({ ...layer, list: undefined, wrapping: [...layer.wrapping, 'inside'] }, DEEPEST);
}

/** Goes on only where an event is, and only once over the text of each list: the text may be long. */
function descend(layer: Layer, left: number): readonly (Unwrapped | Layer)[] {
  const { value, text, offset, wrapping } = layer;
  if (isEvent(value)) return [layer];
  if (typeof value === 'string') return eventInText(layer, value);
  if (Array.isArray(value)) {
    const spans = locateElements(text, offset);
    return value.flatMap((element: unknown, index) =>
      holdsEvent(element, left - 1) ? descend({ ...layer, ...spans[index], value: element }, left - 1) : [],
    );
  }
  if (!isJsonObject(value)) return [];
  return Object.keys(value).flatMap((key) =>
    holdsEvent(value[key], left - 1) ? descend(memberOf(layer, [key], wrapping), left - 1) : [],
  );
}

function holdsEvent(value: unknown, left: number): boolean {
  if (left < 0) return false;
  if (typeof value === 'string') return readText(value) !== undefined;
  if (typeof value !== 'object' || value === null) return false;
  return isEvent(value) || Object.values(value).some((member) => holdsEvent(member, left - 1));
}

function isEvent(value: unknown): boolean {
  return isJsonObject(value) && typeof value.event === 'string' && isJsonObject(value.payload);
}

/** An event written as a text, in JSON or that in base64. */
function readText(text: string): { readonly body: Buffer; readonly event: unknown } | undefined {
  const isBase64 = /^eyJ[\w+/]+=*$/.test(text);
  if (!isBase64 && !(/^\s*\{/.test(text) && text.includes('payload'))) return undefined;
  const body = Buffer.from(text, isBase64 ? 'base64' : 'utf8');
  try {
    const event: unknown = JSON.parse(body.toString('utf8'));
    return isEvent(event) ? { body, event } : undefined;
  } catch {
    // A text that is no JSON holds no event.
    return undefined;
  }
}

function eventInText({ text, offset, wrapping, facts }: Layer, value: string): readonly Unwrapped[] {
  const read = readText(value);
  if (read === undefined) return [];
  const encoding = value.startsWith('eyJ') ? 'base64' : 'string';
  return [
    {
      bytes: read.body,
      text: read.body.toString('utf8'),
      parsed: { value: read.event },
      wrapping,
      origin: { text, offset, path: [], encoding },
      ...facts,
    },
  ];
}
