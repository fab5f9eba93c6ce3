import { describe, expect, it } from 'vitest';
import { OutageClock } from '../../src/domain/arrival/outage.ts';

const MINUTE = 60_000;

/** Fails (or not) at those times after the start; gives the codes of what was said at each. */
function run(answers: readonly (readonly [atMs: number, answered: number | null])[]): (string | undefined)[] {
  const clock = new OutageClock();
  return answers.map(([atMs, answered]) => {
    const receivedAt = new Date(atMs).toISOString();
    const notice = clock.add({ answered, receivedAt, ms: 0, kind: 'status', refusal: undefined });
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

  it('does not count what anybody may send', () => {
    const clock = new OutageClock();
    const strangers = [
      { kind: 'status', refusal: 'not-verified', answered: 401 },
      { kind: 'unreadable', refusal: 'host-not-allowed', answered: 403 },
      { kind: 'unreadable', refusal: 'cross-origin', answered: 403 },
      { kind: 'unreadable', refusal: 'path-not-forwarded', answered: 400 },
      { kind: 'unreadable', refusal: undefined, answered: 404 },
      { kind: 'connection-check', refusal: undefined, answered: 404 },
    ] as const;
    const receivedAt = new Date(0).toISOString();
    const said = [...strangers, ...strangers].map((facts) => clock.add({ ...facts, receivedAt, ms: 0 }));
    expect(said.filter((notice) => notice !== undefined)).toEqual([]);
  });

  it('is not stopped by a good answer to what is no event', () => {
    const clock = new OutageClock();
    const add = (kind: 'status' | 'connection-check', answered: number) =>
      clock.add({ kind, answered, receivedAt: new Date(0).toISOString(), ms: 0, refusal: undefined })?.code;
    expect([
      add('status', 500),
      add('status', 500),
      add('connection-check', 200),
      add('status', 500),
    ]).toEqual([undefined, undefined, undefined, 'failing']);
  });
});
