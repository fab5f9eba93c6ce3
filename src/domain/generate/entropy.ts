import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { JumpableRandomGenerator } from 'pure-rand/types/JumpableRandomGenerator';
import { checkOptions, is, type OptionChecks, required } from '../check-options.ts';

/**
 * Everything that generated events depend on besides what was asked for: randomness and the time. The same seed
 * and the same time give the same events, on every version of Node.
 */
export interface Entropy {
  /** The present, in unix milliseconds. */
  readonly nowMilliseconds: number;
  /** Draws of the sending side, which is the same for all messages of a run. */
  readonly account: Draws;
  /** Returns the draws of the next message. */
  nextMessage(): Draws;
  /** Returns an entropy that gives the messages that this one would give next. */
  copy(): Entropy;
}

/** Options of {@link createEntropy}. */
export interface EntropyOptions {
  /** A whole number; only its lowest 32 bits count. */
  readonly seed: number;
  readonly now: Date;
}

/**
 * Random numbers of one message. Every use has a place of its own, and every message as much room as the others:
 * whatever is asked for, the n-th message of a seed keeps its ids. There is room for more places, so that a new
 * field does not change the events of a seed.
 */
export interface Draws {
  /** Returns the 32 random hex digits of an id, lower case. */
  hex(place: HexPlace): string;
  /** Copies the random bytes behind the digits of an id to a place of a buffer. */
  copyBytes(place: HexPlace, target: Uint8Array, at: number, length: number): void;
  /** Returns a whole number from 0 up to but not including `limit` (at most 2^32). */
  below(place: NumberPlace, limit: number): number;
  /** Returns a number from 0 up to but not including 1. */
  fraction(place: NumberPlace): number;
}

/**
 * Places of ids, each of 32 hex digits: the position is the place, so add at the end, up to {@link ID_PLACES},
 * and never reorder or reuse.
 */
export const HEX_PLACES = [
  'uuid',
  'contact',
  'chat',
  'gupshup',
  'whatsapp',
  'inbound',
  'conversation',
  'failure',
] as const;

/** Place of an id among the draws of a message. */
export type HexPlace = (typeof HEX_PLACES)[number];

/** Places of numbers, behind those of the ids; add at the end, up to {@link WORDS_OF_MESSAGE}. */
export const NUMBER_PLACES = [
  'country',
  'phone',
  'name',
  'tag',
  'createdDay',
  'createdSecond',
  'start',
  'scenario',
  'bsuidHigh',
  'bsuidLow',
  'toSent',
  'toDelivered',
  'toRead',
  'toFailed',
  'toDeleted',
  'category',
  'window',
  'failure',
  'rareFailure',
  'corrected',
  'oddName',
  'agent',
  'note',
  'customFields',
  'avatar',
  'closed',
  'team',
  'phoneNumberId',
  'template',
  'toMismatch',
] as const;

type NumberPlace = (typeof NUMBER_PLACES)[number];

const WORDS_OF_ID = 4;
/** Room for ids; those without a name are free. */
const ID_PLACES = 12;
/** Room for everything: 48 words of ids and 48 numbers. */
export const WORDS_OF_MESSAGE = 96;
const FIRST_NUMBER = ID_PLACES * WORDS_OF_ID;
const DIGITS_OF_ID = WORDS_OF_ID * 8;
const DIGITS_OF_MESSAGE = WORDS_OF_MESSAGE * 8;

const HEX_INDEX = indexOf(HEX_PLACES);
const NUMBER_INDEX = indexOf(NUMBER_PLACES);

function indexOf<Name extends string>(names: readonly Name[]): Readonly<Record<Name, number>> {
  return Object.fromEntries(names.map((name, index) => [name, index])) as Record<Name, number>;
}

/**
 * Messages whose numbers are drawn and turned to hex at once: one by one it takes thrice as long. An id is a slice
 * of the digits and keeps them all in memory, so more would cost memory where messages overlap.
 */
const MESSAGES_OF_BLOCK = 16;

