import { createHmac } from 'node:crypto';
import { readWhatsappId } from '../whatsapp-id.ts';
import { NumberMasks } from './number-masks.ts';

/** Numbers that are known to be somebody's, as digits. */
export type KnownNumbers = ReadonlySet<string>;

/** How far numbers in a text are taken for phone numbers. */
export type Suspicion =
  /** Those that are known, and those with a plus sign. */
  | 'known'
  /** Also every free-standing number as long as a phone number. */
  | 'any';

/** Shorter numbers are too common to be looked for inside texts. */
export const SHORTEST_NUMBER = 7;

/**
 * What stands in place of what must not be told: the same for the same, of the same form (a number for a number,
 * an address for an address), and nothing that leads back without the key.
 */
export class Masks {
  readonly #key: string;
  readonly #numbers: NumberMasks;

  /** @param key the same key masks the same way; without it nobody can try out what was meant */
  constructor(key: string) {
    this.#key = key;
    this.#numbers = new NumberMasks((digits) => Number.parseInt(this.#digest(digits).slice(0, 12), 16));
  }

  /** A number that reaches nobody, in place of one in digits. */
  number(digits: string): string {
    return this.#numbers.of(digits);
  }

  /** A text that should be a phone number, as people write it: the plus sign stays. What is none gets a word. */
  phone(text: string): string {
    const written = text.trim();
    if (!isWritten(written, PHONE_LIKE) && !isWritten(written, HALF_MASKED)) return this.word('id', text);
    const prefix = /^(?:\+|00)?/.exec(written)?.[0] ?? '';
    return prefix + this.number(digitsOf(written));
  }

  /** A word for anything else, with a tag that tells different ones apart: `name 3fa901c27b`. */
  word(kind: string, text: string): string {
    if (isPhone(text)) return this.phone(text);
    const tag = this.#tag(text);
    if (URL_LIKE.test(text)) return `https://example.com/${tag}`;
    if (ADDRESS.test(text)) return `${tag}@example.com`;
    const [, country, company] = BSUID.exec(text) ?? [];
    return country === undefined
      ? `${kind} ${tag}`
      : `${country.replace(/^..\./, 'XX.')}${company ?? ''}${tag}`;
  }

  /** A text that tells nothing by its place: what is personal inside it is masked, the rest stays. */
  inside(text: string, known: KnownNumbers, suspicion: Suspicion): string {
    if (OPAQUE.test(text)) return text;
    const id = this.#id(text);
    if (id !== undefined) return id;
    const withoutIds = text
      .replace(WHATSAPP_IDS, (word) => this.#id(word) ?? word)
      .replace(ADDRESSES, (address) => `${this.#tag(address)}@example.com`);
    const loose =
      suspicion === 'any' ? withoutIds.replace(FREE_NUMBERS, (run) => this.number(run)) : withoutIds;
    return loose.replace(DIGIT_RUNS, (run) => this.#run(run, known));
  }

  /** A WhatsApp id around another number. One of Meta's that cannot be read may hold one all the same. */
  #id(text: string): string | undefined {
    const id = readWhatsappId(text);
    if (id !== undefined)
      return id.withNumber(id.isBsuid ? this.word('id', id.number) : this.number(id.number));
    return /^wamid\.\S+$/.test(text) ? `wamid.${this.#tag(text)}` : undefined;
  }

  /** Digits with what people write between them: one number, or several that stand side by side. */
  #run(run: string, known: KnownNumbers): string {
    if (run.startsWith('+') || isKnown(run, known)) return this.phone(run);
    return run.replace(PLAIN_NUMBERS, (digits) => (isKnown(digits, known) ? this.phone(digits) : digits));
  }

  #tag(text: string): string {
    return this.#digest(text).slice(0, 10);
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
  if (!isWritten(text.trim(), PHONE_LIKE)) return false;
  const { length } = digitsOf(text);
  return length >= SHORTEST_NUMBER && length <= LONGEST_NUMBER;
}

/** Whether a text is a number written in a way. */
function isWritten(text: string, way: RegExp): boolean {
  return text.length <= LONGEST_WRITTEN && way.test(text) && /\d/.test(text);
}

function isKnown(run: string, known: KnownNumbers): boolean {
  const digits = digitsOf(run);
  return digits.length >= SHORTEST_NUMBER && known.has(digits);
}

const LONGEST_NUMBER = 15;
const LONGEST_WRITTEN = 64;

// All of them are bounded, so that no text, however made, takes more than a time in proportion to its length.
const PHONE_LIKE = /^\+?[\d ()./-]+$/;
/** A number of which somebody masked a part, as the examples of providers do; the rest tells enough. */
const HALF_MASKED = /^\+?\d[\dXx*#•…]*$/;
const DIGIT_RUNS = /\+?\d(?:[\d ().-]{5,22})\d/g;
const PLAIN_NUMBERS = /\d{7,20}/g;
const FREE_NUMBERS = /(?<![\w+.-])\d{9,15}(?![\w-])/g;
const WHATSAPP_IDS = /wamid\.[\w+/=-]{10,200}|(?<![\w-])[gA]B[EG]G[\w-]{16,60}/g;
const ADDRESSES = /[^\s@<>"',;:()[\]{}]{1,64}@[^\s@<>"',;:()[\]{}]{1,253}/g;
const URL_LIKE = /^https?:\/\/[^\s/]/i;
const ADDRESS = /^[^\s@]+@[^\s@]+$/;
/** A business-scoped user id (documented): the country goes too, the rest of its form stays. */
const BSUID = /^([A-Za-z]{2}\.|user\.)(ENT\.)?[A-Za-z0-9]{1,128}$/;
/** A uuid, with dashes or without: no digits in it are a number. */
const OPAQUE = /^[\da-f]{8}(-?)(?:[\da-f]{4}\1){3}[\da-f]{12}$/i;
