import { isJsonObject, type JsonObject, jsonType } from '../json.ts';
import { nearest } from '../nearest.ts';
import type { ProviderReading } from '../providers/provider.ts';
import { addPricingProblems } from './pricing.ts';
import type { ProblemList } from './problem-list.ts';
import {
  addBsuidProblem,
  addFieldProblems,
  addNumberProblem,
  type Fields,
  isBlank,
} from './provider-fields.ts';
import { PROVIDER_PATH } from './provider-path.ts';
import { addTimeProblem } from './provider-time.ts';
import { addWhatsappIdProblem } from './whatsapp-id.ts';

/** What Gupshup documents (message-events, pmp-events, bsuid). */
const OBJECT: Fields = {
  id: 'string',
  gsId: 'string',
  type: 'string',
  destination: 'string',
  payload: 'object',
  conversation: 'object',
  pricing: 'object',
  userId: 'string',
};

const INNER: Fields = {
  ts: 'any',
  type: 'string',
  whatsappMessageId: 'string',
  code: 'number',
  reason: 'string',
  wa_id: 'string',
  phone: 'string',
};

const CONVERSATION: Fields = { id: 'string', expiresAt: 'number', type: 'string' };
const PRICING: Fields = { policy: 'string', category: 'string', type: 'string' };

/** The statuses that Gupshup documents with a `ts`. */
const WITH_TIME: ReadonlySet<string> = new Set(['sent', 'delivered', 'read', 'deleted']);

// Paths are made once: an event that is fine needs none of them.
const ID = [...PROVIDER_PATH, 'id'] as const;
const USER_ID = [...PROVIDER_PATH, 'userId'] as const;
const DESTINATION = [...PROVIDER_PATH, 'destination'] as const;
const INNER_PATH = [...PROVIDER_PATH, 'payload'] as const;
const PRICING_PATH = [...PROVIDER_PATH, 'pricing'] as const;
const INNER_PRICING = [...INNER_PATH, 'pricing'] as const;
const INNER_TYPE = [...INNER_PATH, 'type'] as const;
const GUPSHUP_ID = [...PROVIDER_PATH, 'gsId'] as const;
const INNER_ID = [...INNER_PATH, 'whatsappMessageId'] as const;
const TIME = [...INNER_PATH, 'ts'] as const;
const CORRECTED = [...INNER_PATH, 'wa_id'] as const;
const REQUESTED = [...INNER_PATH, 'phone'] as const;
const NOTHING: JsonObject = {};

/** Adds what is wrong with Gupshup's object. */
export function gupshupProblems(raw: JsonObject, reading: ProviderReading, problems: ProblemList): void {
  const { status } = reading;
  addFieldProblems(problems, raw, OBJECT, PROVIDER_PATH);
  // What goes with `mismatch` is undocumented.
  if (status !== 'mismatch' && isBlank(raw.id)) problems.add('missing-provider-id', ID, {});
  if (isBlank(raw.destination)) problems.add('missing-destination', DESTINATION, {});
  else addNumberProblem(problems, raw.destination, DESTINATION);
  addBsuidProblem(problems, raw.userId, USER_ID);
  addSideProblems(problems, raw, status);
  const inner = raw.payload ?? NOTHING;
  if (isJsonObject(inner)) addInnerProblems(problems, inner, status);
  if (isJsonObject(inner) && status === 'enqueued') addEnqueuedProblems(problems, raw, inner);
  const idPath = reading.whatsappIdPath.length > 1 ? INNER_ID : ID;
  addWhatsappIdProblem(problems, reading.whatsappId, reading.destination, idPath);
}

/** What goes with `sent`; optional since July 2025 (documented). */
function addSideProblems(problems: ProblemList, { conversation, pricing }: JsonObject, status: string): void {
  if (isJsonObject(conversation)) {
    const path = [...PROVIDER_PATH, 'conversation'];
    addFieldProblems(problems, conversation, CONVERSATION, path);
    if (typeof conversation.expiresAt === 'number') {
      addTimeProblem(problems, conversation.expiresAt, [...path, 'expiresAt']);
    }
  }
  if (!isJsonObject(pricing)) return;
  addFieldProblems(problems, pricing, PRICING, PRICING_PATH);
  addPricingProblems(problems, pricing, PRICING_PATH);
  if (status === 'delivered' || status === 'read') {
    problems.add('unusual-pricing', PRICING_PATH, { kind: 'status', value: status });
  }
}

function addInnerProblems(problems: ProblemList, inner: JsonObject, status: string): void {
  addFieldProblems(problems, inner, INNER, INNER_PATH);
  addNumberProblem(problems, inner.wa_id, CORRECTED);
  addNumberProblem(problems, inner.phone, REQUESTED);
  addTsProblem(problems, inner.ts, WITH_TIME.has(status), TIME);
  if (inner.pricing !== undefined) {
    problems.add('unusual-pricing', INNER_PRICING, { kind: 'place', value: 'payload' });
  }
}

/** Kinds of messages: session (documented), template (assumed). */
const MESSAGE_TYPES = ['session', 'template'];

/** What is documented of `enqueued` alone. */
function addEnqueuedProblems(problems: ProblemList, { gsId }: JsonObject, inner: JsonObject): void {
  const { type, whatsappMessageId } = inner;
  if (!isBlank(gsId)) problems.add('unusual-enqueued', GUPSHUP_ID, { kind: 'gupshup-id' });
  if (isBlank(whatsappMessageId)) problems.add('unusual-enqueued', INNER_ID, { kind: 'no-whatsapp-id' });
  if (typeof type !== 'string' || MESSAGE_TYPES.includes(type)) return;
  const suggestion = nearest(type, MESSAGE_TYPES);
  problems.add('unusual-enqueued', INNER_TYPE, {
    kind: 'type',
    value: type,
    ...(suggestion && { suggestion }),
  });
}

/** `ts` is a number of seconds (documented); digits in a text were seen. */
function addTsProblem(
  problems: ProblemList,
  ts: unknown,
  required: boolean,
  path: readonly (string | number)[],
): void {
  if (ts === undefined || ts === null) {
    if (required) problems.add('missing-time', path, {});
  } else if (typeof ts === 'number') addTimeProblem(problems, ts, path);
  else if (typeof ts === 'string' && /^\d{1,15}$/.test(ts)) {
    problems.add('time-as-text', path, { value: ts });
    addTimeProblem(problems, Number(ts), path);
  } else problems.add('provider-wrong-type', path, { expected: 'number', found: jsonType(ts) });
}
