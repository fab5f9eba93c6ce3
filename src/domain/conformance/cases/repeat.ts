import type { ConformanceCase, TestMessage, TestRequest, Trial } from '../case.ts';

const ONCE =
  'store uuid and status under a unique key, and let the insert decide whether this delivery is the first';

/** Delivers a request again, and checks that nothing happened a second time. */
async function expectNoSecondEffect(trial: Trial, message: TestMessage, again: TestRequest): Promise<void> {
  await trial.expectEnd([message], { isFinal: false });
  const [before] = await trial.effects([message]);
  await trial.deliver(again);
  await trial.expectEnd([message]);
  const [after] = await trial.effects([message]);
  trial.check(before === after, { expected: `${before} effects`, got: `${after} effects` });
}

/** Cases on deliveries that come more than once, also at the same moment. */
export const REPEAT_CASES = {
  duplicate: {
    group: 'repeat',
    level: 'required',
    needs: [],
    title: 'the same delivery twice is accepted twice and has one effect',
    why: 'what was not answered in time is sent again.',
    fix: ONCE,
    sources: ['documented: retries', 'rmyndharis/OpenWA#464'],
    run: async (trial) => {
      const message = await trial.message();
      const request = trial.signed(message.request('read'));
      await trial.deliver(request);
      await expectNoSecondEffect(trial, message, request);
    },
  },
  'duplicate-resigned': {
    group: 'repeat',
    level: 'required',
    needs: ['secret', 'effects'],
    title: 'a retry with a new signature is still the same delivery',
    why: 'each attempt is signed anew: a signature is no key for deduplication.',
    fix: ONCE,
    sources: ['documented: retries are signed again'],
    run: async (trial) => {
      const message = await trial.message();
      const request = message.request('read');
      await trial.deliver(trial.signed(request, { offsetSeconds: -30 }));
      await expectNoSecondEffect(trial, message, request);
    },
  },
  'duplicate-late': {
    group: 'repeat',
    level: 'required',
    needs: ['state'],
    title: 'a repeated "delivered" after "read" changes nothing',
    why: 'a retry can come long after the later statuses.',
    fix: ONCE,
    sources: ['djdang3r/whatsapp-api-manager#102'],
    run: async (trial) => {
      const message = await trial.message();
      await trial.deliver(message.request('sent'), message.request('delivered'), message.request('read'));
      const again = trial.signed(message.request('delivered'), { offsetSeconds: -30 });
      await expectNoSecondEffect(trial, message, again);
    },
  },
  'concurrent-duplicate': {
    group: 'repeat',
    level: 'required',
    needs: [],
    title: 'two copies that meet have one effect',
    why: 'check-then-act ("is it there? no: insert and notify") lets both copies through.',
    fix: ONCE,
    sources: ['Devlaner/devlane#332', 'preloop/preloop#517'],
    run: async (trial) => {
      const messages: TestMessage[] = [];
      for (let round = 0; round < trial.rounds; round += 1) {
        const message = await trial.message();
        messages.push(message);
        const request = message.request('read');
        trial.expectAccepted(await trial.sendTogether([request, request]));
      }
      await trial.expectEnd(messages);
      const effects = await trial.effects(messages);
      const doubled = effects.filter((each) => each !== trial.effectsOfRead);
      trial.races(messages.length, doubled.length);
      trial.check(doubled.length === 0, {
        expected: `${trial.effectsOfRead} effects`,
        got: `${doubled[0]} effects in ${doubled.length} of ${messages.length} rounds`,
      });
    },
  },
  'concurrent-statuses': {
    group: 'repeat',
    level: 'required',
    needs: ['state'],
    title: 'three statuses of a message that meet end as "read"',
    why: 'read-modify-write without a condition lets the slowest of them win.',
    fix: 'update with a condition (… WHERE rank < new rank), not after a read',
    sources: ['pleaseai/statusbeam#38', 'recursecenter/community#191'],
    run: async (trial) => {
      const messages: TestMessage[] = [];
      for (let round = 0; round < trial.rounds; round += 1) {
        const message = await trial.message();
        messages.push(message);
        const order = (['sent', 'delivered', 'read'] as const).map((status) => message.request(status));
        trial.expectAccepted(await trial.sendTogether(rotate(order, round)));
      }
      const wrong = await trial.expectEnd(messages);
      trial.races(messages.length, wrong);
    },
  },
  interleaved: {
    group: 'repeat',
    level: 'required',
    needs: ['state'],
    title: 'twenty lives at once do not mix',
    why: 'two callbacks in the same second must not share state.',
    fix: 'keep nothing of a delivery outside of its own request',
    sources: ['shridarpatil/frappe_whatsapp#252'],
    run: async (trial) => {
      const messages = await Promise.all(Array.from({ length: 20 }, () => trial.message()));
      const lanes = messages.map((message, n) =>
        (LIVES[n % LIVES.length] ?? []).map((each) => message.request(each)),
      );
      trial.expectAccepted((await trial.sendLanes(lanes, 8)).flat());
      await trial.expectEnd(messages);
    },
  },
} as const satisfies Record<string, ConformanceCase>;

const LIVES = [
  ['enqueued', 'sent', 'delivered', 'read'],
  ['enqueued', 'sent', 'delivered'],
  ['enqueued', 'failed'],
  ['sent', 'read'],
  ['delivered', 'sent'],
  ['enqueued', 'mismatch', 'sent'],
] as const;

function rotate<Item>(items: readonly Item[], by: number): Item[] {
  const at = by % items.length;
  return [...items.slice(at), ...items.slice(0, at)];
}
