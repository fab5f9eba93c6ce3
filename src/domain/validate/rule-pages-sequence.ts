import { type Change, exampleEvent } from './examples.ts';
import type { ProblemCode } from './problem.ts';
import { following, type RulePage } from './rule-page.ts';

const RAW = ['payload', 'messageStatusPayload'] as const;

/** Gupshup's event of the one message of the examples, at a status. */
function step(status: 'sent' | 'delivered' | 'read', ts: number, ...more: readonly Change[]): unknown {
  return exampleEvent(
    'read',
    { at: ['payload', 'status'], to: status },
    { at: [...RAW, 'type'], to: status },
    { at: [...RAW, 'payload', 'ts'], to: ts },
    ...more,
  );
}

const SENT = step('sent', 1769868170);
const DELIVERED = step('delivered', 1769868175);
const READ = step('read', 1769868180);
const FAILED = exampleEvent('failed');
const GOOD = [SENT, DELIVERED, READ];
const UNORDERED = 'assumed: nothing promises an order; seen at third parties';

/** The pages of what can be wrong between the events of one message. */
export const SEQUENCE_RULE_PAGES = {
  'repeated-status': following(
    {
      explanation:
        'The same status of the same message came twice, as it happens with retries. A handler drops the second by (uuid, status), not by uuid alone.',
      source: 'documented: Callbell retries; the number is undocumented',
    },
    [SENT, SENT],
    GOOD,
  ),
  'late-status': following(
    {
      explanation:
        'The status came after one that is further on, or enqueued or sent after a failure. A handler ranks enqueued, sent, delivered, read, and never goes back.',
      source: UNORDERED,
    },
    [READ, DELIVERED],
    GOOD,
  ),
  'status-after-failed': following(
    {
      explanation:
        'The message had failed, and was delivered or read after all: no status is strictly final. Only delivered and read override failed.',
      source: 'documented by a third party',
    },
    [FAILED, READ],
    GOOD,
  ),
  'time-falls': following(
    {
      explanation:
        "By the providers' own times the statuses happened in another order than they can. Clocks of two providers, or events of two messages mixed up.",
      source: 'documented: Gupshup, ts is when it happened',
    },
    [SENT, step('read', 1769868160)],
    GOOD,
  ),
  'id-change': following(
    {
      explanation:
        "The provider's id is not that of the earlier events with this uuid, so that they are probably of different messages.",
      source: 'documented: Gupshup, message events (id, gsId)',
    },
    [SENT, step('read', 1769868180, { at: [...RAW, 'gsId'], to: '2b34bfb7-2631-4763-89fb-1b3c65a4babc' })],
    GOOD,
  ),
  'destination-change': following(
    {
      explanation:
        'The number is not that of the earlier events with this uuid, and no mismatch event said that it was corrected.',
      source: 'documented: Gupshup, message events (destination)',
    },
    [SENT, exampleEvent('failed', { at: [...RAW, 'destination'], to: '447700900104' })],
    GOOD,
  ),
} as const satisfies Partial<Record<ProblemCode, RulePage>>;
