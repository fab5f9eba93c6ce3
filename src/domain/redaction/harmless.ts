import { EVENT_NAME } from '../event-name.ts';
import { FAILURE_ROWS } from '../failure-rows.ts';
import { failuresOfCode } from '../failures.ts';
import { nearest } from '../nearest.ts';
import { OTHER_EVENTS } from '../other-events.ts';
import { MESSAGE_STATUSES } from '../status.ts';
import { UUID } from './masks.ts';
import type { Place } from './places.ts';

/** Documented words of events and providers that no table of the program has. */
const WORDS = `accepted queued submitted pending scheduled buffered sending dispatched seen viewed opened played
  undelivered error rejected undeliverable expired removed revoked received note warning
  message message-event session template text image document audio video voice sticker location contacts interactive button
  reaction order system unsupported file list quick_reply
  whatsapp whatsapp_business whatsapp_cloud whatsapp_qr facebook instagram telegram messenger email sms widget group
  individual messages statuses standby whatsapp_business_account
  regular free_customer_service free_entry_point PMP CBP NBP FEP marketing marketing_lite utility authentication
  authentication-international authentication_international service referral_conversion general_purpose_ai
  group_marketing group_utility group_service user_initiated business_initiated
  user_logged_in user_logged_out system_logged_out agent_added agent_removed issue_resolved
  GET HEAD POST PUT PATCH DELETE OPTIONS whatsapp_wallet_depleted_credit`;

const NAMES = [EVENT_NAME, ...OTHER_EVENTS, ...MESSAGE_STATUSES];
const FAILURE_TEXTS = FAILURE_ROWS.flatMap(({ title, details, wireDetails, gupshupReason }) =>
  [title, details, wireDetails, gupshupReason].filter((text) => text !== undefined),
);
const DOCUMENTED: ReadonlySet<string> = new Set(
  [...NAMES, ...WORDS.split(/\s+/), ...FAILURE_TEXTS].map(bare),
);
const LONG_NAMES = NAMES.filter((name) => name.length > 5);
const LONGEST_TEXT = 300;

/** Case, spaces at the ends and the last full stop make no difference. */
function bare(text: string): string {
  return text.trim().replace(/\.$/, '').toLowerCase();
}

/** Whether a text is documented. Gupshup hands the failures of Meta on as `title, (#code) title`. */
function isDocumented(text: string): boolean {
  if (text.length > LONGEST_TEXT) return false;
  if (DOCUMENTED.has(bare(text))) return true;
  const [title = '', code = '', details, ...more] = text.split(/, \(#|\) /, 4);
  if (details !== undefined && more.length === 0 && /^\d{1,6}$/.test(code)) {
    return isKnownCode(Number(code)) && DOCUMENTED.has(bare(title)) && DOCUMENTED.has(bare(details));
  }
  // A name with one letter wrong, which validation points out.
  return /^[A-Za-z_]{6,25}$/.test(text) && nearest(text, LONG_NAMES, 1) !== undefined;
}

function isKnownCode(code: number): boolean {
  return failuresOfCode(code).length > 0;
}

const LINK =
  /^(?:https:\/\/dash\.callbell\.eu\/(?:contacts|chat)\/[\da-f]{32}|https:\/\/developers\.facebook\.com\/docs\/whatsapp\/cloud-api\/support\/error-codes\/?|(?:https:\/\/developers\.facebook\.com)?\/documentation\/business-messaging\/whatsapp\/support\/error-codes\/?)$/;
const ISO_TIME =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?:[T ](?:[01]\d|2[0-4]):[0-5]\d(?::[0-6]\d(?:\.\d{1,6})?)?(?:Z| ?[+-](?:0\d|1[0-4]):?[0-5]\d)?)?$/i;
/** WhatsApp is of 2009. */
const FIRST_SECOND = 1_230_768_000;
const YEAR_SECONDS = 366 * 24 * 3600;

/** Whether a number is a unix time in seconds, or in any finer unit, between 2009 and a year from then. */
function isUnixTime(value: number, latest: number): boolean {
  if (!Number.isInteger(value)) return false;
  return [1, 1e3, 1e6, 1e9].some((unit) => {
    const seconds = value / unit;
    return seconds >= FIRST_SECOND && seconds <= latest + YEAR_SECONDS;
  });
}

function isIsoTime(text: string, latest: number): boolean {
  const year = Number(text.slice(0, 4));
  return (
    ISO_TIME.test(text) && year >= 2009 && year <= new Date((latest + YEAR_SECONDS) * 1000).getUTCFullYear()
  );
}

type Form = (value: string | number, latest: number) => boolean;
/** Whether a uuid has decimal digits only, and about as many of them as a phone number besides zeros. */
function isPaddedNumber(uuid: string): boolean {
  const digits = uuid.replaceAll(/[0-]/g, '');
  return /^\d{7,15}$/.test(digits);
}

const never: Form = () => false;

/** One row a place: the forms in which a value there says nothing about a person. */
const FORMS: Readonly<Record<Place, Form>> = {
  id: (value) => typeof value === 'string' && UUID.test(value) && !isPaddedNumber(value),
  word: (value) => typeof value === 'string' && isDocumented(value),
  time: (value, latest) =>
    typeof value === 'number' || /^[1-9]\d{9,18}$/.test(value)
      ? isUnixTime(Number(value), latest)
      : isIsoTime(value, latest),
  code: (value) => /^\d{1,6}$/.test(String(value)) && (isKnownCode(Number(value)) || HTTP.has(Number(value))),
  count: (value) => /^\d{1,3}$/.test(String(value)),
  link: (value) => typeof value === 'string' && LINK.test(value),
  number: never,
  tags: never,
  free: never,
  any: never,
};

const HTTP = new Set([200, 201, 202, 204, 301, 302, 400, 401, 403, 404, 405, 408, 410, 413, 422, 429]);

/**
 * Whether a value is harmless where it stands.
 *
 * @param latest when it was received, in unix seconds
 */
export function isHarmless(place: Place, value: string | number, latest: number): boolean {
  return FORMS[place](value, latest);
}
