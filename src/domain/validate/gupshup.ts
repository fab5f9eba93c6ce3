import { isJsonObject, type JsonObject, jsonType } from '../json.ts';
import type { ProviderReading } from '../providers/provider.ts';
import { type Problem, problem } from './problem.ts';
import { addFieldProblems, addNumberProblem, addTimeProblem, type Fields } from './provider-fields.ts';
import { PROVIDER_PATH } from './provider-path.ts';

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

/** The statuses that Gupshup documents with a `ts`. */
const WITH_TIME: ReadonlySet<string> = new Set(['sent', 'delivered', 'read', 'deleted']);

// Paths are made once: an event that is fine needs none of them.
const DESTINATION = [...PROVIDER_PATH, 'destination'] as const;
const INNER_PATH = [...PROVIDER_PATH, 'payload'] as const;
const TIME = [...INNER_PATH, 'ts'] as const;
const CORRECTED = [...INNER_PATH, 'wa_id'] as const;
const REQUESTED = [...INNER_PATH, 'phone'] as const;
const NOTHING: JsonObject = {};

/** Adds what is wrong with Gupshup's object. */
export function gupshupProblems(raw: JsonObject, { status }: ProviderReading, problems: Problem[]): void {
  addFieldProblems(problems, raw, OBJECT, PROVIDER_PATH);
  if (raw.destination === undefined) {
    problems.push(problem('missing-destination', DESTINATION, {}));
  } else addNumberProblem(problems, raw.destination, DESTINATION);
  const inner = isJsonObject(raw.payload) ? raw.payload : NOTHING;
  addFieldProblems(problems, inner, INNER, INNER_PATH);
  addNumberProblem(problems, inner.wa_id, CORRECTED);
  addNumberProblem(problems, inner.phone, REQUESTED);
  addTsProblem(problems, inner.ts, WITH_TIME.has(status), TIME);
}

/** `ts` is a number of seconds (documented); digits in a text were seen. */
function addTsProblem(
  problems: Problem[],
  ts: unknown,
  required: boolean,
  path: readonly (string | number)[],
): void {
  if (ts === undefined || ts === null) {
    if (required) problems.push(problem('missing-time', path, {}));
  } else if (typeof ts === 'number') addTimeProblem(problems, ts, path);
  else if (typeof ts === 'string' && /^\d{1,15}$/.test(ts)) {
    problems.push(problem('time-as-text', path, { value: ts }));
    addTimeProblem(problems, Number(ts), path);
  } else problems.push(problem('provider-wrong-type', path, { expected: 'number', found: jsonType(ts) }));
}
