import { describe, expect, it } from 'vitest';
import { OutageClock } from '../../src/domain/arrival/outage.ts';

const MINUTE = 60_000;

/** Fails (or not) at those times after the start; gives the codes of what was said at each. */
function run(answers: readonly (readonly [atMs: number, answered: number | null])[]): (string | undefined)[] {
  const clock = new OutageClock();
  return answers.map(([atMs, answered]) => {
    const notice = clock.add({ answered, receivedAt: new Date(atMs).toISOString(), ms: 0 });
    return notice?.code;
  });
}

describe('OutageClock', () => {
  it('says nothing of one or two failures', () => {
    const answers = [
      [0, 500],
      [1, 500],
      [2, 200],
      [3, null],
      [4, 200],
    ] as const;
    expect(run(answers)).toEqual(Array(5).fill(undefined));
  });

  it('speaks at the third failure in a row, at both limits of Callbell, and when it is over', () => {
    const answers = [
      [0, 500],
      [1000, 500],
      [2000, null],
      [3000, 500],
      [10 * MINUTE, 500],
      [10 * MINUTE + 1, 500],
      [6 * 60 * MINUTE, 500],
      [6 * 60 * MINUTE + 1, 200],
      [6 * 60 * MINUTE + 2, 200],
    ] as const;
    expect(run(answers)).toEqual([
      undefined,
      undefined,
      'failing',
      undefined,
      'email',
      undefined,
      'disabled',
      'recovered',
      undefined,
    ]);
  });
});
