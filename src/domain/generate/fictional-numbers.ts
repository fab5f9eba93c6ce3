import type { Origin } from '../failures.ts';
import type { Draws } from './entropy.ts';

/** A country with numbers that no operator gives to anybody. */
export interface CountryFacts {
  readonly name: string;
  /** Each range: its first number in digits, and how many follow from there (itself included). */
  readonly ranges: readonly NumberRange[];
  /** Who reserved them, and where that is said. */
  readonly source: string;
  /** How that is known. All are `seen`: several others cite those pages; we had none of the pages ourselves. */
  readonly origin: Origin;
}

type NumberRange = readonly [first: string, size: number];

/**
 * The numbers that may be generated: only what is set aside for fiction, so that an event that goes astray names
 * nobody. A country without such numbers is not here. Each range is in the code or documentation of several
 * others; all but the Irish one with the page of the regulator that they have it from.
 */
export const COUNTRIES = {
  GB: {
    name: 'United Kingdom',
    ranges: [['447700900000', 1000]],
    source: 'Ofcom, numbers for drama: 07700 900000 to 900999',
    origin: 'seen',
  },
  US: {
    name: 'United States',
    ranges: [
      ['12025550100', 100],
      ['12125550100', 100],
      ['13125550100', 100],
      ['14155550100', 100],
    ],
    source: 'NANPA, 555 line numbers: 555-0100 to 555-0199 of every area are for fiction',
    origin: 'seen',
  },
  CA: {
    name: 'Canada',
    ranges: [
      ['14165550100', 100],
      ['15145550100', 100],
      ['16045550100', 100],
    ],
    source: 'NANPA, 555 line numbers: 555-0100 to 555-0199 of every area are for fiction',
    origin: 'seen',
  },
  FR: {
    name: 'France',
    ranges: [['33639980000', 10_000]],
    source: 'ARCEP, numbering plan: 06 39 98 00 00 to 06 39 98 99 99 are for audiovisual works',
    origin: 'seen',
  },
  DE: {
    name: 'Germany',
    ranges: [
      ['491713920000', 100],
      ['4917604069000', 100],
    ],
    source:
      'Bundesnetzagentur, Mitteilung 148/2021 („Drama Numbers“): 0171 39200 00 to 99, 0176 040690 00 to 99',
    origin: 'seen',
  },
  SE: {
    name: 'Sweden',
    ranges: [['46701740605', 95]],
    source: 'PTS, numbers for books, film and television: 070-174 06 05 to 070-174 06 99',
    origin: 'seen',
  },
  IE: {
    name: 'Ireland',
    ranges: [['353209100000', 100_000]],
    source:
      '020 91X XXXX, in the examples of others; by memory from ComReg, numbering conditions of use (15/136)',
    origin: 'seen',
  },
  AU: {
    name: 'Australia',
    ranges: [
      ['61491570006', 1],
      ['61491570110', 1],
      ['61491570156', 4],
      ['61491570313', 1],
      ['61491570737', 1],
    ],
    source:
      'ACMA, phone numbers for use in TV shows, films and creative works: 0491 570 006 and others, one by one',
    origin: 'seen',
  },
} as const satisfies Record<string, CountryFacts>;

/** The ISO 3166 code of a country whose numbers can be generated. */
export type Country = keyof typeof COUNTRIES;

/** All of them, the default first. */
export const COUNTRY_CODES = Object.keys(COUNTRIES) as [Country, ...Country[]];

/** Draws a number of one of the countries, as digits without a plus sign. */
export function drawFictionalNumber(draws: Draws, countries: readonly Country[]): string {
  const country = countries[draws.below('country', countries.length)] ?? COUNTRY_CODES[0];
  const ranges: readonly NumberRange[] = COUNTRIES[country].ranges;
  let nth = draws.below('phone', sizeOf(ranges));
  for (const [first, size] of ranges) {
    if (nth < size) return addTo(first, nth);
    nth -= size;
  }
  throw new RangeError(`no number left in ${country}`);
}

/** Adds to the last five digits only, which no range leaves: a whole number of twelve is slow to write. */
function addTo(first: string, nth: number): string {
  const last = Number(first.slice(-5)) + nth;
  return first.slice(0, -5) + String(100_000 + last).slice(1);
}

function sizeOf(ranges: readonly NumberRange[]): number {
  let total = 0;
  for (const [, size] of ranges) total += size;
  return total;
}

/** The country whose fictional ranges a number lies in, or undefined where it may be a real one. */
export function fictionalCountryOf(phone: string): Country | undefined {
  return COUNTRY_CODES.find((country) =>
    COUNTRIES[country].ranges.some(([first, size]: NumberRange) => {
      const distance = Number(phone) - Number(first);
      return phone.length === first.length && distance >= 0 && distance < size;
    }),
  );
}

/** The calling codes of two digits (ITU E.164); 1 and 7 have one, all others three. */
const TWO_DIGIT_CODES = /^(?:2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])/;

/**
 * A number as people mistype it: the prefix for calls inside the country kept behind the country code. No
 * such number exists, but WhatsApp sees which one is meant.
 */
export function mistype(phone: string): string {
  if (phone.startsWith('1')) return `11${phone.slice(1)}`;
  const code = phone.startsWith('7') ? 1 : TWO_DIGIT_CODES.test(phone) ? 2 : 3;
  return `${phone.slice(0, code)}0${phone.slice(code)}`;
}
