/**
 * Numbers that stand in place of others. The same number always gets the same one; and of the first 50,000 no
 * two get the same, so that what could be told apart before still can.
 */
export class NumberMasks {
  readonly #chanceOf: (digits: string) => number;
  readonly #masks = new Map<string, string>();
  readonly #taken = new Set<string>();

  /** @param chanceOf a large whole number, always the same for the same digits */
  constructor(chanceOf: (digits: string) => number) {
    this.#chanceOf = chanceOf;
  }

  /**
   * The number in place of another, as digits. One that is too short to be whole (examples have such) stays as
   * short: a whole one in its place could be compared with others as it could not.
   */
  of(digits: string): string {
    const known = this.#masks.get(digits);
    if (known !== undefined) return known;
    const chance = this.#chanceOf(digits);
    const range = digits.length < WHOLE ? short(digits.length) : FICTION;
    if (this.#masks.size >= MOST_KEPT) return range.nth(chance % range.size);
    const mask = this.#firstFree(chance, range);
    this.#masks.set(digits, mask);
    this.#taken.add(mask);
    return mask;
  }

  /** The first from a place on that stands for no other number; where none is free near it, the one there. */
  #firstFree(chance: number, { size, nth }: NumberRange): string {
    for (let step = 0; step < Math.min(size, MOST_TRIES); step += 1) {
      const mask = nth((chance + step) % size);
      if (!this.#taken.has(mask)) return mask;
    }
    return nth(chance % size);
  }
}

interface NumberRange {
  readonly size: number;
  nth(index: number): string;
}

/** A whole number with its country code has at least so many digits where it is looked into. */
const WHOLE = 11;
/** Most of those there are to give: a free one is found quickly among them, and the memory is bounded. */
const MOST_KEPT = 50_000;
const MOST_TRIES = 1000;

/**
 * The area codes of North America that stand for areas: none has a 9 in the middle, those whose last digits are
 * alike are services, and 521 to 529 belong to no area.
 */
const AREA_CODES = Array.from({ length: 789 }, (_, index) => 201 + index).filter((code) => {
  const middle = Math.floor(code / 10) % 10;
  return middle !== 9 && middle !== code % 10 && Math.floor(code / 10) !== 52;
});

/** +1, any area, 555 0100 to 0199: kept for fiction, so it reaches nobody. */
const FICTION: NumberRange = {
  size: AREA_CODES.length * 100,
  nth: (index) => `1${AREA_CODES[Math.floor(index / 100)]}55501${String(index % 100).padStart(2, '0')}`,
};

/** +1 0…: no area code begins with a zero, so this reaches nobody either. */
function short(length: number): NumberRange {
  const digits = Math.max(length - 2, 2);
  return { size: 10 ** digits, nth: (index) => `10${String(index).padStart(digits, '0')}` };
}
