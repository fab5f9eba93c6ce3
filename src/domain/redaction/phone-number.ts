/** The digits of a phone number and how they were written. */
export interface WrittenNumber {
  readonly digits: string;
  /** `+`, the 00 or 0 that is dialled in front, or nothing. */
  readonly prefix: '+' | '00' | '0' | '';
  /** There is something between the digits. */
  readonly isSpaced: boolean;
}

/** A longer text is no phone number, however many spaces it has. */
const LONGEST_WRITTEN = 64;
const WRITTEN = /^\+?[\d\s()[\]./–-]+$/;
/** A number of which somebody masked a part, as the examples of providers do; the rest tells enough. */
const HALF_MASKED = /^\+?\d[\dXx*#•…]*$/;

/** Reads a text as a phone number, in the digits of any script; undefined where it holds anything else. */
export function readPhoneNumber(text: string): WrittenNumber | undefined {
  if (text.length > LONGEST_WRITTEN) return undefined;
  const written = plainDigits(text).trim();
  if (!/\d/.test(written) || !(WRITTEN.test(written) || HALF_MASKED.test(written))) return undefined;
  const all = written.replace(/\D/g, '');
  const prefix = written.startsWith('+') ? '+' : ((/^00?/.exec(all)?.[0] ?? '') as '00' | '0' | '');
  const digits = prefix === '+' ? all : all.slice(prefix.length);
  return { digits, prefix, isSpaced: /[^\d+Xx*#•…]/.test(written) };
}

/** Digits of every script as ASCII, full-width forms as usual ones, without invisible characters. */
function plainDigits(text: string): string {
  if (/^[ -~]*$/.test(text)) return text;
  return text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/\p{Nd}/gu, (digit) => {
      // Unicode keeps the ten digits of a script together, beginning at …0 or at …6.
      const code = digit.codePointAt(0) ?? 0;
      const beginsAt6 = /\p{Nd}/u.test(String.fromCodePoint((code & ~0xf) | 0xa));
      return String((code & 0xf) - (beginsAt6 ? 6 : 0));
    });
}

/** ITU-T E.164 country codes: no code is the beginning of another. */
const COUNTRY_CODE = /^(?:1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|\d{3})/;
/** A number with its country code has at least as many digits where nothing else tells. */
const SHORTEST_INTERNATIONAL = 11;

/** The part of a number that is the same in its national and its international form. */
export function nationalPart({ digits, prefix }: WrittenNumber): string {
  const isInternational = prefix === '+' || prefix === '00' || digits.length >= SHORTEST_INTERNATIONAL;
  return isInternational && prefix !== '0' ? digits.replace(COUNTRY_CODE, '') : digits;
}
