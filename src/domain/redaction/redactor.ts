import { isConnectionCheck } from '../arrival/connection-check.ts';
import { isJsonObject, stringAt } from '../json.ts';
import { collectNumbers, nestedJson } from './known-numbers.ts';
import { type KnownNumbers, Masks } from './masks.ts';
import { isImpersonal, type PersonalField, personalField, type Zone, zoneOf } from './personal-fields.ts';
import { type Headers, redactHeaders, redactPath } from './redact-head.ts';
import { WITHHELD } from './withheld.ts';

/** The parts of a request that may tell a person. */
export interface RedactableRequest {
  readonly path: string;
  readonly headers: Headers;
  /** The body as text; undefined where its bytes are none. */
  readonly text: string | undefined;
}

/** Those parts masked; the body as it is to be recorded. */
export interface RedactedRequest {
  readonly path: string;
  readonly headers: Headers;
  readonly body: string;
}

/** What is known about the place of a value. */
interface Place {
  /** What it tells; `unknown` where nobody knows, undefined where it is known to tell nothing. */
  readonly field: PersonalField | 'unknown' | undefined;
  readonly zone: Zone;
}

/**
 * Masks who is meant by a request: in the body, the path and the headers every text goes that is not known to tell
 * nothing of a person. A mask has the form of what it stands for, so that an event is as valid as it was; and the
 * same number always becomes the same number (a fictional one), wherever it stands: as a number, with a plus sign
 * and spaces, inside a text, inside a WhatsApp id. Passwords and keys are masked as well, because a capture that
 * is fit to be handed on must not hold them. The signature stays, and no longer matches.
 */
export class Redactor {
  readonly #masks: Masks;

  /** @param key the same key masks the same way; without it nobody can try out which number was meant */
  constructor(key: string) {
    this.#masks = new Masks(key);
  }

  /** Masks a request. Its body's JSON is written anew, so its bytes and its signature no longer match. */
  redactRequest({ path, headers, text }: RedactableRequest): RedactedRequest {
    const numbers = new Set<string>();
    // The body first: its numbers are then known in the path and the headers too.
    const body = text === undefined ? WITHHELD : this.#body(text, numbers);
    return {
      path: redactPath(path, this.#masks, numbers),
      headers: redactHeaders(headers, this.#masks, numbers),
      body,
    };
  }

  #body(text: string, numbers: Set<string>): string {
    if (text === '') return '';
    try {
      const event: unknown = JSON.parse(text);
      if (isBare(event) || (Array.isArray(event) && event.some(isBare))) return WITHHELD;
      collectNumbers(event, numbers);
      return JSON.stringify(this.#value(event, OUTSIDE, numbers));
    } catch {
      // Not JSON, or nested so deeply that it cannot be walked through: nothing of it is kept. What was a check of
      // the connection is one without a body too.
      return isConnectionCheck(undefined, text) ? '' : WITHHELD;
    }
  }

  #value(value: unknown, place: Place, numbers: KnownNumbers): unknown {
    if (Array.isArray(value)) return value.map((item: unknown) => this.#value(item, place, numbers));
    if (isJsonObject(value)) {
      const here = placeOf(value, place);
      const isContactEvent = stringAt(value, 'event')?.startsWith('contact_') === true;
      return Object.fromEntries(
        Object.entries(value).map(([name, member]) => {
          const zone = isContactEvent && name === 'payload' ? 'contact' : (zoneOf(name) ?? here.zone);
          const inside = { field: fieldOf(name, here), zone };
          return [this.#name(name, numbers), this.#value(member, inside, numbers)] as const;
        }),
      );
    }
    if (typeof value === 'number') return this.#number(value, place, numbers);
    return typeof value === 'string' ? this.#text(value, place, numbers) : value;
  }

  /** The name of a member. It stays short: the sender's own names have a limit. */
  #name(name: string, numbers: KnownNumbers): string {
    const masked = this.#masks.inside(name, numbers, 'any');
    return masked.length > Math.max(name.length, SHORT_NAME) ? this.#masks.word('key', name) : masked;
  }

  #number(value: number, { field }: Place, numbers: KnownNumbers): number {
    const digits = String(value);
    const isSuspect = field === 'phone' ? /^\d+$/ : field === undefined ? NEVER : /^\d{7,15}$/;
    return numbers.has(digits) || isSuspect.test(digits) ? Number(this.#masks.number(digits)) : value;
  }

  #text(text: string, { field, zone }: Place, numbers: KnownNumbers): string {
    if (text === '') return text;
    if (field === undefined || field === 'unknown') {
      const nested = nestedJson(text);
      if (nested !== undefined) {
        return JSON.stringify(this.#value(nested, { field: 'unknown', zone }, numbers));
      }
      if (field === 'unknown') return this.#masks.word('value', text);
      if (FOREIGN_URL.test(text)) return this.#masks.word('url', text);
      // Where there is more than one word it may be a sentence, and a long number in it a phone number.
      return this.#masks.inside(text, numbers, /\s/.test(text) ? 'any' : 'known');
    }
    return field === 'phone' ? this.#masks.phone(text) : this.#masks.word(field, text);
  }
}

/** Whether a value is no object or array: alone, nothing says what it is. */
function isBare(value: unknown): boolean {
  return typeof value !== 'object';
}

const OUTSIDE: Place = { field: 'unknown', zone: 'other' };
const SHORT_NAME = 32;
const NEVER = /(?!)/;
/** Links to Callbell's dashboard and to the providers' pages stay; any other may lead to somebody. */
const FOREIGN_URL =
  /^https?:\/\/(?!(?:[\w-]+\.){0,5}(?:callbell\.eu|facebook\.com|whatsapp\.com|gupshup\.io)(?:[/?#]|$))/i;

/** The place of an object; a provider's is known by whom it names, where nothing around it says so. */
function placeOf(value: object, place: Place): Place {
  const isProviders = place.zone === 'other' && ('destination' in value || 'recipient_id' in value);
  return isProviders ? { ...place, zone: 'provider' } : place;
}

/** What a member of that name tells: by its name, or by what it is part of. */
function fieldOf(name: string, { field, zone }: Place): Place['field'] {
  // What people enter themselves may have any name: there, none is taken for harmless.
  if (field === 'value') return personalField(name) ?? 'value';
  const own = personalField(name);
  if (own !== undefined) return own;
  if (isImpersonal(name, zone)) return undefined;
  return field === undefined ? 'unknown' : field;
}
