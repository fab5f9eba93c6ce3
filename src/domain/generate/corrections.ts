import type { Country } from './fictional-numbers.ts';

/** Countries with numbers that WhatsApp knows under another form than the one that is dialled. */
export const CORRECTED_COUNTRIES = ['BR', 'MX', 'AR'] as const satisfies readonly Country[];

/** A number as it is dialled, split in two, and what stands between the parts in the WhatsApp id. */
type Correction = readonly [dialled: RegExp, between: string];

/**
 * Documented by Gupshup (support 4413210201625, 4407840924953) and seen: Brazil drops the ninth digit outside
 * of the areas 11 to 19, 21, 22, 24, 27 and 28, and adds it to old numbers inside of them; Mexico keeps a 1 for
 * accounts of before 2019 and drops it for newer ones; Argentina has a 9.
 */
const CORRECTIONS: readonly Correction[] = [
  [/^(55(?!1[1-9]|2[12478])\d\d)9(\d{8})$/, ''],
  [/^(55(?:1[1-9]|2[12478]))(\d{8})$/, '9'],
  [/^(52)(\d{10})$/, '1'],
  [/^(52)1(\d{10})$/, ''],
  [/^(54)(\d{10})$/, '9'],
];

/** Returns the WhatsApp id of a number where it differs, or undefined where no correction is known. */
export function correctNumber(dialled: string): string | undefined {
  for (const [pattern, between] of CORRECTIONS) {
    const match = pattern.exec(dialled);
    if (match !== null) return `${match[1]}${between}${match[2]}`;
  }
  return undefined;
}
