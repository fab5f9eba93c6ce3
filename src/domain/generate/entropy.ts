import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { JumpableRandomGenerator } from 'pure-rand/types/JumpableRandomGenerator';
import { checkOptions, is, type OptionChecks, required } from '../check-options.ts';

/**
 * All that generated events depend on besides what was asked for: randomness and the time. The same seed and
 * the same time give the same events, for ever and on every version of Node.
 */
export interface Entropy {
  /** The present, in unix milliseconds. */
  readonly nowMilliseconds: number;
  /** What belongs to the sending side, and so is the same for all messages of a run. */
  readonly account: Draws;
  /** The draws of the next message. */
  nextMessage(): Draws;
}

/** What {@link createEntropy} needs. */
export interface EntropyOptions {
  /** A whole number; only its lowest 32 bits count. */
  readonly seed: number;
  readonly now: Date;
}

/**
 * The random numbers of one message. Every use has a place of its own, and every message as much room as the
 * others: whatever is asked for, the n-th message of a seed keeps its ids.
 */
export interface Draws {
  /** The random hex digits of an id, lower case. */
  hex(place: HexPlace): string;
  /** Copies the random bytes behind the digits of an id to a place of a buffer. */
  copyBytes(place: HexPlace, target: Uint8Array, at: number, length: number): void;
  /** A whole number from 0 up to but not including `limit` (at most 2^32). */
  below(place: NumberPlace, limit: number): number;
}

/** Where the hex digits of each id stand in the digits of a message: from, to. */
const HEX_PLACES = {
  uuid: [0, 32],
  contact: [32, 64],
  chat: [64, 96],
  gupshup: [96, 128],
  whatsapp: [128, 152],
  inbound: [152, 176],
} as const;

/** The place of an id among the draws of a message. */
export type HexPlace = keyof typeof HEX_PLACES;

/** Which word of a message each number is drawn from; the words before them are those of the hex digits. */
const NUMBER_PLACES = {
  country: 22,
  phone: 23,
  name: 24,
  tag: 25,
  createdDay: 26,
  createdSecond: 27,
  tempo: 28,
  start: 29,
  scenario: 30,
  bsuid: 31,
} as const;

type NumberPlace = keyof typeof NUMBER_PLACES;

const WORDS_OF_MESSAGE = 32;
const DIGITS_OF_MESSAGE = WORDS_OF_MESSAGE * 8;

/** Numbers are drawn and turned to hex for so many messages at once: one by one it takes thrice as long. */
const MESSAGES_OF_BLOCK = 64;

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
  let block = drawBlock(generator);
  let at = 0;
  const nextMessage = (): Draws => {
    if (at === MESSAGES_OF_BLOCK) {
      block = drawBlock(generator);
      at = 0;
    }
    at += 1;
    return new MessageDraws(block, at - 1);
  };
  return { nowMilliseconds: now.getTime(), account: nextMessage(), nextMessage };
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
    const [from, to] = HEX_PLACES[place];
    const start = this.#index * DIGITS_OF_MESSAGE;
    return this.#block.digits.slice(start + from, start + to);
  }

  copyBytes(place: HexPlace, target: Uint8Array, at: number, length: number): void {
    const start = (this.#index * DIGITS_OF_MESSAGE + HEX_PLACES[place][0]) / 2;
    for (let nth = 0; nth < length; nth += 1) target[at + nth] = this.#block.bytes[start + nth] ?? 0;
  }

  below(place: NumberPlace, limit: number): number {
    const word = this.#block.words[this.#index * WORDS_OF_MESSAGE + NUMBER_PLACES[place]] ?? 0;
    // Scaling 32 bits is biased by less than 2^-12 for the limits used here, and needs no second draw.
    return Math.floor(((word >>> 0) / TWO_TO_32) * limit);
  }
}
