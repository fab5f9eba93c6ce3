import { createHmac } from 'node:crypto';
import { readWhatsappId } from './whatsapp-id.ts';

/** Numbers that are known to be somebody's, as digits. */
export type KnownNumbers = ReadonlySet<string>;

/** How far numbers in a text are taken for phone numbers. */
export type Suspicion =
  /** Those that are known, and those with a plus sign. */
  | 'known'
  /** Also every free-standing number as long as a phone number. */
  | 'any';

/** A phone number has at least so many digits; fewer are masked as a word, or not at all. */
const SHORTEST_NUMBER = 7;

/**
 * What stands in place of what must not be told: the same for the same, and nothing that leads back without
 * the key.
 */
export class Masks {
  readonly #key: string;

  /** @param key the same key masks the same way; without it nobody can try out what was meant */
  constructor(key: string) {
    this.#key = key;
  }

  /** A number from the ranges reserved for fiction, +1 NPA 555 0100 to 0199: it reaches nobody. */
  number(digits: string): string {
    const chance = Number.parseInt(this.#digest(digits).slice(0, 12), 16);
    // Area codes 201 to 989 whose middle digit is no 9 (never given out) and that are no service code (N11).
    const area = AREA_CODES[chance % AREA_CODES.length] ?? 201;
    return `1${area}55501${String(Math.floor(chance / AREA_CODES.length) % 100).padStart(2, '0')}`;
  }

  /** A text that should be a phone number, as people write it: the plus sign stays. What is none gets a word. */
  phone(text: string): string {
    const digits = digitsOf(text);
    if (digits.length < SHORTEST_NUMBER || !PHONE_LIKE.test(text)) return this.word('id', text);
    return `${text.trim().startsWith('+') ? '+' : ''}${this.number(digits)}`;
  }

  /** A word for anything else, with a tag that tells different ones apart: `name 3fa901`. */
  word(kind: string, text: string): string {
    return isPhone(text) ? this.phone(text) : `${kind} ${this.#tag(text)}`;
  }

  /** A text that nothing is said of by its place: what is personal inside it is masked, the rest stays. */
  inside(text: string, known: KnownNumbers, suspicion: Suspicion): string {
    const id = readWhatsappId(text);
    if (id !== undefined) return id.withNumber(this.number(id.number));
    const withoutIds = text
      .replace(WHATSAPP_IDS, (word) => {
        const found = readWhatsappId(word);
        return found === undefined ? word : found.withNumber(this.number(found.number));
      })
      .replace(EMAILS, (address) => `${this.#tag(address)}@example.com`);
    const loose =
      suspicion === 'any' ? withoutIds.replace(FREE_NUMBERS, (run) => this.number(run)) : withoutIds;
    return loose.replace(DIGIT_RUNS, (run) => this.#run(run, known));
  }

  /** Digits with what people write between them: one number, or several that stand side by side. */
  #run(run: string, known: KnownNumbers): string {
    if (run.startsWith('+') || isKnown(run, known)) return this.phone(run);
    return run.replace(PLAIN_NUMBERS, (digits) => (isKnown(digits, known) ? this.phone(digits) : digits));
  }

  #tag(text: string): string {
    return this.#digest(text).slice(0, 6);
  }

  #digest(text: string): string {
    return createHmac('sha256', this.#key).update(text).digest('hex');
  }
}

/** The digits of a number, as its mask is made from them: how it is written makes no difference. */
export function digitsOf(text: string): string {
  return text.replace(/\D/g, '').replace(/^00/, '');
}

function isPhone(text: string): boolean {
  const { length } = digitsOf(text);
  return length >= SHORTEST_NUMBER && length <= LONGEST_NUMBER && PHONE_LIKE.test(text);
}

function isKnown(run: string, known: KnownNumbers): boolean {
  const digits = digitsOf(run);
  return digits.length >= SHORTEST_NUMBER && known.has(digits);
}

const LONGEST_NUMBER = 15;

// All of them are bounded, so that no text, however made, takes more than a time in proportion to its length.
const PHONE_LIKE = /^\s*\+?[\d ()./-]+\s*$/;
const DIGIT_RUNS = /\+?\d(?:[\d ().-]{5,22})\d/g;
const PLAIN_NUMBERS = /\d{7,20}/g;
const FREE_NUMBERS = /(?<![\w+.-])\d{9,15}(?![\w-])/g;
const WHATSAPP_IDS = /wamid\.[\w+/=-]{10,200}|(?<![\w-])[gA]B[EG]G[\w-]{16,60}/g;
const EMAILS = /[^\s@<>"',;:()[\]{}]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/g;

const AREA_CODES = Array.from({ length: 789 }, (_, index) => 201 + index).filter(
  (code) => Math.floor(code / 10) % 10 !== 9 && code % 100 !== 11,
);
