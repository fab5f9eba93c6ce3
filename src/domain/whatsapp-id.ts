/**
 * The number inside a WhatsApp id. Two forms are known (both seen): the old one of the on-premises client,
 * and Meta's `wamid.`; both hold the number of the other side in the clear.
 */

interface WhatsappId {
  readonly number: string;
  /** The same id around another number. */
  withNumber(number: string): string;
}

/** Reads a WhatsApp id; undefined where the text is none. */
export function readWhatsappId(text: string): WhatsappId | undefined {
  return text.startsWith(WAMID) ? readWamid(text) : readOldId(text);
}

const WAMID = 'wamid.';

/** Bytes 1C 18, the number's length, the number in ASCII, and a rest that begins 15 02. */
function readWamid(text: string): WhatsappId | undefined {
  const bytes = Buffer.from(text.slice(WAMID.length), 'base64');
  const length = bytes[2] ?? 0;
  const digits = bytes.subarray(3, 3 + length).toString('latin1');
  if (bytes[0] !== 0x1c || bytes[1] !== 0x18 || !/^\d{5,20}$/.test(digits)) return undefined;
  const rest = bytes.subarray(3 + length);
  return {
    number: digits,
    withNumber: (number) => {
      const head = Buffer.from([0x1c, 0x18, number.length]);
      return WAMID + Buffer.concat([head, Buffer.from(number, 'latin1'), rest]).toString('base64');
    },
  };
}

/** 80 11 or 00 11, a length byte whose top bit says that the count of digits is odd, the number as BCD. */
function readOldId(text: string): WhatsappId | undefined {
  if (!/^[gA]BE?[\w-]{8,}$/.test(text)) return undefined;
  const hex = Buffer.from(text, 'base64url').toString('hex');
  const start = hex.slice(0, 4);
  const length = Number.parseInt(hex.slice(4, 6), 16) & 0x7f;
  const digits = hex.slice(6, 6 + length * 2).replace(/f$/, '');
  if ((start !== '8011' && start !== '0011') || !/^\d{5,20}$/.test(digits)) return undefined;
  const rest = hex.slice(6 + length * 2);
  return {
    number: digits,
    withNumber: (number) => {
      const odd = number.length % 2 === 1;
      const padded = odd ? `${number}f` : number;
      const lengthByte = ((padded.length / 2) | (odd ? 0x80 : 0)).toString(16).padStart(2, '0');
      return Buffer.from(start + lengthByte + padded + rest, 'hex').toString('base64url');
    },
  };
}
