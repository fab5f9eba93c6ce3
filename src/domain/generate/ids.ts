import type { Draws } from './entropy.ts';

/** Makes a UUID v4 with dashes from 32 hex digits: Gupshup's ids (documented). */
export function gupshupMessageId(digits: string): string {
  const variant = '89ab'.charAt(digits.charCodeAt(16) % 4);
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-${variant}${digits.slice(17, 20)}-${digits.slice(20, 32)}`;
}

/** Direction of a message: an old WhatsApp id begins `gBE`/`gBG` when outbound, `ABE`/`ABG` when inbound. */
export type MessageDirection = 'outbound' | 'inbound';

/** Ids are put together here; it is emptied with every use, and nothing waits in between. */
const scratch = Buffer.alloc(64);

/**
 * Makes an id as WhatsApp's on-premises client did until October 2025 (seen): base64url of 80 11 (inbound 00 11),
 * a length byte whose top bit says that the count of digits is odd, the number as BCD padded with f, 02 09 and 9
 * random bytes. It contains the number of the other side.
 *
 * @param phone digits only, at most 16
 */
export function whatsappMessageId(draws: Draws, phone: string, direction: MessageDirection): string {
  const pairs = Math.ceil(phone.length / 2);
  scratch[0] = direction === 'outbound' ? 0x80 : 0;
  scratch[1] = 0x11;
  scratch[2] = pairs | (phone.length % 2 === 1 ? 0x80 : 0);
  for (let pair = 0; pair < pairs; pair += 1) {
    const low = pair * 2 + 1 < phone.length ? phone.charCodeAt(pair * 2 + 1) - ZERO : 0xf;
    scratch[3 + pair] = ((phone.charCodeAt(pair * 2) - ZERO) << 4) | low;
  }
  const end = 3 + pairs;
  scratch[end] = 0x02;
  scratch[end + 1] = 0x09;
  draws.copyBytes(direction === 'outbound' ? 'whatsapp' : 'inbound', scratch, end + 2, 9);
  return scratch.toString('base64url', 0, end + 11);
}

/** Way of addressing a message, as it stands in a wamid behind the recipient: to a number 15 02, to a BSUID 15 14. */
const AFTER_NUMBER = [0x15, 0x02, 0x00, 0x11, 0x18, 0x12] as const;
const AFTER_BSUID = [0x15, 0x14, 0x00, 0x11, 0x18, 0x12] as const;

/**
 * Makes an id as Meta's Cloud API does (seen): `wamid.` and base64 of 1C 18, the length of the recipient, the
 * recipient in ASCII, 15 02 00 11 18 12, 18 upper-case hex characters and 00.
 *
 * @param recipient a number of at most 16 digits, or a BSUID of at most 30 characters
 */
export function cloudMessageId(draws: Draws, recipient: string): string {
  const random = draws.hex('whatsapp');
  const { length } = recipient;
  scratch[0] = 0x1c;
  scratch[1] = 0x18;
  scratch[2] = length;
  for (let at = 0; at < length; at += 1) scratch[3 + at] = recipient.charCodeAt(at);
  const end = 3 + length;
  const after = recipient.charCodeAt(0) > NINE ? AFTER_BSUID : AFTER_NUMBER;
  for (let at = 0; at < 6; at += 1) scratch[end + at] = after[at] ?? 0;
  for (let at = 0; at < 18; at += 1) {
    const code = random.charCodeAt(at);
    scratch[end + 6 + at] = code >= LOWER_A ? code - LOWER_TO_UPPER : code;
  }
  scratch[end + 24] = 0;
  return `wamid.${scratch.toString('base64', 0, end + 25)}`;
}

const BASE_62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const SHORT_LENGTH = 22;

/** Makes the short form of an id that was seen at Gupshup in August 2026: 128 bits as 22 base62 characters. */
export function shortMessageId(digits: string): string {
  let value = BigInt(`0x${digits}`);
  let text = '';
  for (let at = 0; at < SHORT_LENGTH; at += 1) {
    text = BASE_62.charAt(Number(value % 62n)) + text;
    value /= 62n;
  }
  return text;
}

const NINE = 0x39;
const ZERO = 0x30;
const LOWER_A = 0x61;
const LOWER_TO_UPPER = 0x20;
