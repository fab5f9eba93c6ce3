import { isJsonObject, type JsonObject, stringAt } from '../../json.ts';
import { type Path, type ProviderFailure, type ProviderReading, readFailureCode } from '../provider.ts';

/** Recognises Gupshup's object by its two main members or, where one of them is broken, by those nobody else has. */
export function recogniseGupshup(raw: JsonObject): boolean {
  if (typeof raw.type === 'string' && isJsonObject(raw.payload)) return true;
  return 'gsId' in raw || ('destination' in raw && ('type' in raw || 'payload' in raw));
}

const NO_PATH: Path = [];
const STATUS_PATH: Path = ['type'];
const OUTER_ID: Path = ['id'];
const INNER_ID: Path = ['payload', 'whatsappMessageId'];

/** Reads Gupshup's object. */
export function readGupshup(raw: JsonObject): ProviderReading {
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
