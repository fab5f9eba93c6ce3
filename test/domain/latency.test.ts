import fc from 'fast-check';
import { expect, it } from 'vitest';
import { LatencyHistogram } from '../../src/domain/delivery/latency.ts';

function histogramOf(values: readonly number[]): LatencyHistogram {
  const histogram = new LatencyHistogram();
  for (const value of values) histogram.add(value);
  return histogram;
}

it('percentiles of up to a thousand latencies are values that were added', () => {
  const values = fc.array(fc.integer({ min: 1, max: 60_000 }), { minLength: 1, maxLength: 1000 });
  fc.assert(
    fc.property(values, (added) => {
      const sorted = added.toSorted((a, b) => a - b);
      const rank = (share: number): number | undefined => sorted[Math.ceil(share * sorted.length) - 1];
      expect(histogramOf(added).summary()).toMatchObject({
        p50: rank(0.5),
        p95: rank(0.95),
        p99: rank(0.99),
      });
    }),
  );
});

it('percentiles of more are right to within 1 %', () => {
  const summary = histogramOf(Array.from({ length: 10_000 }, (_, index) => index + 1)).summary();
  for (const [shown, exact] of [
    [summary?.p50, 5000],
    [summary?.p95, 9500],
    [summary?.p99, 9900],
  ] as const) {
    expect(Math.abs((shown ?? 0) / exact - 1)).toBeLessThan(0.01);
  }
});

it('a few latencies are not drawn', () => {
  const values = Array.from({ length: 20 }, (_, index) => index + 1);
  expect(histogramOf(values.slice(1)).bars(8)).toEqual([]);
  expect(histogramOf(values).bars(8).length).toBeGreaterThan(1);
});
