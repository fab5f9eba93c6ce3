import fc from 'fast-check';
import { expect, it } from 'vitest';
import { endOf, isStep, possibleEnds } from '../../src/domain/conformance/model.ts';
import { judgeTransition } from '../../src/domain/lifecycle.ts';
import { MESSAGE_STATUSES, type MessageStatus } from '../../src/domain/status.ts';

const statuses = fc.array(fc.constantFrom(...MESSAGE_STATUSES), { maxLength: 8 });

it('the end does not depend on order or repetition', () => {
  fc.assert(
    fc.property(statuses, fc.array(fc.nat()), (accepted, order) => {
      const shuffled = accepted
        .map((status, n) => [order[n] ?? 0, status] as const)
        .sort(([a], [b]) => a - b);
      const again = [...shuffled.map(([, status]) => status), ...accepted];
      expect(endOf(again)).toBe(endOf(accepted));
    }),
  );
});

it('a status changes the end exactly where judgeTransition says that it moves the message', () => {
  fc.assert(
    fc.property(statuses, fc.constantFrom(...MESSAGE_STATUSES), (seen, status) => {
      const before = endOf(seen);
      const isMoved = endOf([...seen, status]) !== before;
      const { kind } = judgeTransition(new Set<MessageStatus>(seen), status);
      const moves = isStep(status) && (kind === 'first' || kind === 'next' || kind === 'skipped');
      expect([seen, status, isMoved]).toEqual([seen, status, moves]);
    }),
  );
});

it('what was not answered may have counted or not', () => {
  expect(possibleEnds(['sent'], ['enqueued', 'read'])).toEqual(new Set(['sent', 'read']));
  expect(possibleEnds([], ['read'])).toEqual(new Set([undefined, 'read']));
  expect(possibleEnds(['mismatch'], [])).toEqual(new Set([undefined]));
});