const TWO_TO_32 = 0x1_0000_0000;

const ENTROPY_CHECKS: OptionChecks<EntropyOptions> = {
  seed: required(is(Number.isSafeInteger, 'a whole number')),
  now: required(is((value) => value instanceof Date && !Number.isNaN(value.getTime()), 'a valid Date')),
};

/**
 * Makes the entropy of one run. It is consumed message by message, so messages must be begun in order.
 *
 * @example
 * ```ts
 * const entropy = createEntropy({ seed: 7, now: new Date('2026-01-31T14:03:00Z') });
 * generateEvent({ status: 'read' }, entropy); // the same event, every time
 * ```
 *
 * @throws {CallbellStatusError} `usage` for a seed that is no whole number, or a time that is none
 */
export function createEntropy(options: EntropyOptions): Entropy {
  checkOptions('createEntropy', options, ENTROPY_CHECKS);
  const { seed, now } = options;
  const generator = xoroshiro128plus(seed | 0);
  // The first numbers of neighbouring seeds resemble each other.
  for (let word = 0; word < WORDS_OF_MESSAGE; word += 1) generator.next();
  const account = new MessageDraws(drawBlock(generator), 0);
  return entropyFrom({ generator, block: drawBlock(generator), at: 0 }, now.getTime(), account);
}

/** Position in the stream of random numbers. */
interface Position {
  readonly generator: JumpableRandomGenerator;
  block: Block;
  at: number;
}

function entropyFrom(position: Position, nowMilliseconds: number, account: Draws): Entropy {
  return {
    nowMilliseconds,
    account,
    nextMessage: () => {
      if (position.at === MESSAGES_OF_BLOCK) {
        position.block = drawBlock(position.generator);
        position.at = 0;
      }
      position.at += 1;
      return new MessageDraws(position.block, position.at - 1);
    },
    copy: () => {
      const generator = position.generator.clone();
      return entropyFrom({ generator, block: position.block, at: position.at }, nowMilliseconds, account);
    },
  };
}

interface Block {
  readonly words: Int32Array;
  /** The words as bytes, the lowest first. */
  readonly bytes: Buffer;
  /** The bytes as hex digits; ids are slices of it, which copy nothing. */
  readonly digits: string;
}

const IS_LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

function drawBlock(generator: JumpableRandomGenerator): Block {
  const words = new Int32Array(MESSAGES_OF_BLOCK * WORDS_OF_MESSAGE);
  for (let at = 0; at < words.length; at += 1) words[at] = generator.next();
  const memory = Buffer.from(words.buffer);
  const bytes = IS_LITTLE_ENDIAN ? memory : Buffer.from(memory).swap32();
  return { words, bytes, digits: bytes.toString('hex') };
}

class MessageDraws implements Draws {
  readonly #block: Block;
  readonly #index: number;

  constructor(block: Block, index: number) {
    this.#block = block;
    this.#index = index;
  }

  hex(place: HexPlace): string {
    const start = this.#index * DIGITS_OF_MESSAGE + HEX_INDEX[place] * DIGITS_OF_ID;
    return this.#block.digits.slice(start, start + DIGITS_OF_ID);
  }

  copyBytes(place: HexPlace, target: Uint8Array, at: number, length: number): void {
    const start = (this.#index * DIGITS_OF_MESSAGE + HEX_INDEX[place] * DIGITS_OF_ID) / 2;
    for (let nth = 0; nth < length; nth += 1) target[at + nth] = this.#block.bytes[start + nth] ?? 0;
  }

  below(place: NumberPlace, limit: number): number {
    // Scaling 32 bits is biased by less than 2^-5 for 10^8 and 2^-12 below 10^6, and needs no second draw.
    return Math.floor(this.fraction(place) * limit);
  }

  fraction(place: NumberPlace): number {
    const at = this.#index * WORDS_OF_MESSAGE + FIRST_NUMBER + NUMBER_INDEX[place];
    return ((this.#block.words[at] ?? 0) >>> 0) / TWO_TO_32;
  }
}
