import { cloudMessageId } from '../generate/ids.ts';
import { isJsonObject, type JsonObject, stringAt } from '../json.ts';
import {
  type GeneratedFailure,
  type Path,
  type Provider,
  type ProviderFailure,
  type ProviderMessage,
  type ProviderReading,
  type ProviderStep,
  readFailureCode,
} from './provider.ts';

/**
 * Meta's Cloud API status, in the places it is met: wrapped as `messaging.value.statuses[]` (seen: two
 * independent clients read that path), bare, or in Meta's own envelope `entry[].changes[].value.statuses[]`
 * or a part of it (all assumed via Callbell).
 */
export const cloud: Provider = {
  name: 'cloud',
  meaning: "Meta's Cloud API, its status below messaging.value.statuses",
  origin: 'seen',
  lacks: ['enqueued', 'mismatch'],
  usualFailure: 131026,
  recognise: (raw) => locateStatuses(raw) !== undefined,
  read: (raw) => (locateStatuses(raw) ?? []).map(readStatus),
  drawIds: (draws, phone) => ({ whatsappId: cloudMessageId(draws, phone) }),
  build: buildCloud,
};

interface LocatedStatus {
  readonly path: Path;
  readonly value: JsonObject;
}

function locateStatuses(raw: JsonObject): LocatedStatus[] | undefined {
  if ('messaging' in raw) return statusesOfChange(raw.messaging, ['messaging']) ?? [];
  if (Array.isArray(raw.entry)) {
    return entries(raw.entry, ['entry']).flatMap((entry) =>
      entries(entry.value.changes, [...entry.path, 'changes']).flatMap(
        (change) => statusesOfChange(change.value, change.path) ?? [],
      ),
    );
  }
  // A change alone, and its value alone: Meta's envelope taken apart on its way (seen in workflow tools).
  const inside = statusesOfChange(raw, []) ?? statusesOf(raw, []);
  if (inside !== undefined) return inside;
  const isBare = typeof raw.status === 'string' && (raw.id !== undefined || raw.timestamp !== undefined);
  return isBare || 'recipient_id' in raw ? [{ path: [], value: raw }] : undefined;
}

function statusesOfChange(change: unknown, path: Path): LocatedStatus[] | undefined {
  return isJsonObject(change) ? statusesOf(change.value, [...path, 'value']) : undefined;
}

function statusesOf(value: unknown, path: Path): LocatedStatus[] | undefined {
  const statuses = isJsonObject(value) ? value.statuses : undefined;
  return Array.isArray(statuses) ? entries(statuses, [...path, 'statuses']) : undefined;
}

function entries(list: unknown, path: Path): LocatedStatus[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((value: unknown, index) =>
    isJsonObject(value) ? [{ path: [...path, index], value }] : [],
  );
}

function readStatus({ path, value }: LocatedStatus): ProviderReading {
  const status = stringAt(value, 'status') ?? '';
  const timeSeconds = readTimestamp(value.timestamp);
  const destination = stringAt(value, 'recipient_id');
  const whatsappId = stringAt(value, 'id');
  const gupshupId = stringAt(value, 'gs_id');
  return {
    provider: 'cloud',
    status,
    statusPath: [...path, 'status'],
    path,
    whatsappIdPath: ['id'],
    timeSeconds,
    destination,
    whatsappId,
    gupshupId,
    failure: status === 'failed' ? readFailure(value.errors) : undefined,
  };
}

/** A string of unix seconds (documented); Gupshup's v3 `enqueued` has a number of milliseconds (documented). */
function readTimestamp(timestamp: unknown): number | undefined {
  const seconds =
    typeof timestamp === 'string' && /^\d{1,15}$/.test(timestamp) ? Number(timestamp) : timestamp;
  if (typeof seconds !== 'number') return undefined;
  return seconds > 100_000_000_000 ? Math.floor(seconds / 1000) : seconds;
}

/** The first of `errors[]`; even the array may be missing (seen). The details are the most telling text. */
function readFailure(errors: unknown): ProviderFailure {
  const first: unknown = Array.isArray(errors) ? errors[0] : undefined;
  if (!isJsonObject(first)) return {};
  const details = stringAt(first.error_data, 'details');
  const reason = stringAt(first, 'title') ?? stringAt(first, 'message') ?? details;
  const code = readFailureCode(first.code);
  return {
    ...(code !== undefined && { code }),
    ...(reason !== undefined && { reason }),
  };
}

/** Prices go with `sent` and with one of `delivered` and `read` (documented). */
const PRICING = {
  billable: false,
  pricing_model: 'PMP',
  category: 'service',
  type: 'free_customer_service',
} as const;

const ERRORS_HREF = 'https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/';

/** Meta's change as two clients of Callbell found it, with one status inside. */
function buildCloud(step: ProviderStep, message: ProviderMessage): JsonObject | undefined {
  const { status, failure } = step;
  if (status === 'enqueued' || status === 'mismatch') return undefined;
  const { phone, bsuid, account } = message;
  // Assigned one by one: spreading objects together takes longer than all the rest of an event.
  const entry: Record<string, unknown> = {
    id: message.ids.whatsappId,
    status,
    timestamp: String(step.timeSeconds),
  };
  // Who is addressed by a business-scoped id has no `recipient_id` (documented).
  if (bsuid === undefined) entry.recipient_id = phone;
  else entry.recipient_user_id = bsuid;
  if (status === 'sent' || status === 'delivered') entry.pricing = PRICING;
  if (failure !== undefined) entry.errors = [buildError(failure)];
  return {
    messaging: {
      value: {
        messaging_product: 'whatsapp',
        metadata: { display_phone_number: account.phone, phone_number_id: account.phoneNumberId },
        statuses: [entry],
      },
      field: 'messages',
    },
  };
}

function buildError({ code, reason }: GeneratedFailure): JsonObject {
  return { code, title: reason, message: reason, error_data: { details: reason }, href: ERRORS_HREF };
}
