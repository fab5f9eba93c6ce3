import { createHash } from 'node:crypto';
import { gupshupMessageId } from '../generate/ids.ts';
import { isJsonObject } from '../json.ts';

/** How captured events become those of new messages. */
export interface RefreshOptions {
  /** The same key gives the same new ids. */
  readonly key: string;
  /** How far times are moved, in whole seconds. */
  readonly shiftSeconds: number;
}

/**
 * Makes an event that of a new message at another time. Equal ids become equal new ids, so what belonged
 * together still does, in any number of events and without a list of them; each keeps its format, and the
 * number inside of it. Everything else stays as it is, the contact too.
 */
export function refreshEvent(event: unknown, options: RefreshOptions): unknown {
  if (!isJsonObject(event) || !isJsonObject(event.payload)) return event;
  const { uuid, messageStatusPayload: raw } = event.payload;
  const payload = {
    ...event.payload,
    ...(typeof uuid === 'string' && { uuid: refreshId(uuid, options.key) }),
    ...(raw !== undefined && { messageStatusPayload: refreshValue(raw, '', options) }),
  };
  return { ...event, payload };
}

/** Ids of messages and conversations; other ids, of accounts and numbers, have other names. */
const ID_KEYS = new Set(['id', 'gsId', 'gs_id', 'whatsappMessageId']);

const TIME_KEYS = new Set(['ts', 'timestamp', 'expiresAt', 'expiration_timestamp']);

function refreshValue(value: unknown, key: string, options: RefreshOptions): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => refreshMember(item, key, options));
  return refreshMember(value, key, options);
}

function refreshMember(value: unknown, parent: string, options: RefreshOptions): unknown {
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => {
      // The id of Meta's own envelope is that of the business account.
      if (ID_KEYS.has(key) && parent !== 'entry' && typeof member === 'string') {
        return [key, refreshId(member, options.key)];
      }
      if (TIME_KEYS.has(key)) return [key, shift(member, options.shiftSeconds)];
      return [key, refreshValue(member, key, options)];
    }),
  );
}

/** From here on a number counts milliseconds: as seconds it would be in the year 5138. */
const LEAST_MILLISECONDS = 100_000_000_000;

function shift(time: unknown, seconds: number): unknown {
  if (typeof time === 'string') return /^\d{1,15}$/.test(time) ? String(shift(Number(time), seconds)) : time;
  if (typeof time !== 'number') return time;
  return time + (time >= LEAST_MILLISECONDS ? seconds * 1000 : seconds);
}

/** The new id for an old one, in the same format. */
export function refreshId(id: string, key: string): string {
  const digest = createHash('sha256').update(`${key}\0${id}`).digest();
  const hex = digest.toString('hex');
  if (/^[0-9a-f]{32}$/.test(id)) return hex.slice(0, 32);
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) return gupshupMessageId(hex.slice(0, 32));
  return refreshWamid(id, hex) ?? refreshWhatsappId(id, digest) ?? refreshOpaque(id, digest);
}

/** `wamid.` and base64 that ends in upper-case hex digits and a zero byte (seen). */
function refreshWamid(id: string, hex: string): string | undefined {
  if (!id.startsWith('wamid.')) return undefined;
  const text = Buffer.from(id.slice(6), 'base64').toString('latin1');
  const random = /[0-9A-F]{16,32}(?=\0$)/.exec(text)?.[0];
  if (random === undefined) return undefined;
  const fresh = `${text.slice(0, -random.length - 1)}${hex.slice(0, random.length).toUpperCase()}\0`;
  return `wamid.${Buffer.from(fresh, 'latin1').toString('base64')}`;
}

/** The older kind: base64url whose last nine bytes are random (seen). */
function refreshWhatsappId(id: string, digest: Buffer): string | undefined {
  const bytes = Buffer.from(id, 'base64url');
  const isKnown = bytes.length > 14 && bytes[1] === 0x11 && (bytes[0] === 0x80 || bytes[0] === 0);
  if (!isKnown || bytes.toString('base64url') !== id) return undefined;
  return Buffer.concat([bytes.subarray(0, -9), digest.subarray(0, 9)]).toString('base64url');
}

const ALPHABETS = ['0123456789', 'abcdefghijklmnopqrstuvwxyz', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

/** Anything else: a digit for a digit, a letter for a letter. */
function refreshOpaque(id: string, digest: Buffer): string {
  return [...id]
    .map((character, index) => {
      const alphabet = ALPHABETS.find((each) => each.includes(character));
      const byte = (digest[index % digest.length] ?? 0) + index;
      return alphabet === undefined ? character : alphabet.charAt(byte % alphabet.length);
    })
    .join('');
}
