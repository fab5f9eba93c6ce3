import type { MessageStatus } from '../../status.ts';
import type { CaseLevel, ConformanceCase, Trial } from '../case.ts';

const MAXIMUM = 'keep the highest status that was accepted: enqueued < sent < failed < delivered < read';

/** Delivers statuses of one message in turn; after each, the state must be the one that the model allows. */
async function deliverInTurn(
  trial: Trial,
  statuses: readonly MessageStatus[],
  level?: CaseLevel,
): Promise<void> {
  const message = await trial.message();
  for (const [index, status] of statuses.entries()) {
    await trial.deliver(message.request(status));
    // Only a status that must not move the message back can do so a moment later.
    const isFinal = index === statuses.length - 1;
    await trial.expectEnd([message], { isFinal, ...(level !== undefined && { level }) });
  }
}

function permutations<Item>(items: readonly Item[]): Item[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((item, index) =>
    permutations(items.toSpliced(index, 1)).map((rest) => [item, ...rest]),
  );
}

/** Cases on the order in which statuses arrive. */
export const ORDER_CASES = {
  'late-sent': {
    group: 'order',
    level: 'required',
    needs: ['state'],
    title: 'a "sent" that comes after "delivered" does not move the message back',
    why: 'Callbell promises no order of delivery.',
    fix: MAXIMUM,
    sources: [
      'chatwoot/chatwoot#14529',
      'twilio-labs/twilio-firebase-extensions#21',
      'alphagov/notifications-api#2916',
    ],
    run: (trial) => deliverInTurn(trial, ['enqueued', 'delivered', 'sent']),
  },
  'late-delivered': {
    group: 'order',
    level: 'required',
    needs: ['state'],
    title: 'a "delivered" that comes after "read" does not move the message back',
    why: 'Callbell promises no order of delivery.',
    fix: MAXIMUM,
    sources: ['djdang3r/whatsapp-api-manager#102', 'chatwoot/chatwoot#9962'],
    run: (trial) => deliverInTurn(trial, ['sent', 'read', 'delivered']),
  },
  backwards: {
    group: 'order',
    level: 'required',
    needs: ['state'],
    title: 'a life that arrives backwards stays "read"',
    why: 'retries of old deliveries can arrive after everything else.',
    fix: MAXIMUM,
    sources: ['openlinker-project/openlinker#1916'],
    run: (trial) => deliverInTurn(trial, ['read', 'delivered', 'sent', 'enqueued']),
  },
  'read-without-delivered': {
    group: 'order',
    level: 'required',
    needs: ['state'],
    title: 'a "read" without "delivered" is taken',
    why: 'Meta leaves "delivered" out where both happen at once (documented).',
    fix: 'do not demand the step before',
    sources: ['documented: Meta, status webhooks'],
    run: (trial) => deliverInTurn(trial, ['enqueued', 'sent', 'read']),
  },
  'every-order': {
    group: 'order',
    level: 'required',
    needs: ['state'],
    title: 'all 24 orders of four statuses end as "read"',
    why: 'Callbell promises no order of delivery.',
    fix: MAXIMUM,
    sources: ['chatwoot/chatwoot#14529', 'openlinker-project/openlinker#1916'],
    run: async (trial) => {
      const orders = permutations(['enqueued', 'sent', 'delivered', 'read'] as const);
      const messages = await Promise.all(orders.map(() => trial.message()));
      const lanes = orders.map((order, n) => order.flatMap((status) => messages[n]?.request(status) ?? []));
      trial.expectAccepted((await trial.sendLanes(lanes, 8)).flat());
      await trial.expectEnd(messages);
    },
  },
  'failed-then-sent': {
    group: 'order',
    level: 'recommended',
    needs: ['state'],
    title: 'a late "sent" does not undo "failed"',
    why: 'only "delivered" and "read" prove that a failed message arrived after all.',
    fix: MAXIMUM,
    sources: ['chatwoot/chatwoot#14149'],
    run: (trial) => deliverInTurn(trial, ['failed', 'sent']),
  },
  'failed-then-delivered': {
    group: 'order',
    level: 'recommended',
    needs: ['state'],
    title: 'a "delivered" after "failed" counts',
    why: 'a failure can be reported for one attempt while another arrives (seen).',
    fix: MAXIMUM,
    sources: ['seen: failed, then delivered'],
    run: (trial) => deliverInTurn(trial, ['sent', 'failed', 'delivered']),
  },
  'delivered-then-failed': {
    group: 'order',
    level: 'recommended',
    needs: ['state'],
    title: 'a "failed" after "delivered" does not undo it',
    why: 'a message that arrived is not undone by a failure of a second device or attempt (seen).',
    fix: MAXIMUM,
    sources: ['seen: delivered, then failed'],
    run: (trial) => deliverInTurn(trial, ['sent', 'delivered', 'failed']),
  },
  'side-notes': {
    group: 'order',
    level: 'recommended',
    needs: ['state'],
    title: '"mismatch" and "deleted" are no steps of the life',
    why: 'a corrected number says nothing about how far the message came.',
    fix: 'store them apart from the status',
    sources: ['nyaruka/courier#229', 'chatwoot/chatwoot#6295'],
    run: (trial) => deliverInTurn(trial, ['sent', 'mismatch', 'delivered', 'deleted']),
  },
  'same-uuid': {
    group: 'order',
    level: 'required',
    needs: ['state'],
    title: 'three statuses with the same uuid are three events',
    why: 'the uuid is that of the message, not of the event: deduplication by uuid alone drops statuses.',
    fix: 'deduplicate by uuid and status together',
    sources: ['documented: several events share a uuid'],
    run: (trial) => deliverInTurn(trial, ['sent', 'delivered', 'read']),
  },
} as const satisfies Record<string, ConformanceCase>;
