import { readWhatsappId } from '../whatsapp-id.ts';
import type { ProblemList } from './problem-list.ts';

/** A shorter number is not a whole one: Callbell's own example has ten digits (documented). */
const LEAST_DIGITS = 11;

/**
 * Compares the number in an id of WhatsApp (seen) with the one the message goes to. They may differ: WhatsApp
 * writes some numbers in another way than they are dialled, and corrects others.
 */
export function addWhatsappIdProblem(
  problems: ProblemList,
  value: string | undefined,
  number: string | undefined,
  path: readonly (string | number)[],
): void {
  if (value === undefined || (number !== undefined && beginsWithNumber(value, number))) return;
  const id = readWhatsappId(value);
  if (id === undefined) {
    if (value.startsWith(WAMID)) problems.add('unusual-whatsapp-id', path, { value });
    return;
  }
  // Sent to a BSUID: the number is told beside it, or withheld.
  if (id.isBsuid) return;
  if (number === undefined || !/^\+?[\d\s().-]+$/.test(number)) return;
  const digits = number.replace(/\D/g, '');
  if (digits !== id.number && digits.length >= LEAST_DIGITS) {
    problems.add('unusual-whatsapp-id', path, { value, holds: id.number, number });
  }
}

const WAMID = 'wamid.';
const HEAD = 3;
const start = Buffer.alloc(24);

/** The quick answer for what nearly every id is: whether it holds this very number. */
function beginsWithNumber(id: string, number: string): boolean {
  const isWamid = id.startsWith(WAMID);
  const from = isWamid ? WAMID.length : 0;
  const written = start.write(id.slice(from, from + start.length), 'base64');
  return isWamid ? holdsText(number, written) : holdsDecimals(number, written);
}

/** Bytes 1C 18, the number's length, and the number in ASCII. */
function holdsText(number: string, written: number): boolean {
  const { length } = number;
  if (start[0] !== 0x1c || start[2] !== length || written < HEAD + length) return false;
  for (let at = 0; at < length; at += 1) if (start[HEAD + at] !== number.charCodeAt(at)) return false;
  return true;
}

/** Bytes 80 11 or 00 11, the number's length in bytes, and two digits in each. */
function holdsDecimals(number: string, written: number): boolean {
  const bytes = (number.length + 1) >> 1;
  if (start[1] !== 0x11 || ((start[2] ?? 0) & 0x7f) !== bytes || written < HEAD + bytes) return false;
  for (let at = 0; at < number.length; at += 1) {
    const pair = start[HEAD + (at >> 1)] ?? 0;
    if ((at % 2 === 0 ? pair >> 4 : pair & 0xf) !== number.charCodeAt(at) - DIGIT_ZERO) return false;
  }
  return true;
}

const DIGIT_ZERO = 0x30;
