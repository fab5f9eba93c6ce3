import type { StatusEvent } from '../event.ts';
import { EVENT_NAME } from '../event-name.ts';
import { EVENT_SCHEMA } from '../event-schema.ts';
import { isJsonObject, type JsonObject, jsonType } from '../json.ts';
import { nearest } from '../nearest.ts';
import { OTHER_EVENTS } from '../other-events.ts';
import type { ProviderReading } from '../providers/provider.ts';
import { readingFor, readProviderPayload } from '../providers/providers.ts';
import { isMessageStatus, STATUS_FACTS } from '../status.ts';
import { suggestStatus } from '../status-synonyms.ts';
import { addContactProblems } from './contact.ts';
import { addContactTimeProblems } from './contact-time.ts';
import { addUnknownKeyProblems } from './keys.ts';
import { addMetadataProblems } from './metadata.ts';
import { type Problem, problem } from './problem.ts';
import { type LeftOut, NOTHING_LEFT_OUT, ProblemList } from './problem-list.ts';
import { addProviderProblems, isGupshupCallback } from './provider.ts';
import { PROVIDER_PATH } from './provider-path.ts';
import { addFutureTimes } from './provider-time.ts';
import { compileShape, findShapeFaults, type ShapeFault } from './shape.ts';

/** What {@link validateEvent} found. */
export interface Validation {
  /** There is no problem of severity `error`. */
  readonly valid: boolean;
  /** What the input is: a status event (well-formed or not), another Callbell event, or neither. */
  readonly kind: 'status' | 'other-event' | 'unrecognised';
  /** At most 20 of each code. */
  readonly problems: readonly Problem[];
  /** How many more there are of each code. */
  readonly leftOut: LeftOut;
  /** The input itself, typed, when it is a valid status event. */
  readonly event?: StatusEvent | undefined;
  /** What the provider's object inside says, where there is one that is known. */
  readonly reading?: ProviderReading | undefined;
}

/** What is known of an event besides itself. */
export interface ValidateOptions {
  /** When it was received: a provider's time over a day later is a warning. */
  readonly receivedAt?: Date | undefined;
}

/**
 * Checks a parsed value against what is known of `message_status_updated`. Never throws and changes nothing.
 * Unknown keys and other Callbell events are no errors.
 *
 * @example
 * ```ts
 * const { valid, problems, event } = validateEvent(JSON.parse(body));
 * if (valid) console.log(event?.payload.status);
 * else console.log(problems.map(({ code, path }) => `${code} at ${path}`));
 * ```
 */
export function validateEvent(input: unknown, { receivedAt }: ValidateOptions = {}): Validation {
  if (!isJsonObject(input)) return unrecognised(problem('not-an-object', [], { found: jsonType(input) }));
  if (!Object.hasOwn(input, 'event')) {
    const alone = judgeWithoutName(input);
    if (alone !== undefined) return unrecognised(alone);
  }
  const { event: name } = input;
  const problems = new ProblemList();
  if (typeof name === 'string' && name !== EVENT_NAME) {
    const named = judgeName(name, input.payload);
    if (named.code !== 'misspelt-event')
      return { valid: true, kind: 'other-event', problems: [named], leftOut: NOTHING_LEFT_OUT };
    problems.keep(named);
  }
  if (isNestedEvent(input.payload)) {
    problems.add('nested-event', ['payload'], {});
    return { valid: false, kind: 'status', problems: problems.kept, leftOut: problems.leftOut };
  }
  if (!isWellFormed(input)) findShapeFaults(EVENT_SCHEMA, input, (fault) => addShapeProblem(problems, fault));
  addUnknownKeyProblems(problems, input);
  const payload = isJsonObject(input.payload) ? input.payload : undefined;
  const reading = payload === undefined ? undefined : judgePayload(payload, problems, receivedAt);
  const valid = !problems.hasErrors;
  const { kept, leftOut } = problems;
  const event = valid ? (input as StatusEvent) : undefined;
  return { valid, kind: 'status', problems: kept, leftOut, event, reading };
}

function unrecognised(found: Problem): Validation {
  return { valid: false, kind: 'unrecognised', problems: [found], leftOut: NOTHING_LEFT_OUT };
}

/** What an object without a name of an event is, where it is no event at all. */
function judgeWithoutName(input: JsonObject): Problem | undefined {
  const isPayload = isJsonObject(input.payload) && ('uuid' in input.payload || 'status' in input.payload);
  const provider = isPayload ? undefined : readProviderPayload(input)?.read[0]?.provider;
  if (provider !== undefined) return problem('provider-object-only', [], { provider });
  return Object.hasOwn(input, 'payload') ? undefined : problem('not-an-event', [], {});
}

const OTHER_NAMES: ReadonlySet<string> = new Set(OTHER_EVENTS);

