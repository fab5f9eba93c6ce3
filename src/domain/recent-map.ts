/**
 * A map that forgets what was not put for long. The entries put most recently are held for certain, and up to as
 * many more.
 *
 * They are in two generations: when the younger one is full, it becomes the older one, and what was the older one
 * is forgotten as a whole. To forget the least recent entry for each new one takes twice as long.
 */
export class RecentMap<Key, Value> {
  readonly #certain: number;
  readonly #onForgotten: ((value: Value) => void) | undefined;
  #younger = new Map<Key, Value>();
  #older = new Map<Key, Value>();

  /**
   * @param certain how many of the most recent entries are held for certain; at least 1
   * @param onForgotten is given each value that is forgotten to make room
   */
  constructor(certain: number, onForgotten?: (value: Value) => void) {
    this.#certain = certain;
    this.#onForgotten = onForgotten;
  }

  get size(): number {
    return this.#older.size + this.#younger.size;
  }

  get(key: Key): Value | undefined {
    return this.#younger.get(key) ?? this.#older.get(key);
  }

  /** Returns a value and makes its entry the most recent one. */
  touch(key: Key): Value | undefined {
    const recent = this.#younger.get(key);
    if (recent !== undefined) return recent;
    const value = this.#older.get(key);
    if (value !== undefined) this.put(key, value);
    return value;
  }

  /** Puts an entry, the most recent one now. Tells whether others were forgotten for it. */
  put(key: Key, value: Value): boolean {
    this.#older.delete(key);
    this.#younger.set(key, value);
    if (this.#younger.size <= this.#certain) return false;
    const hasForgotten = this.#older.size > 0;
    if (this.#onForgotten !== undefined) for (const value of this.#older.values()) this.#onForgotten(value);
    this.#older = this.#younger;
    this.#younger = new Map();
    return hasForgotten;
  }

  delete(key: Key): void {
    this.#younger.delete(key);
    this.#older.delete(key);
  }

  /** All that are held. */
  *entries(): Generator<[Key, Value]> {
    yield* this.#older;
    yield* this.#younger;
  }
}
