import { gupshupMessageId, whatsappMessageId } from '../generate/ids.ts';
import { isJsonObject, type JsonObject, stringAt } from '../json.ts';
import {
  type Path,
  type Provider,
  type ProviderFailure,
  type ProviderMessage,
  type ProviderReading,
  type ProviderStep,
  readFailureCode,
} from './provider.ts';

/**
 * Gupshup's v2 object: `{id, gsId, type, destination, payload}`. Both examples that Callbell publishes have
 * this shape (documented).
 */
export const gupshup: Provider = {
  name: 'gupshup',
  meaning: 'Gupshup, the object in both examples of Callbell',
  origin: 'documented',
  lacks: [],
  usualFailure: 1002,
  recognise,
  read: (raw) => [readGupshup(raw)],
  drawIds: (draws, phone, requestedPhone = phone) => ({
    whatsappId: whatsappMessageId(draws, requestedPhone, 'outbound'),
    gupshupId: gupshupMessageId(draws.hex('gupshup')),
  }),
  build: buildGupshup,
};

/** By its two main members, or where one of them is broken or missing, by those that nobody else has. */
function recognise(raw: JsonObject): boolean {
  if (typeof raw.type === 'string' && isJsonObject(raw.payload)) return true;
  return 'gsId' in raw || ('destination' in raw && ('type' in raw || 'payload' in raw));
}

const NO_PATH: Path = [];
const STATUS_PATH: Path = ['type'];
const OUTER_ID: Path = ['id'];
const INNER_ID: Path = ['payload', 'whatsappMessageId'];

function readGupshup(raw: JsonObject): ProviderReading {
  const status = stringAt(raw, 'type') ?? '';
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
    statusPath: STATUS_PATH,
    path: NO_PATH,
    whatsappIdPath: idIsGupshups ? INNER_ID : OUTER_ID,
    timeSeconds,
    destination,
    whatsappId,
    gupshupId,
    failure: status === 'failed' ? readFailure(inner) : undefined,
    correction: status === 'mismatch' ? readCorrection(inner) : undefined,
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

/** Since July 2025 the price is per message and `conversation` is no longer promised (documented). */
const PRICING = { policy: 'PMP', category: 'service', type: 'free_customer_service' } as const;

/** The object as Gupshup documents it for each status. */
function buildGupshup(step: ProviderStep, message: ProviderMessage): JsonObject {
  const object = buildStep(step, message);
  // Optional since 2026, for recipients who have such an id (documented).
  return message.bsuid === undefined ? object : { ...object, userId: message.bsuid };
}

function buildStep({ status, timeSeconds, failure }: ProviderStep, message: ProviderMessage): JsonObject {
  const { gupshupId: gsId, whatsappId: id } = message.ids;
  // The number as it was asked for, also once it is corrected (seen): one destination over the whole life.
  const destination = message.requestedPhone ?? message.phone;
  switch (status) {
    case 'enqueued':
      return { id: gsId, type: status, payload: { type: 'session', whatsappMessageId: id }, destination };
    case 'sent':
      return { id, gsId, type: status, payload: { ts: timeSeconds }, destination, pricing: PRICING };
    case 'delivered':
    case 'read':
      return { id, gsId, type: status, payload: { ts: timeSeconds }, destination };
    case 'failed': {
      const payload = { code: failure?.code, reason: failure?.reason };
      return failure?.late
        ? { id, gsId, type: status, payload, destination }
        : { id: gsId, type: status, payload, destination };
    }
    case 'mismatch':
      // Whether an id goes with it is undocumented, so there is none.
      return { type: status, payload: { wa_id: message.phone, phone: destination }, destination };
    case 'deleted':
      return {
        id: whatsappMessageId(message.draws, destination, 'inbound'),
        type: status,
        payload: { ts: timeSeconds },
        destination,
      };
    default:
      return status satisfies never;
  }
}
