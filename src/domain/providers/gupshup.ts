import { isJsonObject, type JsonObject, stringAt } from '../json.ts';
import type { MessageStatus } from '../status.ts';
import { type Provider, type ProviderFailure, type ProviderReading, readFailureCode } from './provider.ts';

/**
 * Gupshup's v2 object: `{id, gsId, type, destination, payload}`. Both examples that Callbell publishes have
 * this shape (documented).
 */
export const gupshup: Provider = {
  name: 'gupshup',
  recognise: (raw) => typeof raw.type === 'string' && isJsonObject(raw.payload),
  read: (raw) => [readGupshup(raw)],
};

function readGupshup(raw: JsonObject): ProviderReading {
  const status = String(raw.type);
  const inner = isJsonObject(raw.payload) ? raw.payload : {};
  const gsId = stringAt(raw, 'gsId');
  const id = stringAt(raw, 'id');
  const timeSeconds = readSeconds(inner.ts);
  const destination = stringAt(raw, 'destination');
  // Without a gsId, `id` is Gupshup's own id: documented for `enqueued` and for failures at once.
  const idIsGupshups = gsId === undefined && (status === 'enqueued' || status === 'failed');
  const whatsappId = idIsGupshups ? stringAt(inner, 'whatsappMessageId') : id;
  const gupshupId = gsId ?? (idIsGupshups ? id : undefined);
  return {
    provider: 'gupshup',
    status,
    statusPath: ['type'],
    path: [],
    whatsappIdPath: idIsGupshups ? ['payload', 'whatsappMessageId'] : ['id'],
    ...(timeSeconds !== undefined && { timeSeconds }),
    ...(destination !== undefined && { destination }),
    ...(whatsappId !== undefined && { whatsappId }),
    ...(gupshupId !== undefined && { gupshupId }),
    ...(status === 'failed' && { failure: readFailure(inner) }),
    ...(status === 'mismatch' && { correction: readCorrection(inner) }),
  };
}

/** `ts` is a number of seconds (documented); a string of digits was seen once. */
function readSeconds(ts: unknown): number | undefined {
  if (typeof ts === 'number') return ts;
  return typeof ts === 'string' && /^\d{1,15}$/.test(ts) ? Number(ts) : undefined;
}

function readFailure(inner: JsonObject): ProviderFailure {
  const reason = stringAt(inner, 'reason');
  const code = readFailureCode(inner.code);
  return {
    ...(code !== undefined && { code }),
    ...(reason !== undefined && { reason }),
  };
}

function readCorrection(inner: JsonObject): NonNullable<ProviderReading['correction']> {
  const requested = stringAt(inner, 'phone');
  const corrected = stringAt(inner, 'wa_id');
  return { ...(requested !== undefined && { requested }), ...(corrected !== undefined && { corrected }) };
}

/** What {@link buildGupshup} puts into the object. */
export interface GupshupStep {
  readonly status: MessageStatus;
  /** When it happened, in unix seconds. */
  readonly timeSeconds: number;
  /** The recipient's number, digits only. */
  readonly destination: string;
  readonly gupshupId: string;
  readonly whatsappId: string;
  /** The number as it was asked for, when WhatsApp corrected it to `destination`. */
  readonly requestedNumber: string;
  /** The id of a message of the recipient, for `deleted`. */
  readonly inboundId: string;
  readonly failure: Required<ProviderFailure>;
}

/** Builds the object as Gupshup documents it for each status; `failed` is the failure at once. */
export function buildGupshup(step: GupshupStep): JsonObject {
  const { status, destination, gupshupId: gsId, whatsappId: id } = step;
  const payload = { ts: step.timeSeconds };
  switch (status) {
    case 'enqueued':
      return {
        id: gsId,
        type: status,
        payload: { type: 'session', whatsappMessageId: id },
        destination,
      };
    case 'sent':
      // Since July 2025 the price is per message and `conversation` is no longer promised (documented).
      return {
        id,
        gsId,
        type: status,
        payload,
        destination,
        pricing: { policy: 'PMP', category: 'service', type: 'free_customer_service' },
      };
    case 'delivered':
    case 'read':
      return { id, gsId, type: status, payload, destination };
    case 'failed':
      return {
        id: gsId,
        type: status,
        payload: { code: step.failure.code, reason: step.failure.reason },
        destination,
      };
    case 'mismatch':
      // Whether an id goes with it is undocumented, so there is none.
      return {
        type: status,
        payload: { wa_id: destination, phone: step.requestedNumber },
        destination: step.requestedNumber,
      };
    case 'deleted':
      return { id: step.inboundId, type: status, payload, destination };
    default:
      return status satisfies never;
  }
}
