import type { Origin } from '../origin.ts';
import type { Draws } from './entropy.ts';

/** Country with numbers that no operator gives to anybody. */
export interface CountryFacts {
  readonly name: string;
  readonly callingCode: string;
  /** Ranges to draw from, as the numbers are dialled: first number in digits, and how many follow (itself included). */
  readonly ranges: readonly NumberRange[];
  /** The same numbers as WhatsApp ids, where those differ. */
  readonly whatsappRanges?: readonly NumberRange[];
  /** Reserved for fiction by the regulator, or only without any assigned number. */
  readonly kind: 'reserved' | 'unassigned';
  /** Who says so. */
  readonly source: string;
  readonly origin: Origin;
}

type NumberRange = readonly [first: string, size: number];

const UNASSIGNED =
  'no official range for fiction was found; none of 5000 random numbers is valid in libphonenumber-js 1.13.16 (checked 25 November 2026)';

const NANPA = 'NANPA, 555 line numbers: 555-0100 to 555-0199 of every area are for fiction';

/**
 * Numbers that may be generated: set aside for fiction or, where no such range was found, of a prefix without any
 * assigned number, so that an event that goes astray names nobody. Recheck the unassigned ones yearly.
 */
export const COUNTRIES = {
  GB: {
    name: 'United Kingdom',
    callingCode: '44',
    ranges: [['447700900000', 1000]],
    kind: 'reserved',
    source: 'Ofcom, numbers for drama: 07700 900000 to 900999',
    origin: 'seen',
  },
  US: {
    name: 'United States',
    callingCode: '1',
    ranges: [
      ['12025550100', 100],
      ['12125550100', 100],
      ['13125550100', 100],
      ['14155550100', 100],
    ],
    kind: 'reserved',
    source: NANPA,
    origin: 'seen',
  },
  CA: {
    name: 'Canada',
    callingCode: '1',
    ranges: [
      ['14165550100', 100],
      ['15145550100', 100],
      ['16045550100', 100],
    ],
    kind: 'reserved',
    source: NANPA,
    origin: 'seen',
  },
  FR: {
    name: 'France',
    callingCode: '33',
    ranges: [['33639980000', 10_000]],
    kind: 'reserved',
    source: 'ARCEP, numbering plan: 06 39 98 00 00 to 06 39 98 99 99 are for audiovisual works',
    origin: 'seen',
  },
  DE: {
    name: 'Germany',
    callingCode: '49',
    ranges: [
      ['491713920000', 100],
      ['4917604069000', 100],
    ],
    kind: 'reserved',
    source:
      'Bundesnetzagentur, Mitteilung 148/2021 („Drama Numbers“): 0171 39200 00 to 99, 0176 040690 00 to 99',
    origin: 'seen',
  },
  IT: {
    name: 'Italy',
    callingCode: '39',
    ranges: [['393000000000', 10_000_000]],
    kind: 'unassigned',
    source: `300 is no mobile prefix; ${UNASSIGNED}`,
    origin: 'seen',
  },
  ES: {
    name: 'Spain',
    callingCode: '34',
    ranges: [['34790000000', 10_000_000]],
    kind: 'unassigned',
    source: `79 is kept for later use (El País 2019 on the numbering plan); ${UNASSIGNED}`,
    origin: 'seen',
  },
  PT: {
    name: 'Portugal',
    callingCode: '351',
    ranges: [['351950000000', 10_000_000]],
    kind: 'unassigned',
    source: `95; ${UNASSIGNED}`,
    origin: 'seen',
  },
  BR: {
    name: 'Brazil',
    callingCode: '55',
    ranges: [['5520900000000', 100_000_000]],
    whatsappRanges: [['552000000000', 100_000_000]],
    kind: 'unassigned',
    source: `area 20 does not exist; ${UNASSIGNED}`,
    origin: 'seen',
  },
  MX: {
    name: 'Mexico',
    callingCode: '52',
    ranges: [['524000000000', 10_000_000]],
    whatsappRanges: [['5214000000000', 10_000_000]],
    kind: 'unassigned',
    source: `area 400 does not exist; ${UNASSIGNED}`,
    origin: 'seen',
  },
  AR: {
    name: 'Argentina',
    callingCode: '54',
    ranges: [['542000000000', 10_000_000]],
    whatsappRanges: [['5492000000000', 10_000_000]],
    kind: 'unassigned',
    source: `area 200 does not exist; ${UNASSIGNED}`,
    origin: 'seen',
  },
  CO: {
    name: 'Colombia',
    callingCode: '57',
    ranges: [['573900000000', 10_000_000]],
    kind: 'unassigned',
    source: `390; ${UNASSIGNED}`,
    origin: 'seen',
  },
  CL: {
    name: 'Chile',
    callingCode: '56',
    ranges: [['56900000000', 10_000_000]],
    kind: 'unassigned',
    source: `9 0; ${UNASSIGNED}`,
    origin: 'seen',
  },
  SE: {
    name: 'Sweden',
    callingCode: '46',
    ranges: [['46701740605', 95]],
    kind: 'reserved',
    source: 'PTS, numbers for books, film and television: 070-174 06 05 to 070-174 06 99',
    origin: 'seen',
  },
  IE: {
    name: 'Ireland',
    callingCode: '353',
    ranges: [['353209100000', 100_000]],
    kind: 'reserved',
    source: 'ComReg: 020 91X XXXX; "02091 reserved for film and drama" in a news report of 7 September 2020',
    origin: 'seen',
  },
  AU: {
    name: 'Australia',
    callingCode: '61',
    ranges: [
      ['61491570006', 1],
      ['61491570110', 1],
      ['61491570156', 4],
      ['61491570313', 1],
      ['61491570737', 1],
      ['61255500000', 10_000],
      ['61355500000', 10_000],
      ['61755500000', 10_000],
      ['61855500000', 10_000],
    ],
    kind: 'reserved',
    source:
      'ACMA, numbers for creative works: 0491 570 006 and others, one by one; landlines 5550 xxxx of 02, 03, 07, 08',
    origin: 'seen',
  },
} as const satisfies Record<string, CountryFacts>;

