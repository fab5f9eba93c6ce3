import { isJsonObject, type JsonObject, stringAt, valueAt } from '../json.ts';
import type { ProviderName, ProviderReading } from '../providers/provider.ts';
import { readingFor, readProviderPayload } from '../providers/providers.ts';
import { isMessageStatus, type MessageStatus } from '../status.ts';

/** What a report takes from one event. */
export interface ReportEvent {
  readonly uuid: string;
  readonly status: MessageStatus;
  /** When it happened by the provider's clock, in unix milliseconds. */
  readonly occurredAt: number | undefined;
  /** When it was received, in unix milliseconds, where the capture says so. */
  readonly receivedAt: number | undefined;
  /** The provider states a time that cannot be: it is not used. */
  readonly hasWrongTime: boolean;
  readonly failure: ReportedFailure | undefined;
  readonly pricing: ReportedPricing | undefined;
  /** The uuid of the contact, else the number or the id that the provider addressed. */
  readonly recipient: string | undefined;
}

/** Why a message failed, as its event says it. */
export interface ReportedFailure {
  readonly provider: ProviderName | undefined;
  readonly code: number | undefined;
  readonly text: string | undefined;
}

/** How a message is charged, as its event says it. */
export interface ReportedPricing {
  readonly category: string | undefined;
  readonly type: string | undefined;
  readonly billable: boolean | undefined;
}

/** A uuid has 32 characters; what is far longer is no uuid, and would cost memory. */
const LONGEST_UUID = 128;
const LONGEST_TEXT = 200;
const LONGEST_NAME = 60;
const DAY_MS = 86_400_000;
/** WhatsApp is of 2009: an earlier time is a mistake. */
const FIRST_MS = Date.UTC(2009, 0);

/**
 * Reads what a report counts; undefined for an event that cannot be counted, because it names no message or none
 * of the seven statuses.
 *
 * @param now the latest time an event without `receivedAt` can be of, in unix milliseconds
 */
export function readReportEvent(
  payload: JsonObject,
  receivedAtText: string | undefined,
  now: number,
): ReportEvent | undefined {
  const { uuid, status } = payload;
  if (typeof uuid !== 'string' || uuid === '' || uuid.length > LONGEST_UUID || !isMessageStatus(status)) {
    return undefined;
  }
  const raw = payload.messageStatusPayload;
  const reading = readingFor(readProviderPayload(raw), status);
  const receivedAt = parseReceivedAt(receivedAtText);
  const stated = milliseconds(reading?.timeSeconds);
  const isRight = stated !== undefined && stated >= FIRST_MS && stated <= (receivedAt ?? now) + DAY_MS;
  return {
    uuid,
    status,
    occurredAt: isRight ? stated : undefined,
    receivedAt,
    hasWrongTime: stated !== undefined && !isRight,
    failure: status === 'failed' ? readFailure(reading) : undefined,
    pricing: reading && readPricing(valueAt(raw, reading.path)),
    recipient: readRecipient(payload.contact, reading),
  };
}

function parseReceivedAt(text: string | undefined): number | undefined {
  const parsed = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(parsed) ? undefined : parsed;
}

/** A provider's time, which is in seconds; some write milliseconds. */
function milliseconds(time: number | undefined): number | undefined {
  if (time === undefined || !Number.isFinite(time)) return undefined;
  return time > 100_000_000_000 ? time : time * 1000;
}

function readFailure(reading: ProviderReading | undefined): ReportedFailure {
  const { code, reason } = reading?.failure ?? {};
  return { provider: reading?.provider, code, text: reason?.slice(0, LONGEST_TEXT) };
}

/** Both providers write `pricing` beside the status; `billable` is to go, and `type` says the same (documented by Meta). */
function readPricing(object: unknown): ReportedPricing | undefined {
  const pricing = isJsonObject(object) ? object.pricing : undefined;
  if (!isJsonObject(pricing)) return undefined;
  // Meta writes authentication-international, Gupshup authentication_international (documented).
  const category = stringAt(pricing, 'category')?.slice(0, LONGEST_NAME).toLowerCase().replaceAll('-', '_');
  const type = stringAt(pricing, 'type')?.slice(0, LONGEST_NAME);
  const stated = typeof pricing.billable === 'boolean' ? pricing.billable : undefined;
  return { category, type, billable: BILLABLE_TYPES.get(type) ?? stated };
}

const BILLABLE_TYPES: ReadonlyMap<string | undefined, boolean> = new Map([
  ['regular', true],
  ['free_customer_service', false],
  ['free_entry_point', false],
]);

function readRecipient(contact: unknown, reading: ProviderReading | undefined): string | undefined {
  return (stringAt(contact, 'uuid') ?? reading?.destination)?.slice(0, LONGEST_UUID);
}
