import { describe, expect, it } from 'vitest';
import { nearest } from '../../src/domain/nearest.ts';
import { MESSAGE_STATUSES } from '../../src/domain/status.ts';

describe('nearest', () => {
  it.each([
    ['deliverd', 'delivered'],
    ['raed', 'read'],
    ['READ', 'read'],
    ['eread', 'read'],
    ['snet', 'sent'],
    ['mismach', 'mismatch'],
    ['queued', 'enqueued'],
    ['x', undefined],
    ['', undefined],
    ['delivery-receipt', undefined],
    ['d'.repeat(100_000), undefined],
  ])('%.20s means %s', (written, meant) => {
    expect(nearest(written, MESSAGE_STATUSES)).toBe(meant);
  });
});
