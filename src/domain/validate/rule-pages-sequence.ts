import { type Change, exampleEvent } from './examples.ts';
import type { ProblemCode } from './problem.ts';
import { following, type RulePage } from './rule-page.ts';

const CONTACT = ['payload', 'contact'] as const;
const CONSTANT = 'assumed: an event of a message is about that message';
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

const CLOUD = [...RAW, 'messaging', 'value', 'statuses', 0] as const;
/** Meta's event among the examples is of another number. */
const WITHOUT_NUMBER: readonly Change[] = [
  { at: [...CLOUD, 'recipient_id'] },
  { at: [...CLOUD, 'recipient_user_id'], to: 'GB.1000000000000004' },
];
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
  'contact-change': following(
    {
      explanation:
        'The contact is another one than in the earlier events with this uuid. A message goes to one contact, so events of two messages were probably mixed up.',
      source: CONSTANT,
    },
    [
      SENT,
      step(
        'read',
        1769868180,
        { at: [...CONTACT, 'uuid'], to: 'b'.repeat(32) },
        { at: [...CONTACT, 'href'], to: `https://dash.callbell.eu/contacts/${'b'.repeat(32)}` },
      ),
    ],
    GOOD,
    [[...CONTACT, 'uuid']],
  ),
  'contact-number-change': following(
    {
      explanation:
        'The number of the contact is another one than in the earlier events of this message, and no mismatch event said that it was corrected. Somebody may have edited the contact.',
      source: CONSTANT,
    },
    [SENT, step('read', 1769868180, { at: [...CONTACT, 'phoneNumber'], to: '447700900104' })],
    GOOD,
    [[...CONTACT, 'phoneNumber']],
  ),
  'metadata-change': following(
    {
      explanation:
        'The metadata is the echo of what was sent with the message, so it is the same in all of its events. Events of two messages were probably mixed up.',
      source: 'documented: Callbell, send a message (metadata is echoed)',
    },
    [
      step('sent', 1769868170, { at: ['payload', 'metadata'], to: { order: '7' } }),
      step('read', 1769868180, { at: ['payload', 'metadata'], to: { order: '8' } }),
    ],
    [
      step('sent', 1769868170, { at: ['payload', 'metadata'], to: { order: '7' } }),
      step('read', 1769868180, { at: ['payload', 'metadata'], to: { order: '7' } }),
    ],
    [['payload', 'metadata']],
  ),
  'provider-change': following(
    {
      explanation:
        'One event of the message has the object of Gupshup, another one that of Meta. A message is sent by one provider. enqueued and mismatch are not compared, which Meta does not have.',
      source: CONSTANT,
    },
    [step('sent', 1769868180), exampleEvent('cloud', ...WITHOUT_NUMBER)],
    [step('sent', 1769868180), step('delivered', 1769868180)],
    [
      [...RAW, 'type'],
      [...RAW, 'messaging', 'field'],
    ],
  ),
  'shared-id': following(
    {
      explanation:
        "The provider's id was seen with another uuid. One id is that of one message: a uuid was mixed up, or one message was given two.",
      source: 'documented: Gupshup, message events (id, gsId); Meta, status messages (id)',
    },
    [SENT, step('read', 1769868180, { at: ['payload', 'uuid'], to: 'b'.repeat(32) })],
    GOOD,
    [
      ['payload', 'uuid'],
      [...RAW, 'gsId'],
    ],
  ),
} as const satisfies Partial<Record<ProblemCode, RulePage>>;
