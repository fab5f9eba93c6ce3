import { CallbellStatusError } from '../../errors.ts';
import type { Recipient } from '../providers/provider.ts';
import { CORRECTED_COUNTRIES, correctNumber } from './corrections.ts';
import type { Draws } from './entropy.ts';
import { type Country, countryOf, drawCountry, drawFictionalNumber } from './fictional-numbers.ts';
import { drawName } from './names.ts';

/** Recipients to draw. */
export interface PeopleOptions {
  readonly countries: readonly [Country, ...Country[]];
  /** One number for all, as it is dialled. */
  readonly phone: string | undefined;
  /** The recipients have business-scoped user ids. */
  readonly hasBsuid: boolean;
  /** The numbers are withheld. */
  readonly isWithheld: boolean;
}

/** A recipient, and the number as it was dialled. */
export interface Person extends Recipient {
  readonly dialled: string;
}

/** Draws the recipient of a message. */
export function drawPerson(draws: Draws, options: PeopleOptions, isCorrected: boolean): Person {
  const { country, dialled, phone } = drawNumbers(draws, options, isCorrected);
  const { hasBsuid, isWithheld } = options;
  return {
    dialled,
    phone: isWithheld ? undefined : phone,
    requestedPhone: isCorrected && !isWithheld ? dialled : undefined,
    bsuid: hasBsuid || isWithheld ? drawBsuid(draws, country) : undefined,
    name: drawName(draws, country),
  };
}

interface Numbers {
  readonly country: Country | undefined;
  readonly dialled: string;
  /** WhatsApp id. */
  readonly phone: string;
}

function drawNumbers(draws: Draws, options: PeopleOptions, isCorrected: boolean): Numbers {
  const { phone: own, countries } = options;
  if (own !== undefined) {
    const phone = isCorrected ? (correctNumber(own) ?? own) : own;
    return { country: countryOf(own), dialled: own, phone };
  }
  const country = drawCountry(draws, isCorrected ? correctable(countries) : countries);
  const dialled = drawFictionalNumber(draws, country);
  const corrected = correctNumber(dialled);
  if (corrected === undefined) return { country, dialled, phone: dialled };
  if (isCorrected || draws.below('corrected', 2) === 0) return { country, dialled, phone: corrected };
  // The contact has the form of the WhatsApp id already, which in Argentina is always the corrected one (seen).
  const alike = country === 'AR' ? corrected : dialled;
  return { country, dialled: alike, phone: alike };
}

function correctable(countries: readonly [Country, ...Country[]]): readonly [Country, ...Country[]] {
  const [first, ...others] = countries.filter((country) => isCorrectable(country));
  return first === undefined ? CORRECTED_COUNTRIES : [first, ...others];
}

function isCorrectable(country: Country): boolean {
  return CORRECTED_COUNTRIES.some((each) => each === country);
}

/**
 * Makes sure that a correction is possible.
 *
 * @throws {CallbellStatusError} `usage` for a number or countries that WhatsApp is not known to correct
 */
export function checkCorrectable(phone: string | undefined, countries: readonly Country[] | undefined): void {
  const hint = 'numbers of Brazil, Mexico and Argentina are (BR, MX, AR)';
  if (phone !== undefined && correctNumber(phone) === undefined) {
    throw new CallbellStatusError(
      'usage',
      `${phone} is not known to be corrected by WhatsApp, so there is no mismatch`,
      {
        hint,
      },
    );
  }
  if (phone === undefined && countries !== undefined && !countries.some(isCorrectable)) {
    throw new CallbellStatusError(
      'usage',
      `no number of ${countries.join(', ')} is known to be corrected by WhatsApp`,
      {
        hint,
      },
    );
  }
}

/** Country for a number whose country is unknown: no code of ISO 3166. */
const UNKNOWN_COUNTRY = 'XX';

/** Two letters of the user's country, a dot, and 16 digits as in all real ones that were read. */
function drawBsuid(draws: Draws, country: Country | undefined): string {
  const head = 10_000_000 + draws.below('bsuidHigh', 90_000_000);
  const tail = String(draws.below('bsuidLow', 100_000_000)).padStart(8, '0');
  return `${country ?? UNKNOWN_COUNTRY}.${head}${tail}`;
}
