import { isJsonObject } from '../../domain/json.ts';
import { locateElements } from '../../domain/validate/position.ts';
import { type Layer, memberOf, type Unwrapped } from './layer.ts';

/** Deeper than the execution of a workflow, the deepest that was met. */
const DEEPEST = 16;

/**
 * The events anywhere inside a value of which nothing else is known: an export of a workflow, a queue's
 * message, a collection of requests. Undefined where there is none.
 */
export function findEvents(layer: Layer): readonly (Unwrapped | Layer)[] | undefined {
  const { value } = layer;
  // What has a payload is an event without its name, unless the payload is a whole event.
  const isNameless = isJsonObject(value) && 'payload' in value && findPlaces(value.payload, 0) === undefined;
  const found = isNameless ? undefined : findPlaces(value, DEEPEST);
  if (found === undefined) return undefined;
  return descend({ ...layer, list: undefined, wrapping: [...layer.wrapping, 'inside'] }, found);
}

/** What is found in a value: an event right there, or the members in which there are some. */
type Found = 'here' | ReadonlyMap<string, Found>;

/** Where the events in a value are, in one walk over it. */
function findPlaces(value: unknown, left: number): Found | undefined {
  if (left < 0) return undefined;
  if (typeof value === 'string') return readText(value) === undefined ? undefined : 'here';
  if (typeof value !== 'object' || value === null) return undefined;
  if (isEvent(value)) return 'here';
  const members = new Map<string, Found>();
  for (const [key, member] of Object.entries(value)) {
    const found = findPlaces(member, left - 1);
    if (found !== undefined) members.set(key, found);
  }
  return members.size > 0 ? members : undefined;
}

/** Goes where events are, and only once over the text of each list: the text may be long. */
function descend(layer: Layer, found: Found): readonly (Unwrapped | Layer)[] {
  const { value, text, offset, wrapping } = layer;
  if (found === 'here') return typeof value === 'string' ? eventInText(layer, value) : [layer];
  const members = [...found];
  if (Array.isArray(value)) {
    const spans = locateElements(text, offset);
    return members.flatMap(([key, inside]) =>
      descend({ ...layer, ...spans[Number(key)], value: value[Number(key)] }, inside),
    );
  }
  return members.flatMap(([key, inside]) => descend(memberOf(layer, [key], wrapping), inside));
}

function isEvent(value: unknown): boolean {
  return isJsonObject(value) && typeof value.event === 'string' && isJsonObject(value.payload);
}

/** An event in a text. */
interface TextEvent {
  /** The whole text, decoded. */
  readonly whole: string;
  /** Where in it the event begins. */
  readonly offset: number;
  readonly body: string;
  readonly event: unknown;
  readonly encoding: 'string' | 'base64';
}

/** How JSON and a request that was posted begin in base64. */
const BASE64 = /^(?:eyJ|UE9TVC)[\w+/]+=*$/;

/** An event written as a text: alone, as the body of a whole request, or in a line of a log; or that in base64. */
function readText(text: string): TextEvent | undefined {
  const isBase64 = BASE64.test(text);
  const whole = isBase64 ? Buffer.from(text, 'base64').toString('utf8') : text;
  if (!whole.includes('payload')) return undefined;
  const offset = whole.indexOf('{');
  const body = offset === -1 ? '' : whole.slice(offset, whole.lastIndexOf('}') + 1);
  if (body === '') return undefined;
  try {
    const event: unknown = JSON.parse(body);
    const encoding = isBase64 ? 'base64' : 'string';
    return isEvent(event) ? { whole, offset, body, event, encoding } : undefined;
  } catch {
    // A text that is no JSON holds no event.
    return undefined;
  }
}

function eventInText({ text, offset, wrapping, facts }: Layer, value: string): readonly Unwrapped[] {
  const read = readText(value);
  if (read === undefined) return [];
  const { whole, offset: within, body, event, encoding } = read;
  const inner = body === whole ? {} : { inner: { text: whole, offset: within } };
  return [
    {
      bytes: Buffer.from(body),
      text: body,
      parsed: { value: event },
      wrapping,
      origin: { text, offset, path: [], encoding, ...inner },
      ...facts,
    },
  ];
}
