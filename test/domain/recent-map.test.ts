import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RecentMap } from '../../src/domain/recent-map.ts';

/** The same by the book: a list in the order in which entries were put. */
class ListOfRecent {
  #entries: [string, number][] = [];
  readonly #capacity: number;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get entries(): [string, number][] {
    return this.#entries;
  }

  put(key: string, value: number) {
    this.delete(key);
    this.#entries.push([key, value]);
    const forgotten = this.#entries.length > this.#capacity ? this.#entries.shift() : undefined;
    return forgotten && { key: forgotten[0], value: forgotten[1] };
  }

  change(key: string, value: number): void {
    this.#entries = this.#entries.map((entry) => (entry[0] === key ? [key, value] : entry));
  }

  delete(key: string): void {
    this.#entries = this.#entries.filter(([each]) => each !== key);
  }
}

const KEY = fc.constantFrom(...'abcdefgh');
const STEP = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(fc.constant('put' as const), KEY) },
  fc.tuple(fc.constant('change' as const), KEY),
  fc.tuple(fc.constant('delete' as const), KEY),
);

describe('RecentMap', () => {
  it('forgets what was put least recently, whatever was changed and deleted in between', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), fc.array(STEP, { maxLength: 100 }), (capacity, steps) => {
        const map = new RecentMap<string, number>(capacity);
        const list = new ListOfRecent(capacity);
        steps.forEach(([what, key], value) => {
          if (what === 'put') expect(map.put(key, value)).toEqual(list.put(key, value));
          else if (what === 'change') {
            map.change(key, value);
            list.change(key, value);
          } else {
            map.delete(key);
            list.delete(key);
          }
          expect([...map.entries()]).toEqual(list.entries);
          expect(map.size).toBe(list.entries.length);
          expect(map.get(key)).toBe(list.entries.find(([each]) => each === key)?.[1]);
        });
      }),
    );
  });
});
