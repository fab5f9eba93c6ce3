import { createHmac } from 'node:crypto';
import { isJsonObject } from './json.ts';
import { readWhatsappId } from './whatsapp-id.ts';

/** What stands in place of a body in which nothing can be masked, because it is not JSON. */
export const WITHHELD = '[withheld: not JSON, so it cannot be redacted]';

/**
 * Masks who is meant by an event: names, numbers and what else tells a person. The same number always
 * becomes the same number (a fictional one), wherever it stands: as a number, with a plus sign and spaces,
 * inside a text, inside a WhatsApp id. Everything else keeps its place and its value.
 */
export class Redactor {
  readonly #key: string;

  /** @param key the same key masks the same way; without it nobody can try out which number was meant */
  constructor(key: string) {
    this.#key = key;
  }

  /** Masks a body. Its JSON is written anew, so its bytes and its signature no longer match. */
  redact(text: string): string {
    try {
      const event: unknown = JSON.parse(text);
      const numbers = new Set<string>();
      collectNumbers(event, numbers);
      return JSON.stringify(this.#mask(event, '', numbers));
    } catch {
      // Not JSON, or nested so deeply that it cannot be walked through: nothing of it is kept.
      return text === '' ? '' : WITHHELD;
    }
  }

  #mask(value: unknown, key: string, numbers: ReadonlySet<string>): unknown {
    if (Array.isArray(value)) return value.map((item: unknown) => this.#mask(item, key, numbers));
    if (isJsonObject(value)) {
      const inside = key === 'customFields' || key === 'metadata' ? 'personal' : undefined;
      const entries = Object.entries(value).map(
        ([name, member]) => [name, this.#mask(member, inside ?? name, numbers)] as const,
      );
      return Object.fromEntries(entries);
    }
    if (typeof value === 'number') return this.#maskNumberValue(value, key);
    return typeof value === 'string' ? this.#maskText(value, key, numbers) : value;
  }

  #maskNumberValue(value: number, key: string): number {
    return PHONE_KEYS.has(key) ? Number(this.#number(String(value))) : value;
  }

  #maskText(text: string, key: string, numbers: ReadonlySet<string>): string {
    if (text === '') return text;
    const id = readWhatsappId(text);
    if (id !== undefined) return id.withNumber(this.#number(id.number));
    if (PHONE_KEYS.has(key)) return this.#phone(text);
    const personal = PERSONAL_KEYS[key];
    if (personal !== undefined) return `${personal} ${this.#digest(text).slice(0, 6)}`;
    return text.replace(DIGIT_RUNS, (run) => (numbers.has(digitsOf(run)) ? this.#phone(run) : run));
  }

  /** A phone number as people write it: the mask keeps the plus sign. */
  #phone(text: string): string {
    const digits = digitsOf(text);
    if (digits.length < SHORTEST_NUMBER) return text;
    return `${text.trim().startsWith('+') ? '+' : ''}${this.#number(digits)}`;
  }

  /** A number from the ranges reserved for fiction, +1 NPA 555 0100 to 0199: it reaches nobody. */
  #number(digits: string): string {
    const chance = Number.parseInt(this.#digest(digits).slice(0, 12), 16);
    // Area codes 201 to 989 whose middle digit is no 9 (never given out) and that are no service code (N11).
    const area = AREA_CODES[chance % AREA_CODES.length] ?? 201;
    return `1${area}55501${String(Math.floor(chance / AREA_CODES.length) % 100).padStart(2, '0')}`;
  }

  #digest(text: string): string {
    return createHmac('sha256', this.#key).update(text).digest('hex');
  }
}

/** Keys whose value is a phone number, in every event and shape that is known. */
const PHONE_KEYS: ReadonlySet<string> = new Set([
  'phoneNumber',
  'destination',
  'recipient_id',
  'display_phone_number',
  'phone',
  'wa_id',
  'from',
  'to',
]);

/** Keys whose value tells a person, and the word that stands for it. */
const PERSONAL_KEYS: Readonly<Record<string, string | undefined>> = {
  name: 'name',
  email: 'email',
  assignedUser: 'user',
  avatarUrl: 'picture',
  note: 'note',
  text: 'text',
  bsuid: 'id',
  userId: 'id',
  recipient_user_id: 'id',
  biz_opaque_callback_data: 'data',
  members: 'member',
  personal: 'value',
};

const SHORTEST_NUMBER = 7;
const DIGIT_RUNS = /\+?\d(?:[\d ().-]{5,22})\d/g;

const AREA_CODES = Array.from({ length: 789 }, (_, index) => 201 + index).filter(
  (code) => Math.floor(code / 10) % 10 !== 9 && code % 100 !== 11,
);

function digitsOf(text: string): string {
  return text.replace(/\D/g, '');
}

/** Every number that stands under a key of its own or in an id, to be found again inside other texts. */
function collectNumbers(value: unknown, numbers: Set<string>, key = ''): void {
  if (typeof value === 'string' || typeof value === 'number') {
    const text = String(value);
    if (PHONE_KEYS.has(key)) numbers.add(digitsOf(text));
    const id = readWhatsappId(text);
    if (id !== undefined) numbers.add(id.number);
  } else if (Array.isArray(value)) {
    for (const item of value) collectNumbers(item, numbers, key);
  } else if (isJsonObject(value)) {
    for (const [name, member] of Object.entries(value)) collectNumbers(member, numbers, name);
  }
}
