import { describe, expect, it } from 'vitest';
import { formatDuration, formatGap } from '../../src/ui/duration.ts';

describe('a span of time', () => {
  it.each([
    [0, '0 ms'],
    [999.4, '999 ms'],
    [999.6, '1 s'],
    [2500, '2.5 s'],
    [9949, '9.9 s'],
    [9960, '10 s'],
    [59_400, '59 s'],
    [59_600, '1m 00s'],
    [3_599_400, '59m 59s'],
    [3_599_600, '1h 00m'],
    [21_600_000, '6h 00m'],
  ])('of %d ms is said as %s', (milliseconds, words) => {
    expect(formatDuration(milliseconds)).toBe(words);
  });

  it('is one word in a column', () => {
    expect([40, 3700, 80_000].map(formatGap)).toEqual(['+40ms', '+3.7s', '+1m20s']);
  });
});