/** ISO 3166 code of a country whose numbers can be generated. */
export type Country = keyof typeof COUNTRIES;

/** Codes of all countries, the default first. */
export const COUNTRY_CODES = Object.keys(COUNTRIES) as [Country, ...Country[]];

/** Draws one of some countries. */
export function drawCountry(draws: Draws, countries: readonly [Country, ...Country[]]): Country {
  return countries[draws.below('country', countries.length)] ?? countries[0];
}

/** Draws a number of a country as it is dialled, in digits without a plus sign. */
export function drawFictionalNumber(draws: Draws, country: Country): string {
  const ranges: readonly NumberRange[] = COUNTRIES[country].ranges;
  let nth = draws.below('phone', sizeOf(ranges));
  for (const [first, size] of ranges) {
    if (nth < size) return addTo(first, nth);
    nth -= size;
  }
  throw new RangeError(`no number left in ${country}`);
}

/** Digits at the end that no range leaves; a number of twelve digits is slow to write. */
const LAST_DIGITS = 8;
const CARRY = 10 ** LAST_DIGITS;

function addTo(first: string, nth: number): string {
  const last = Number(first.slice(-LAST_DIGITS)) + nth;
  return first.slice(0, -LAST_DIGITS) + String(CARRY + last).slice(1);
}

function sizeOf(ranges: readonly NumberRange[]): number {
  let total = 0;
  for (const [, size] of ranges) total += size;
  return total;
}

/** Returns the country whose generated ranges a number lies in, or undefined where it may be a real one. */
export function fictionalCountryOf(phone: string): Country | undefined {
  return COUNTRY_CODES.find((country) => {
    const { ranges, whatsappRanges = [] }: CountryFacts = COUNTRIES[country];
    return [...ranges, ...whatsappRanges].some(([first, size]) => {
      const distance = Number(phone) - Number(first);
      return phone.length === first.length && distance >= 0 && distance < size;
    });
  });
}

/** Returns the country of a number: by its generated range, else by its calling code. */
export function countryOf(phone: string): Country | undefined {
  const byCode = COUNTRY_CODES.find((country) => phone.startsWith(COUNTRIES[country].callingCode));
  return fictionalCountryOf(phone) ?? byCode;
}
