import { EVENT_NAME, type StatusEvent, statusEventSchema } from '../event.ts';
import { isJsonObject, type JsonObject, jsonType } from '../json.ts';
import { nearest } from '../nearest.ts';
import { OTHER_EVENTS } from '../other-events.ts';
import type { ProviderReading } from '../providers/provider.ts';
import { readingFor, readProviderPayload } from '../providers/providers.ts';
import { isMessageStatus, MESSAGE_STATUSES, STATUS_FACTS } from '../status.ts';
import { type Problem, problem } from './problem.ts';

/** What {@link validateEvent} found. */
export interface Validation {
  /** There is no problem of severity `error`. */
  readonly valid: boolean;
  /** What the input is: a status event (well-formed or not), another Callbell event, or neither. */
  readonly kind: 'status' | 'other-event' | 'unrecognised';
  readonly problems: readonly Problem[];
  /** The input itself, typed, when it is a valid status event. */
  readonly event?: StatusEvent;
  /** What the provider's object inside says, where there is one that is known. */
  readonly reading?: ProviderReading;
}

/**
 * Checks a parsed value against what is known of `message_status_updated`. Never throws and changes nothing.
 * Unknown keys and other Callbell events are no errors.
 */
export function validateEvent(input: unknown): Validation {
  if (!isJsonObject(input)) return unrecognised(problem('not-an-object', [], { found: jsonType(input) }));
  if (!('event' in input) && !('payload' in input)) return unrecognised(problem('not-an-event', [], {}));
  const { event: name } = input;
  const problems: Problem[] = [];
  if (typeof name === 'string' && name !== EVENT_NAME) {
    const suggestion = nearest(name, [EVENT_NAME, ...OTHER_EVENTS]);
    if (suggestion !== EVENT_NAME) {
      return {
        valid: true,
        kind: 'other-event',
        problems: [problem('other-event', ['event'], { value: name })],
      };
    }
    problems.push(problem('misspelt-event', ['event'], { value: name, suggestion }));
  }
  problems.push(...schemaProblems(input));
  const payload = isJsonObject(input.payload) ? input.payload : undefined;
  const readings = readProviderPayload(payload?.messageStatusPayload);
  const status = typeof payload?.status === 'string' ? payload.status : undefined;
  const reading = readingFor(readings, status);
  problems.push(...statusProblems(status));
  if (payload !== undefined) problems.push(...providerProblems(payload, status, reading));
  const valid = problems.every(({ severity }) => severity !== 'error');
  return {
    valid,
    kind: 'status',
    problems,
    ...(valid && { event: input as StatusEvent }),
    ...(reading !== undefined && { reading }),
  };
}

function unrecognised(found: Problem): Validation {
  return { valid: false, kind: 'unrecognised', problems: [found] };
}

/** Translates what zod finds into problems, so that none of its wording is seen. */
function schemaProblems(input: JsonObject): Problem[] {
  const parsed = statusEventSchema.safeParse(input);
  if (parsed.success) return [];
  return parsed.error.issues.flatMap((issue) => {
    const found = valueAt(input, issue.path);
    const special = SPECIAL_MEMBERS[issue.path.join('.')];
    if (found === undefined && special !== undefined) return [problem(special.missing, issue.path, {})];
    if (typeof found === 'string' && special !== undefined) return special.malformed(found);
    const expected = issue.code === 'invalid_type' ? issue.expected : 'string';
    return [problem('wrong-type', issue.path, { expected, found: jsonType(found) })];
  });
}

interface SpecialMember {
  readonly missing: 'missing-event' | 'missing-payload' | 'missing-uuid' | 'missing-status';
  /** What to say of a text that is not the right one. */
  malformed(value: string): Problem[];
}

/** The required members, of which more can be said than that they are wrong. */
const SPECIAL_MEMBERS: Readonly<Record<string, SpecialMember>> = {
  // A name that is a text was judged before the schema was asked.
  event: { missing: 'missing-event', malformed: () => [] },
  payload: {
    missing: 'missing-payload',
    malformed: () => [problem('wrong-type', ['payload'], { expected: 'object', found: 'string' })],
  },
  'payload.uuid': { missing: 'missing-uuid', malformed: (value) => [malformedUuid(value)] },
  'payload.status': { missing: 'missing-status', malformed: (value) => [unknownStatus(value)] },
};

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value: unknown = input;
  for (const key of path) value = (value as Record<PropertyKey, unknown>)[key];
  return value;
}

function malformedUuid(value: string): Problem {
  const bare = value.replaceAll('-', '').toLowerCase();
  const repaired = /^[0-9a-f]{32}$/.test(bare);
  return problem('malformed-uuid', ['payload', 'uuid'], { value, ...(repaired && { suggestion: bare }) });
}

function unknownStatus(value: string): Problem {
  const suggestion = nearest(value, MESSAGE_STATUSES);
  return problem('unknown-status', ['payload', 'status'], { value, ...(suggestion && { suggestion }) });
}

function statusProblems(status: string | undefined): Problem[] {
  if (!isMessageStatus(status) || !STATUS_FACTS[status].deprecated) return [];
  return [problem('deprecated-status', ['payload', 'status'], { value: status })];
}

const INNER = ['payload', 'messageStatusPayload'] as const;

function providerProblems(
  payload: JsonObject,
  status: string | undefined,
  reading: ProviderReading | undefined,
): Problem[] {
  const raw = payload.messageStatusPayload;
  if (raw === undefined || raw === null || (isJsonObject(raw) && Object.keys(raw).length === 0)) {
    return [problem('missing-provider-payload', INNER, {})];
  }
  if (reading === undefined) return [problem('unknown-provider', INNER, {})];
  const problems: Problem[] = [];
  // An unknown outer status is said already; that the inner one differs from it is no news.
  if (isMessageStatus(status) && reading.status !== status) {
    const details = { outer: status, inner: reading.status };
    problems.push(problem('status-contradiction', [...INNER, ...reading.statusPath], details));
  }
  const { failure, correction } = reading;
  if (failure !== undefined && failure.code === undefined && failure.reason === undefined) {
    problems.push(problem('missing-failure-reason', INNER, {}));
  }
  if (correction !== undefined && correction.corrected === undefined) {
    problems.push(problem('missing-correction', [...INNER, 'payload', 'wa_id'], {}));
  }
  return problems;
}
