/** A WhatsApp id, of which two forms are known (both seen): the on-premises one, and Meta's `wamid.`. */
interface WhatsappId {
  /** Number of the other side in digits, or its BSUID where the message was sent to one. */
  readonly number: string;
  /** {@link number} is a BSUID. */
  readonly isBsuid: boolean;
  /**
   * Returns the same id around another number or BSUID.
   *
   * @param digest hex digits to replace the random part of the id with; the part stays where there are none
   */
  withNumber(number: string, digest?: string): string;
}

/** Reads a WhatsApp id; undefined where the text is none. */
export function readWhatsappId(text: string): WhatsappId | undefined {
  return text.startsWith(WAMID) ? readWamid(text) : readOldId(text);
}

const WAMID = 'wamid.';

/** Business-scoped user id: two letters, a dot, and letters and digits; one byte holds the length. */
const BSUID = /^[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,128}$/;

/** Bytes 1C 18, the length of the recipient, the recipient in ASCII, and a rest that begins 15 02 or 15 14. */
function readWamid(text: string): WhatsappId | undefined {
  const bytes = Buffer.from(text.slice(WAMID.length), 'base64');
  const length = bytes[2] ?? 0;
  const recipient = bytes.subarray(3, 3 + length).toString('latin1');
  const isBsuid = BSUID.test(recipient);
  if (bytes[0] !== 0x1c || bytes[1] !== 0x18 || !(isBsuid || /^\d{5,20}$/.test(recipient))) return undefined;
  const rest = bytes.subarray(3 + length);
  return {
    number: recipient,
    isBsuid,
    withNumber: (number, digest) => {
      const head = Buffer.from([0x1c, 0x18, number.length]);
      const form = isBsuid ? '\x15\x14\0\x11\x18\x12' : '\x15\x02\0\x11\x18\x12';
      const tail =
        digest === undefined ? rest : Buffer.from(`${form}${digest.slice(0, 18).toUpperCase()}\0`, 'latin1');
      return WAMID + Buffer.concat([head, Buffer.from(number, 'latin1'), tail]).toString('base64');
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
    isBsuid: false,
    withNumber: (number, digest) => {
      const tail = digest === undefined ? rest : `0209${digest.slice(0, 18)}`;
      const odd = number.length % 2 === 1;
      const padded = odd ? `${number}f` : number;
      const lengthByte = ((padded.length / 2) | (odd ? 0x80 : 0)).toString(16).padStart(2, '0');
      return Buffer.from(start + lengthByte + padded + tail, 'hex').toString('base64url');
    },
  };
}
