import { isJsonObject, type JsonObject, jsonType, valueAt } from '../json.ts';
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

/** What Meta documents of a status, and what Gupshup v3 adds (`gs_id`, `meta_msg_id`). */
const STATUS: Fields = {
  id: 'string',
  status: 'string',
  timestamp: 'any',
  recipient_id: 'string',
  recipient_user_id: 'string',
  parent_recipient_user_id: 'string',
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

const ERROR_DATA: Fields = { details: 'string' };

/** The expiry is a text (documented); it was a number in the on-premises API. */
const CONVERSATION: Fields = { id: 'string', expiration_timestamp: 'any', origin: 'object' };
const PRICING: Fields = {
  billable: 'boolean',
  pricing_model: 'string',
  type: 'string',
  category: 'string',
};

/** Adds what is wrong with one status of Meta's Cloud API. */
export function cloudProblems(raw: JsonObject, reading: ProviderReading, problems: ProblemList): void {
  const { path: inRaw, status, whatsappId, destination } = reading;
  const path = [...PROVIDER_PATH, ...inRaw];
  const value = valueAt(raw, inRaw) as JsonObject;
  addFieldProblems(problems, value, STATUS, path);
  if (isBlank(value.id)) problems.add('missing-provider-id', [...path, 'id'], {});
  else addWhatsappIdProblem(problems, whatsappId, destination, [...path, 'id']);
  addRecipientProblems(problems, value, path);
  addTimestampProblem(problems, value, status, [...path, 'timestamp']);
  addSideProblems(problems, value, path);
}

/** One of the two recipients is always there (documented): the number or the group, or who has a BSUID only. */
function addRecipientProblems(
  problems: ProblemList,
  {
    recipient_id: id,
    recipient_type: type,
    recipient_user_id: userId,
    parent_recipient_user_id: parentId,
  }: JsonObject,
  path: readonly (string | number)[],
): void {
  if (isBlank(id) && isBlank(userId) && isBlank(parentId)) {
    problems.add('missing-destination', [...path, 'recipient_id'], {});
  } else if (type !== 'group' && typeof id === 'string' && /^[^A-Za-z]*$/.test(id)) {
    // What has letters in it is the id of a group (documented).
    addNumberProblem(problems, id, [...path, 'recipient_id']);
  }
  addBsuidProblem(problems, userId, [...path, 'recipient_user_id']);
  addBsuidProblem(problems, parentId, [...path, 'parent_recipient_user_id']);
}

function addSideProblems(
  problems: ProblemList,
  { conversation, pricing, errors }: JsonObject,
  path: readonly (string | number)[],
): void {
  if (isJsonObject(conversation)) {
    addFieldProblems(problems, conversation, CONVERSATION, [...path, 'conversation']);
  }
  if (isJsonObject(pricing)) {
    addFieldProblems(problems, pricing, PRICING, [...path, 'pricing']);
    addPricingProblems(problems, pricing, [...path, 'pricing']);
  }
  if (!Array.isArray(errors)) return;
  errors.forEach((error: unknown, index) => {
    const at = [...path, 'errors', index];
    if (isJsonObject(error)) addErrorProblems(problems, error, at);
    else problems.add('provider-wrong-type', at, { expected: 'object', found: jsonType(error) });
  });
}

function addErrorProblems(
  problems: ProblemList,
  error: JsonObject,
  path: readonly (string | number)[],
): void {
  addFieldProblems(problems, error, ERROR, path);
  if (!isJsonObject(error.error_data)) return;
  addFieldProblems(problems, error.error_data, ERROR_DATA, [...path, 'error_data']);
}

/** `timestamp` is a text of unix seconds (documented); Gupshup's v3 `enqueued` has a number of milliseconds (documented). */
function addTimestampProblem(
  problems: ProblemList,
  { timestamp, gs_id: gsId }: JsonObject,
  status: string,
  path: readonly (string | number)[],
): void {
  const isV3 = gsId !== undefined && status === 'enqueued';
  if (timestamp === undefined || timestamp === null) {
    if (!isV3) problems.add('missing-time', path, {});
  } else if (typeof timestamp === 'string' && /^\d{1,15}$/.test(timestamp)) {
    addTimeProblem(problems, Number(timestamp), path, isV3);
  } else if (typeof timestamp === 'number') {
    if (!isV3) problems.add('provider-wrong-type', path, { expected: 'string', found: 'number' });
    addTimeProblem(problems, timestamp, path, isV3);
  } else {
    problems.add('provider-wrong-type', path, { expected: 'string', found: foundType(timestamp) });
  }
}

function foundType(timestamp: unknown): string {
  return typeof timestamp === 'string' ? 'text without a number' : jsonType(timestamp);
}
