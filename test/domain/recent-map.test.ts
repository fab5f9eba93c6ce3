import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RecentMap } from '../../src/domain/recent-map.ts';

const KEY = fc.constantFrom(...'abcdefghijkl');
const STEP = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(fc.constant('put' as const), KEY) },
  fc.tuple(fc.constantFrom('delete' as const, 'touch' as const), KEY),
);

describe('RecentMap', () => {
  it('holds what was put or touched most recently, at most twice as much as is certain, and never an old value', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), fc.array(STEP, { maxLength: 100 }), (certain, steps) => {
        const map = new RecentMap<string, number>(certain);
        /** What a map without a bound would hold, in the order in which it was put. */
        const all = new Map<string, number>();
        steps.forEach(([what, key], value) => {
          if (what === 'touch') touchBoth(map, all, key);
          else all.delete(key);
          if (what === 'delete') map.delete(key);
          else if (what === 'put') {
            const before = map.size - (map.get(key) === undefined ? 0 : 1);
            all.set(key, value);
            expect(map.put(key, value)).toBe(map.size < before + 1);
          }
          expectRecent(map, all, certain);
          expect(map.size).toBeLessThanOrEqual(2 * certain + 1);
          expectHeld(map, all);
        });
      }),
    );
  });
});

/** Touches an entry, and moves it to the end of what a map without a bound holds. */
function touchBoth(map: RecentMap<string, number>, all: Map<string, number>, key: string): void {
  const held = map.get(key);
  expect(map.touch(key)).toBe(held);
  if (held === undefined) return;
  all.delete(key);
  all.set(key, held);
}

/** Holds the entries put or touched last. */
function expectRecent(
  map: RecentMap<string, number>,
  all: ReadonlyMap<string, number>,
  certain: number,
): void {
  for (const recent of [...all.keys()].slice(-certain)) expect(map.get(recent)).toBe(all.get(recent));
}

/** Holds every key once, and with the value that was put last. */
function expectHeld(map: RecentMap<string, number>, all: ReadonlyMap<string, number>): void {
  const held = [...map.entries()];
  expect(held).toHaveLength(map.size);
  expect(new Set(held.map(([key]) => key)).size).toBe(held.length);
  for (const [key, found] of held) expect([found, map.get(key)]).toEqual([all.get(key), found]);
}
