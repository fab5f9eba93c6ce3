import type { Entropy } from './entropy.ts';

/** A uuid as Callbell writes it: 32 lower-case hex digits, no dashes (documented). */
export function callbellUuid(entropy: Entropy): string {
  return entropy.hex(32);
}

/** An id as Gupshup gives on sending: a UUID v4 with dashes (documented). */
export function gupshupMessageId(entropy: Entropy): string {
  const digits = entropy.hex(32);
  const variant = '89ab'.charAt(Number.parseInt(digits.charAt(16), 16) % 4);
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `4${digits.slice(13, 16)}`,
    variant + digits.slice(17, 20),
    digits.slice(20),
  ].join('-');
}

/** Which way a message went: its WhatsApp id begins `gBE`/`gBG` when outbound, `ABE`/`ABG` when inbound. */
export type MessageDirection = 'outbound' | 'inbound';

/**
 * An id as WhatsApp's on-premises client makes it (seen): base64url of 80 11 (inbound 00 11), a length byte
 * whose top bit says that the count of digits is odd, the number as BCD padded with f, 02 09 and 9 random
 * bytes. It contains the number of the other side.
 */
export function whatsappMessageId(entropy: Entropy, phone: string, direction: MessageDirection): string {
  const odd = phone.length % 2 === 1;
  const number = odd ? `${phone}f` : phone;
  const length = (number.length / 2) | (odd ? 0x80 : 0);
  const start = direction === 'outbound' ? '8011' : '0011';
  const hex = `${start}${length.toString(16).padStart(2, '0')}${number}0209${entropy.hex(18)}`;
  return Buffer.from(hex, 'hex').toString('base64url');
}