/** Returns the kind of an object with the name of an event, without judging anything else in it. */
export function kindByName(name: string, payload: unknown): 'status' | 'other-event' {
  return name === EVENT_NAME || judgeName(name, payload).code === 'misspelt-event' ? 'status' : 'other-event';
}

/** How all of Callbell's events are named (documented: the list of webhook events). */
const EVENT_NAME_FORM = /^[a-z]+(?:_[a-z]+)+$/;

function judgeName(value: string, payload: unknown): Problem {
  if (OTHER_NAMES.has(value)) return problem('other-event', ['event'], { value });
  const suggestion = nearest(value.trim(), [EVENT_NAME, ...OTHER_EVENTS]);
  // What cannot be the name of any event, on what is a payload of ours.
  const isNoName = suggestion === undefined && !EVENT_NAME_FORM.test(value) && looksLikePayload(payload);
  if (suggestion === EVENT_NAME || isNoName) {
    const isByPayload = suggestion !== EVENT_NAME && { isByPayload: true as const };
    return problem('misspelt-event', ['event'], { value, suggestion: EVENT_NAME, ...isByPayload });
  }
  return problem('unknown-event', ['event'], { value, ...(suggestion !== undefined && { suggestion }) });
}

function looksLikePayload(payload: unknown): boolean {
  return isJsonObject(payload) && ('messageStatusPayload' in payload || isMessageStatus(payload.status));
}

const isWellFormed = compileShape(EVENT_SCHEMA);

/** An event with a payload in it where the payload itself should be. */
function isNestedEvent(payload: unknown): boolean {
  if (!isJsonObject(payload) || 'uuid' in payload || 'status' in payload) return false;
  return isJsonObject(payload.payload);
}

const REQUIRED = {
  event: 'missing-event',
  payload: 'missing-payload',
  'payload.uuid': 'missing-uuid',
  'payload.status': 'missing-status',
} as const;

/** Adds what the schema finds, in the words of the rules. */
function addShapeProblem(problems: ProblemList, { path, kind, found, expected }: ShapeFault): void {
  const place = path.join('.') as keyof typeof REQUIRED;
  if (kind === 'missing') problems.add(REQUIRED[place], path, {});
  else if (kind === 'type') {
    const isEncoded = typeof found === 'string' && /^\s*[{[]/.test(found) && /object|array/.test(expected);
    const details = { expected, found: jsonType(found), ...(isEncoded && { encoded: true as const }) };
    problems.add('wrong-type', path, details);
    // A name that is a text was judged before the schema was asked.
  } else if (place === 'payload.uuid') problems.keep(malformedUuid(String(found)));
  else if (place === 'payload.status') problems.keep(unknownStatus(String(found)));
}

function malformedUuid(value: string): Problem {
  const bare = value.replaceAll('-', '').trim().toLowerCase();
  const repaired = /^[0-9a-f]{32}$/.test(bare);
  return problem('malformed-uuid', ['payload', 'uuid'], { value, ...(repaired && { suggestion: bare }) });
}

function unknownStatus(value: string): Problem {
  const bare = value.trim();
  const suggestion = suggestStatus(bare);
  const reason =
    suggestion === bare ? 'space' : suggestion === bare.toLowerCase() ? ('case' as const) : undefined;
  return problem('unknown-status', ['payload', 'status'], {
    value,
    ...(suggestion !== undefined && { suggestion }),
    ...(reason !== undefined && { reason }),
  });
}

/** Adds what is wrong below `payload`, and gives what its provider says. */
function judgePayload(
  payload: JsonObject,
  problems: ProblemList,
  receivedAt: Date | undefined,
): ProviderReading | undefined {
  const status = typeof payload.status === 'string' ? payload.status : undefined;
  if (isMessageStatus(status) && STATUS_FACTS[status].deprecated) {
    problems.add('deprecated-status', ['payload', 'status'], { value: status });
  }
  if (isJsonObject(payload.metadata)) addMetadataProblems(problems, payload.metadata);
  const contact = isJsonObject(payload.contact) ? payload.contact : undefined;
  if (contact !== undefined) {
    addContactProblems(problems, contact);
    if (typeof payload.uuid === 'string' && payload.uuid === contact.uuid) {
      problems.add('uuid-of-contact', ['payload', 'uuid'], { value: payload.uuid });
    }
  }
  const raw = payload.messageStatusPayload;
  if (isGupshupCallback(raw)) {
    problems.add('gupshup-callback', PROVIDER_PATH, {});
    return undefined;
  }
  const readings = readProviderPayload(raw);
  const reading = readingFor(readings, status);
  addProviderProblems(problems, raw, status, readings, reading);
  if (contact !== undefined) addContactTimeProblems(problems, contact, reading?.timeSeconds, receivedAt);
  if (receivedAt !== undefined) addFutureTimes(problems, readings?.read ?? [], receivedAt);
  return reading;
}
