import { MESSAGE_STATUSES } from '../../status.ts';
import type { ConformanceCase, TestRequest, Trial } from '../case.ts';
import { plainRequest } from '../request.ts';

/** The other events that arrive at the same URL (documented), and one that Callbell may add. */
const OTHER_EVENTS: Readonly<Record<string, object>> = {
  message_created: {
    to: '447700900100',
    from: '447700900101',
    text: 'Hello',
    status: 'received',
    channel: 'whatsapp',
  },
  contact_created: { uuid: 'c'.repeat(32), name: 'Ada', tags: [] },
  contact_updated: { uuid: 'c'.repeat(32), name: 'Ada', tags: ['Lead'] },
  contact_deleted: { uuid: 'c'.repeat(32), deleted: '2026-01-01T00:00:00.000Z' },
  conversation_opened: { source: 'whatsapp', createdAt: '2026-01-01T00:00:00Z' },
  conversation_closed: {
    source: 'whatsapp',
    createdAt: '2026-01-01T00:00:00Z',
    closingReason: 'issue_resolved',
  },
  agent_status_updated: { email: 'agent@example.com', name: 'Ada', available: true },
  agent_session_updated: { action: 'user_logged_in', user: { email: 'agent@example.com' } },
  team_membership_updated: {
    team: { name: 'Support' },
    user: { email: 'agent@example.com' },
    reason: 'agent_added',
  },
  a_future_event: { anything: [1, null] },
};

function connectionCheck(label: string, changes: Partial<TestRequest>): TestRequest {
  return { ...plainRequest(label, ''), signature: undefined, ...changes };
}

async function expectCheckAnswered(trial: Trial, requests: readonly TestRequest[]): Promise<void> {
  for (const request of requests) {
    const { httpStatus, failure } = await trial.send(request);
    const got = `${request.label} answered ${httpStatus ?? failure}`;
    trial.check(httpStatus === 200, { level: 'recommended', expected: `${request.label} answered 200`, got });
  }
}

/** Cases on what a handler must accept at all. */
export const ACCEPT_CASES = {
  'accept-statuses': {
    group: 'accept',
    level: 'required',
    needs: [],
    title: 'each of the seven statuses is accepted',
    why: 'Callbell sends all seven; a refused delivery is retried, and repeated failures disable the webhook.',
    fix: 'answer 200 to every event of a kind you know, also to statuses that you do nothing with; redirects are not followed',
    sources: ['documented: message_status_updated', 'saleor/storefront#597', 'discourse/discourse#16982'],
    run: async (trial) => {
      const messages = await Promise.all(MESSAGE_STATUSES.map(() => trial.message()));
      await trial.deliver(...MESSAGE_STATUSES.flatMap((status, n) => messages[n]?.request(status) ?? []));
      await trial.expectEnd(messages);
    },
  },
  'answer-200': {
    group: 'accept',
    level: 'recommended',
    needs: [],
    title: 'accepted events are answered with exactly 200',
    why: "one of Callbell's pages counts only 200 as a success, the other counts every 2xx.",
    fix: 'answer 200, not 201, 202 or 204',
    sources: ['documented: webhook events API', 'southlondonmakerspace/membership-system#329'],
    run: async (trial) => {
      const message = await trial.message();
      await trial.deliver(message.request('read'));
      const others = new Set(
        trial.answers.map(({ httpStatus }) => httpStatus).filter((status) => status !== 200),
      );
      trial.check(others.size === 0, { expected: '200', got: [...others].join(', ') });
    },
  },
  'check-get': {
    group: 'accept',
    level: 'recommended',
    needs: [],
    title: 'a connection check by GET is answered with 200',
    why: 'Callbell checks periodically that the URL answers; some checks come by GET (seen).',
    fix: 'answer GET and HEAD at the same path with 200',
    sources: ['documented: connection checks', 'seen: checks by GET'],
    run: (trial) =>
      expectCheckAnswered(trial, [
        connectionCheck('GET', { method: 'GET' }),
        connectionCheck('HEAD', { method: 'HEAD' }),
      ]),
  },
  'check-body': {
    group: 'accept',
    level: 'recommended',
    needs: [],
    title: 'a connection check with a body that is no event is answered with 200',
    why: 'some checks carry a body that is not JSON (seen); a handler that throws there looks dead to Callbell.',
    fix: 'answer 200 where the body is empty, is no JSON, or has no "event"',
    sources: ['documented: connection checks', 'seen: checks with a body that is not JSON'],
    run: (trial) =>
      expectCheckAnswered(trial, [
        connectionCheck('POST ping', {
          body: Buffer.from('ping'),
          headers: [{ name: 'content-type', value: 'text/plain' }],
        }),
        connectionCheck('POST empty', {}),
        connectionCheck('POST {}', { body: Buffer.from('{}') }),
      ]),
  },
  'other-events': {
    group: 'accept',
    level: 'required',
    needs: [],
    title: "Callbell's other events are accepted and change nothing",
    why: 'an account has one webhook for all its subscriptions, and Callbell adds events without notice.',
    fix: 'look at "event" first, and answer 200 to every name that is not yours',
    sources: ['documented: one webhook an account', 'zulip/zulip#24721', 'OpenHands/automation#236'],
    run: async (trial) => {
      const message = await trial.message();
      await trial.deliver(message.request('delivered'));
      await trial.expectEnd([message], { isFinal: false });
      for (const [event, payload] of Object.entries(OTHER_EVENTS)) {
        await trial.deliver(plainRequest(event, JSON.stringify({ event, payload })));
      }
      await trial.expectEnd([message]);
    },
  },
  'unknown-uuid': {
    group: 'accept',
    level: 'recommended',
    needs: [],
    title: 'an event of a message that is not known is not an error of the handler',
    why: 'events of messages that were sent from the dashboard, or before your table existed, arrive as well.',
    fix: 'answer 200 (or 404 to be sent the event again); never 500',
    sources: ['shridarpatil/frappe_whatsapp#252', 'opengovsg/postmangovsg#2151'],
    run: async (trial) => {
      const message = await trial.message({ isCreated: false });
      const answer = await trial.send(message.request('delivered'));
      const status = answer.httpStatus ?? 0;
      trial.check(answer.isAccepted || (status >= 400 && status < 500) || status === 503, {
        level: 'recommended',
        expected: '2xx, 4xx or 503',
        got: String(answer.httpStatus ?? answer.failure),
      });
    },
  },
} as const satisfies Record<string, ConformanceCase>;
