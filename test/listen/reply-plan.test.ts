import { describe, expect, it } from 'vitest';
import { ReplyPlan, type ReplyPlanOptions } from '../../src/domain/arrival/reply.ts';

const planOf = (options: ReplyPlanOptions, seed = 7): ReplyPlan => new ReplyPlan(options, seed);

const times = <Item>(count: number, make: () => Item): Item[] => Array.from({ length: count }, make);

describe('ReplyPlan', () => {
  it('answers in turn and then from the start again', () => {
    const plan = planOf({ inTurn: [500, 503, 200] });
    expect(times(5, () => plan.next('read', undefined).httpStatus)).toEqual([500, 503, 200, 500, 503]);
  });

  it('answers by status before it answers in turn', () => {
    const plan = planOf({ inTurn: [201], byStatus: { failed: 500 } });
    const statuses = ['failed', 'read', undefined] as const;
    expect(statuses.map((status) => plan.next(status, undefined).httpStatus)).toEqual([500, 201, 201]);
  });

  it.each([
    ['code=503', 503],
    ['respond-async, code=404', 404],
    ['code="429"', 429],
    ['code=999', undefined],
    ['code=100', undefined],
    ['barcode=503', undefined],
  ])('does what Prefer: %s asks for', (prefer, httpStatus) => {
    expect(planOf({}).next('read', prefer).httpStatus).toBe(httpStatus);
  });

  it('marks everything that is done on purpose', () => {
    expect(planOf({}).next('read', undefined).onPurpose).toEqual([]);
    expect(planOf({ delayMs: 5, faults: ['reset'] }).next('read', undefined).onPurpose).toEqual([
      'delay',
      'reset',
    ]);
    expect(planOf({ inTurn: [500] }).next('read', 'code=503').onPurpose).toEqual(['prefer']);
  });

  it('fails about the share that was asked for, and the same requests for the same seed', () => {
    const fail = (seed: number): boolean[] => {
      const plan = planOf({ faults: ['hang', 'empty'], faultRate: 0.25 }, seed);
      return times(1000, () => plan.next('read', undefined).fault !== undefined);
    };
    const share = fail(1).filter(Boolean).length / 1000;
    expect(share).toBeGreaterThan(0.2);
    expect(share).toBeLessThan(0.3);
    expect(fail(1)).toEqual(fail(1));
    expect(fail(1)).not.toEqual(fail(2));
  });

  it('varies the delay to both sides, within its bounds', () => {
    const plan = planOf({ delayMs: 1000, jitterMs: 400 });
    const delays = times(200, () => plan.next('read', undefined).delayMs);
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(600);
    expect(Math.max(...delays)).toBeLessThanOrEqual(1400);
    expect(Math.max(...delays) - Math.min(...delays)).toBeGreaterThan(400);
  });
});
