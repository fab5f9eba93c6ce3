import type { ConformanceCase } from '../case.ts';

const LIFE = ['enqueued', 'sent', 'delivered', 'read'] as const;

/** Cases that may hurt the handler: they come last. */
export const LIFE_CASES = {
  'answer-time': {
    group: 'life',
    level: 'recommended',
    needs: [],
    title: 'answers are quick',
    why: "Callbell's time-out is not documented; what is answered late is sent again.",
    fix: 'answer first, work later: put the event in a queue',
    sources: ['Finsys/dockhand#1356', 'project-satisfy/satisfy#98'],
    run: async (trial) => {
      const message = await trial.message();
      await trial.deliver(message.request('read'));
      const p95 = percentile95(trial.answers.map(({ ms }) => ms));
      trial.check(p95 <= trial.budgetMs, {
        expected: `p95 at most ${trial.budgetMs} ms`,
        got: `p95 ${Math.round(p95)} ms`,
      });
    },
  },
  burst: {
    group: 'life',
    level: 'required',
    needs: [],
    title: 'fifty messages at once are accepted',
    why: 'a campaign sends hundreds of messages, and their statuses come together.',
    fix: 'use a pool of database connections with a queue; 429 is better than 5xx',
    sources: ['seen: campaigns'],
    run: async (trial) => {
      const messages = await Promise.all(Array.from({ length: 50 }, () => trial.message()));
      const lanes = messages.map((message) => LIFE.map((status) => message.request(status)));
      const answers = (await trial.sendLanes(lanes, 50)).flat();
      const limited = answers.filter(({ httpStatus }) => httpStatus === 429);
      trial.check(limited.length === 0, {
        level: 'recommended',
        expected: 'no 429',
        got: `${limited.length} of ${answers.length} answered 429`,
      });
      trial.expectAccepted(answers.filter(({ httpStatus }) => httpStatus !== 429));
      await trial.expectEnd(messages);
    },
  },
  restart: {
    group: 'life',
    level: 'recommended',
    needs: ['app', 'state'],
    title: 'what was answered 2xx survives a crash',
    why: 'an event that was accepted is never sent again: if it was only in memory, it is lost.',
    fix: 'store the event before you answer',
    sources: ['openclaw/openclaw#42157', 'gastownhall/gascity#5827'],
    run: async (trial) => {
      const reference = await trial.message();
      await trial.deliver(...LIFE.map((status) => reference.request(status)));
      await trial.expectEnd([reference], { isFinal: false });
      const [usual] = await trial.effects([reference]);
      const messages = await Promise.all(Array.from({ length: 20 }, () => trial.message()));
      const lanes = messages.map((message) => LIFE.map((status) => message.request(status)));
      const answers = await trial.sendUntilCrash(lanes, 8, KILL_AFTER);
      for (const [n, lane] of lanes.entries()) {
        await trial.deliver(...lane.filter((_, index) => answers[n]?.[index]?.isAccepted !== true));
      }
      await trial.expectEnd(messages);
      const other = (await trial.effects(messages)).filter((each) => each !== usual);
      trial.check(other.length === 0, {
        expected: `${usual} effects`,
        got: `${other[0]} effects (${other.length} of ${messages.length} messages)`,
      });
    },
  },
} as const satisfies Record<string, ConformanceCase>;

/** The app is killed when so many answers came: in the middle of 80. */
const KILL_AFTER = 30;

function percentile95(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * 0.95) - 1] ?? 0;
}
