import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Gives a whole number from 0 up to but not including a limit. */
export type Dice = (limit: number) => number;

const TWO_TO_32 = 0x1_0000_0000;

/** Makes dice that fall the same way with the same seed. */
export function createDice(seed: number): Dice {
  const generator = xoroshiro128plus(seed | 0);
  // The first numbers of neighbouring seeds resemble each other.
  for (let draw = 0; draw < 16; draw += 1) generator.next();
  return (limit) => Math.floor(((generator.next() >>> 0) / TWO_TO_32) * limit);
}
