import { hash } from 'node:crypto';
import { RecentMap } from '../recent-map.ts';
import { readWhatsappId } from '../whatsapp-id.ts';
import { nationalPart, readPhoneNumber, type WrittenNumber } from './phone-number.ts';

/**
 * Makes masks: the same for the same, of the same form (a number for a number, an address for an address), so that a
 * masked event has the problems of the original. The same key gives the same masks in every run.
 */
export class Masks {
  readonly #key: string;
  /** The events of a contact come soon after each other, and hashing takes half of the time of an event. */
  readonly #latest = new RecentMap<string, string>(MOST_REMEMBERED);

  /** @param key whoever has it can try out which number a mask stands for */
  constructor(key: string) {
    this.#key = key;
  }

  /**
   * Masks a text.
   *
   * @param label the first word of the mask of a text that has no form of its own: `name 3fa901c27b`
   * @param isProviders the text stands where a provider writes numbers, always with their country code
   */
  text(text: string, label: string, isProviders = false): string {
    if (text.length > LONGEST_REMEMBERED) return this.#masked(text, label, isProviders);
    const place = `${label}\n${isProviders ? 'provider' : ''}\n${text}`;
    const known = this.#latest.get(place);
    if (known !== undefined) return known;
    const mask = this.#masked(text, label, isProviders);
    this.#latest.put(place, mask);
    return mask;
  }

  #masked(text: string, label: string, isProviders: boolean): string {
    const mask = this.#form(text, label, isProviders);
    // Validation knows limits of 50, 500 and 1000 characters.
    const limit = text.length > SHORTEST_LIMIT ? LIMITS.find((each) => isLonger(text, each)) : undefined;
    return limit === undefined ? mask : mask.padEnd(limit + 1, '.');
  }

  #form(text: string, label: string, isProviders: boolean): string {
    if (UUID.test(text)) return this.#uuid(text);
    const written = readPhoneNumber(text);
    if (written !== undefined) return this.phone(written, isProviders);
    const tag = this.tag(text);
    const id = this.#whatsappId(text, tag);
    if (id !== undefined) return id;
    if (URL_LIKE.test(text)) return `https://example.com/${tag}`;
    if (ADDRESS.test(text)) return `${tag}@example.com`;
    const [, country, company] = BSUID.exec(text) ?? [];
    // Validation knows capital letters from small ones.
    if (country !== undefined) {
      const masked = country.replace(/^..\./, /^[A-Z]{2}/.test(country) ? 'XX.' : 'xx.');
      return `${masked}${company ?? ''}${tag}`;
    }
    // Broken JSON stays recognisable as such.
    return /^\s*[[{]/.test(text) ? `{${label} ${tag}` : `${label} ${tag}`;
  }

  /**
   * Masks a phone number by one that is unassigned: +1 0…, no area code begins with a zero. One that is too short to
   * be whole, or too long, gets a mask of its length: validation compares whole numbers only.
   */
  phone(number: WrittenNumber, isProviders: boolean): string {
    const { digits, prefix, isSpaced } = number;
    const { length } = digits;
    const hasCountry = prefix === '+' || prefix === '00' || (isProviders && prefix === '');
    const isWhole = length <= LONGEST_NUMBER && length >= (hasCountry ? SHORTEST_WHOLE : SHORTEST_NUMBER);
    const mask = isWhole
      ? `10${this.#digits(nationalPart(number), 9)}`
      : `10${this.#digits(digits, Math.min(Math.max(length - 2, 2), LONGEST_NUMBER - 1))}`;
    if (prefix !== '') return prefix + mask;
    return isSpaced ? `${mask.slice(0, 2)} ${mask.slice(2)}` : mask;
  }

  /**
   * Masks a number of JSON: a phone number as {@link phone} does, any other by one that says its sign and whether it
   * is whole. There are too few PINs and positions for a mask of their own to hide them.
   */
  number(value: number, isProviders: boolean): number {
    const digits = String(value);
    if (isProviders ? /^\d+$/.test(digits) : /^\d{7,15}$/.test(digits)) {
      return Number(this.phone({ digits, prefix: '', isSpaced: false }, isProviders));
    }
    return (value < 0 ? -1 : 1) * (Number.isInteger(value) ? 1 : 0.5);
  }

  /** Returns ten hex digits that stand for a text. */
  tag(text: string): string {
    return this.#digest(text).slice(0, 10);
  }

  /** Returns a large whole number that stands for a text. */
  chance(text: string): number {
    return Number.parseInt(this.#digest(text).slice(0, 12), 16);
  }

  #digits(text: string, length: number): string {
    return String(this.chance(text) % 10 ** length).padStart(length, '0');
  }

  #uuid(text: string): string {
    const digest = this.#digest(text);
    let at = 0;
    return text.replace(/[\da-f]/gi, () => digest.charAt(at++));
  }

  /** A WhatsApp id around another number. One that cannot be read may hold a number all the same. */
  #whatsappId(text: string, tag: string): string | undefined {
    if (text.length > LONGEST_ID || /\s/.test(text)) return undefined;
    const [prefix = ''] = /^wamid\./i.exec(text) ?? [];
    const id = readWhatsappId(text) ?? readWhatsappId(`wamid.${text.slice(prefix.length)}`);
    if (id !== undefined) {
      const number = id.isBsuid
        ? this.#form(id.number, 'id', false)
        : this.phone({ digits: id.number, prefix: '', isSpaced: false }, true);
      const masked = id.withNumber(number, this.#digest(text));
      return masked.startsWith('wamid.') ? prefix + masked.slice('wamid.'.length) : masked;
    }
    if (prefix !== '') return prefix + tag;
    // The length byte of 0 says that there is no number in it.
    return OLD_ID.test(text) ? `gBEA${this.#digest(text).slice(0, 23)}` : undefined;
  }

  #digest(text: string): string {
    return hash('sha256', `${this.#key}\n${text}`);
  }
}

/** Whether a text has more characters; an emoji is one, though it is two UTF-16 units. */
function isLonger(text: string, most: number): boolean {
  return text.length > most && [...text.slice(0, 2 * most + 2)].length > most;
}

const SHORTEST_NUMBER = 7;
/** Whole with its country code. */
const SHORTEST_WHOLE = 11;
const LONGEST_NUMBER = 15;
const MOST_REMEMBERED = 4096;
const LONGEST_REMEMBERED = 200;
const LIMITS = [1000, 500, 50];
const SHORTEST_LIMIT = 50;
const LONGEST_ID = 300;

/** A uuid, with dashes or without. */
export const UUID = /^[\da-f]{8}(-?)(?:[\da-f]{4}\1){3}[\da-f]{12}$/i;
const OLD_ID = /^[gA]BE?[\w-]{20,}$/;
const URL_LIKE = /^https?:\/\/[^\s/]/i;
const ADDRESS = /^[^\s@]+@[^\s@]+$/;
/** A business-scoped user id (documented): the country goes too, the rest of its form stays. */
const BSUID = /^([A-Za-z]{2}\.|user\.)(ENT\.)?[A-Za-z0-9]{1,128}$/;
