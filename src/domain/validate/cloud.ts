import { isJsonObject, type JsonObject, jsonType } from '../json.ts';
import type { ProviderReading } from '../providers/provider.ts';
import { type Problem, problem } from './problem.ts';
import { addFieldProblems, addNumberProblem, addTimeProblem, type Fields } from './provider-fields.ts';
import { PROVIDER_PATH } from './provider-path.ts';

/** What Meta documents of a status, and what Gupshup v3 adds (`gs_id`, `meta_msg_id`). */
const STATUS: Fields = {
  id: 'string',
  status: 'string',
  timestamp: 'any',
  recipient_id: 'string',
  recipient_user_id: 'string',
  recipient_type: 'string',
  biz_opaque_callback_data: 'string',
  conversation: 'object',
  pricing: 'object',
  errors: 'array',
  type: 'string',
  gs_id: 'string',
  meta_msg_id: 'string',
};

const ERROR: Fields = {
  code: 'number',
  title: 'string',
  message: 'string',
  error_data: 'object',
  href: 'string',
};

/** Adds what is wrong with one status of Meta's Cloud API. */
export function cloudProblems(
  raw: JsonObject,
  { path: inRaw, status }: ProviderReading,
  problems: Problem[],
): void {
  const path = [...PROVIDER_PATH, ...inRaw];
  const value = valueAt(raw, inRaw);
  addFieldProblems(problems, value, STATUS, path);
  addNumberProblem(problems, value.recipient_id, [...path, 'recipient_id']);
  addTimestampProblem(problems, value, status, [...path, 'timestamp']);
  if (!Array.isArray(value.errors)) return;
  value.errors.forEach((error: unknown, index) => {
    if (isJsonObject(error)) addFieldProblems(problems, error, ERROR, [...path, 'errors', index]);
  });
}

/** `timestamp` is a text of unix seconds (documented); Gupshup's v3 `enqueued` has a number of milliseconds (documented). */
function addTimestampProblem(
  problems: Problem[],
  { timestamp, gs_id: gsId }: JsonObject,
  status: string,
  path: readonly (string | number)[],
): void {
  const isV3 = gsId !== undefined && status === 'enqueued';
  if (timestamp === undefined || timestamp === null) {
    if (!isV3) problems.push(problem('missing-time', path, {}));
  } else if (typeof timestamp === 'string' && /^\d{1,15}$/.test(timestamp)) {
    addTimeProblem(problems, Number(timestamp), path, isV3);
  } else if (typeof timestamp === 'number') {
    if (!isV3) problems.push(problem('provider-wrong-type', path, { expected: 'string', found: 'number' }));
    addTimeProblem(problems, timestamp, path, isV3);
  } else {
    problems.push(problem('provider-wrong-type', path, { expected: 'string', found: foundType(timestamp) }));
  }
}

function foundType(timestamp: unknown): string {
  return typeof timestamp === 'string' ? 'text without a number' : jsonType(timestamp);
}

function valueAt(raw: JsonObject, path: readonly (string | number)[]): JsonObject {
  let value: unknown = raw;
  for (const key of path) value = (value as Record<string | number, unknown>)[key];
  return value as JsonObject;
}
