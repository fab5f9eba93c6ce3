import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeTransition } from '../../src/domain/lifecycle.ts';
import { MESSAGE_STATUSES, type MessageStatus } from '../../src/domain/status.ts';

describe('judgeTransition', () => {
  it.each<[MessageStatus[], MessageStatus, object]>([
    [[], 'read', { kind: 'first', skipped: [] }],
    [['enqueued'], 'sent', { kind: 'next' }],
    [['sent'], 'read', { kind: 'skipped', skipped: ['delivered'] }],
    [['enqueued'], 'read', { kind: 'skipped', skipped: ['sent', 'delivered'] }],
    [['read'], 'sent', { kind: 'late' }],
    [['sent', 'read'], 'delivered', { kind: 'late' }],
    [['sent'], 'sent', { kind: 'duplicate' }],
    [['sent'], 'failed', { kind: 'next' }],
    [['delivered'], 'failed', { kind: 'late' }],
    [['failed'], 'delivered', { kind: 'next', afterFailed: true }],
    [['sent', 'failed'], 'delivered', { kind: 'next', afterFailed: true }],
    [['sent', 'failed'], 'read', { kind: 'skipped', afterFailed: true }],
    [['failed', 'delivered'], 'read', { kind: 'next', afterFailed: false }],
    [['enqueued', 'failed'], 'sent', { kind: 'late', skipped: [], afterFailed: false }],
    [['failed'], 'enqueued', { kind: 'late', afterFailed: false }],
    [['failed'], 'mismatch', { kind: 'next', afterFailed: false }],
    [['failed'], 'failed', { kind: 'duplicate', afterFailed: false }],
    [['mismatch'], 'delivered', { kind: 'next' }],
    [['read'], 'deleted', { kind: 'next' }],
    [['sent'], 'mismatch', { kind: 'next' }],
  ])('after %j, %s', (seen, status, expected) => {
    expect(judgeTransition(new Set(seen), status)).toMatchObject(expected);
  });

  const statuses = fc.subarray([...MESSAGE_STATUSES]);
  const status = fc.constantFrom(...MESSAGE_STATUSES);

  it('does not depend on the order in which earlier statuses came', () => {
    fc.assert(
      fc.property(statuses, status, (seen, next) => {
        const forwards = judgeTransition(new Set(seen), next);
        expect(judgeTransition(new Set(seen.toReversed()), next)).toEqual(forwards);
      }),
    );
  });

  it('lets only delivered and read override a failure', () => {
    fc.assert(
      fc.property(statuses, status, (seen, next) => {
        const { kind, afterFailed } = judgeTransition(new Set([...seen, 'failed']), next);
        if (next === 'enqueued' || next === 'sent') expect(['late', 'duplicate']).toContain(kind);
        if (afterFailed) expect(['delivered', 'read']).toContain(next);
      }),
    );
  });

  it('calls exactly the repeated ones duplicates, and skips only statuses that were not seen', () => {
    fc.assert(
      fc.property(statuses, status, (seen, next) => {
        const { kind, skipped } = judgeTransition(new Set(seen), next);
        expect(kind === 'duplicate').toBe(seen.includes(next));
        expect(skipped.filter((each) => seen.includes(each))).toEqual([]);
      }),
    );
  });
});
