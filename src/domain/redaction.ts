import { isConnectionCheck } from './arrival/connection-check.ts';
import { isSecretHeader } from './delivery/request-headers.ts';
import { isJsonObject, stringAt } from './json.ts';
import { collectNumbers, nestedJson } from './known-numbers.ts';
import { type KnownNumbers, Masks } from './masks.ts';
import { isImpersonal, type PersonalField, personalField } from './personal-fields.ts';
import { SIGNATURE_HEADER } from './signature.ts';
import { readWhatsappId } from './whatsapp-id.ts';

/** What stands in place of a body in which nothing can be masked, because it is not a JSON object or array. */
export const WITHHELD = '[withheld: not a JSON object, so it cannot be redacted]';

/** Headers as Node has them. */
type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

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

type Field = PersonalField | 'secret';

/** What is known about the place of a value: what it tells, and whether it is part of a contact. */
interface Place {
  readonly field: Field | undefined;
  readonly isInContact: boolean;
}

/**
 * Masks who is meant by a request: names, numbers and what else tells a person, in the body, the path and the
 * headers. The same number always becomes the same number (a fictional one), wherever it stands: as a number,
 * with a plus sign and spaces, inside a text, inside a WhatsApp id. Passwords and keys are masked as well,
 * because a capture that is fit to be handed on must not hold them. Everything else keeps its place and its
 * value, the signature too, which then no longer matches.
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
    return { path: this.#path(path, numbers), headers: this.#headers(headers, numbers), body };
  }

  #body(text: string, numbers: Set<string>): string {
    if (text === '') return '';
    try {
      const event: unknown = JSON.parse(text);
      if (isBare(event) || (Array.isArray(event) && event.some(isBare))) return WITHHELD;
      collectNumbers(event, numbers);
      return JSON.stringify(this.#value(event, NOWHERE, numbers));
    } catch {
      // Not JSON, or nested so deeply that it cannot be walked through: nothing of it is kept. What was a check of
      // the connection is one without a body too.
      return isConnectionCheck(undefined, text) ? '' : WITHHELD;
    }
  }

  #value(value: unknown, place: Place, numbers: KnownNumbers): unknown {
    if (Array.isArray(value)) return value.map((item: unknown) => this.#value(item, place, numbers));
    if (isJsonObject(value)) {
      const isContactEvent = stringAt(value, 'event')?.startsWith('contact_') === true;
      return Object.fromEntries(
        Object.entries(value).map(([name, member]) => {
          const inside = placeOf(name, place, isContactEvent && name === 'payload');
          return [this.#masks.inside(name, numbers, 'any'), this.#value(member, inside, numbers)] as const;
        }),
      );
    }
    if (typeof value === 'number') return this.#number(value, place, numbers);
    return typeof value === 'string' ? this.#text(value, place, numbers) : value;
  }

  #number(value: number, { field }: Place, numbers: KnownNumbers): number {
    const digits = String(value);
    const isNumber = numbers.has(digits) || (field !== undefined && /^\d{7,15}$/.test(digits));
    return isNumber ? Number(this.#masks.number(digits)) : value;
  }

  #text(text: string, { field }: Place, numbers: KnownNumbers): string {
    if (text === '') return text;
    const nested = nestedJson(text);
    if (nested !== undefined) return JSON.stringify(this.#value(nested, NOWHERE, numbers));
    if (field === undefined || readWhatsappId(text) !== undefined) {
      // Where there is more than one word it may be a sentence, and a long number in it a phone number.
      return this.#masks.inside(text, numbers, /\s/.test(text) ? 'any' : 'known');
    }
    return field === 'phone' ? this.#masks.phone(text) : this.#masks.word(field, text);
  }

  #headers(headers: Headers, numbers: KnownNumbers): Headers {
    const mask = (name: string, value: string): string => {
      if (name === SIGNATURE_HEADER.toLowerCase()) return value;
      if (isSecretHeader(name)) return this.#masks.word('secret', value);
      return this.#masks.inside(value, numbers, 'any');
    };
    return Object.fromEntries(
      Object.entries(headers).map(([name, value]) => {
        if (value === undefined) return [name, value];
        return [name, typeof value === 'string' ? mask(name, value) : value.map((each) => mask(name, each))];
      }),
    );
  }

  #path(path: string, numbers: KnownNumbers): string {
    const at = path.indexOf('?');
    const pathname = at === -1 ? path : path.slice(0, at);
    const segments = pathname.split('/').map((segment) => this.#encoded(segment, undefined, numbers));
    if (at === -1) return segments.join('/');
    const pairs = path.slice(at + 1).split('&');
    return `${segments.join('/')}?${pairs.map((pair) => this.#pair(pair, numbers)).join('&')}`;
  }

  #pair(pair: string, numbers: KnownNumbers): string {
    const at = pair.indexOf('=');
    if (at === -1) return this.#encoded(pair, undefined, numbers);
    const name = pair.slice(0, at);
    const field = isSecretHeader(name) ? 'secret' : personalField(name);
    const value = pair.slice(at + 1);
    const spaced = value.replaceAll('+', '%20');
    const masked = this.#encoded(spaced, field, numbers);
    return `${this.#encoded(name, undefined, numbers)}=${masked === spaced ? value : masked}`;
  }

  /** A part of a path or query; what nothing is masked in stays as it was written. */
  #encoded(part: string, field: Field | undefined, numbers: KnownNumbers): string {
    const text = decoded(part);
    if (text === '') return part;
    const masked =
      field === undefined
        ? this.#masks.inside(text, numbers, 'any')
        : this.#text(text, { field, isInContact: false }, numbers);
    return masked === text ? part : encodeURIComponent(masked);
  }
}

/** Whether a value is no object or array: alone, nothing says what it is. */
function isBare(value: unknown): boolean {
  return typeof value !== 'object';
}

const NOWHERE: Place = { field: undefined, isInContact: false };

/** What a member of that name tells: by its name, or by what it is part of. */
function placeOf(name: string, { field, isInContact }: Place, isContact: boolean): Place {
  const own = personalField(name);
  // What people enter themselves may have any name: there, none is taken for harmless.
  const inherited = field !== 'value' && isImpersonal(name) ? undefined : field;
  const isUnknown = isInContact && !isImpersonal(name);
  return {
    field: own ?? inherited ?? (isUnknown ? 'value' : undefined),
    isInContact: isInContact || isContact || name === 'contact',
  };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // No valid escapes: it is looked at as it is.
    return part;
  }
}
