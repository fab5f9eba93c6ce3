import { describe, expect, it } from 'vitest';
import { validateEvent } from '../../src/domain/validate/event.ts';
import { type Change, exampleEvent, type GoodEvent } from '../../src/domain/validate/examples.ts';

const RAW = ['payload', 'messageStatusPayload'] as const;
const CLOUD = [...RAW, 'messaging', 'value', 'statuses', 0] as const;
const CONTACT = ['payload', 'contact'] as const;

type Breakage = readonly [of: GoodEvent, at: Change['at'], to: unknown, code: string, pointer?: string];

const WRONG_TYPES: Breakage[] = [
  ...['uuid', 'source'].map((key): Breakage => ['read', [...CONTACT, key], 1, 'wrong-type']),
  ...['name', 'phoneNumber', 'avatarUrl', 'createdAt', 'closedAt', 'blockedAt', 'href'].map(
    (key): Breakage => ['read', [...CONTACT, key], true, 'wrong-type'],
  ),
  ...['conversationHref', 'assignedUser', 'bsuid', 'note'].map(
    (key): Breakage => ['read', [...CONTACT, key], {}, 'wrong-type'],
  ),
  ...['customFields', 'team', 'channel'].map(
    (key): Breakage => ['read', [...CONTACT, key], 'x', 'wrong-type'],
  ),
];

const BREAKAGES: readonly Breakage[] = [
  ...WRONG_TYPES,
  ['read', ['event'], undefined, 'missing-event'],
  ['read', ['event'], 7, 'wrong-type'],
  ['read', ['event'], 'message_status_update', 'misspelt-event'],
  ['read', ['event'], 'Message_Status_Updated', 'misspelt-event'],
  ['read', ['event'], 'message_deleted', 'unknown-event'],
  ['read', ['payload'], undefined, 'missing-payload'],
  ['read', ['payload'], 'x', 'wrong-type'],
  ['read', ['payload'], [], 'wrong-type'],
  ['read', ['payload', 'uuid'], undefined, 'missing-uuid'],
  ['read', ['payload', 'uuid'], 7, 'wrong-type'],
  ['read', ['payload', 'uuid'], '', 'malformed-uuid'],
  ['read', ['payload', 'uuid'], 'A'.repeat(32), 'malformed-uuid'],
  ['read', ['payload', 'uuid'], 'a'.repeat(31), 'malformed-uuid'],
  ['read', ['payload', 'status'], undefined, 'missing-status'],
  ['read', ['payload', 'status'], null, 'wrong-type'],
  ['read', ['payload', 'status'], 'READ', 'unknown-status'],
  ['read', ['payload', 'status'], 'seen', 'unknown-status'],
  ['read', ['payload', 'status'], ' read', 'unknown-status'],
  ['read', ['payload', 'metadata'], 'x', 'wrong-type'],
  ['read', ['payload', 'metadata'], [], 'wrong-type'],
  ['read', ['payload', 'metadata'], { a: 1 }, 'metadata-not-text', '/payload/metadata/a'],
  [
    'read',
    ['payload', 'metadata'],
    { ['k'.repeat(51)]: 'v' },
    'metadata-size',
    `/payload/metadata/${'k'.repeat(51)}`,
  ],
  ['read', ['payload', 'metadata'], { a: 'v'.repeat(501) }, 'metadata-size', '/payload/metadata/a'],
  [
    'read',
    ['payload', 'metadata'],
    Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`k${index}`, 'v'])),
    'metadata-size',
  ],
  ['read', ['payload', 'contact'], 'x', 'wrong-type'],
  ['read', [...CONTACT, 'tags'], 'x', 'wrong-type'],
  ['read', [...CONTACT, 'tags'], ['a', 1], 'wrong-type', '/payload/contact/tags/1'],
  ['read', [...CONTACT, 'team'], { name: 1 }, 'wrong-type', '/payload/contact/team/name'],
  ['read', [...CONTACT, 'channel'], { main: 'yes' }, 'wrong-type', '/payload/contact/channel/main'],
  ['read', [...CONTACT, 'team'], { uuid: 'x' }, 'malformed-contact-uuid', '/payload/contact/team/uuid'],
  ['read', [...CONTACT, 'uuid'], 'x', 'malformed-contact-uuid'],
  ['read', [...CONTACT, 'createdAt'], 'yesterday', 'malformed-time'],
  ['read', [...CONTACT, 'createdAt'], '2026-02-30T00:00:00Z', 'malformed-time'],
  ['read', [...CONTACT, 'closedAt'], '2026-01-31 14:03:00', 'malformed-time'],
  ['read', [...CONTACT, 'href'], 'javascript:alert(1)', 'malformed-url'],
  ['read', [...CONTACT, 'note'], 'n'.repeat(1001), 'note-too-long'],
  ['read', [...CONTACT, 'phoneNumber'], '+447700900103', 'contact-number-format'],
  ['read', [...CONTACT, 'phoneNumbr'], '1', 'unknown-key'],
  ['read', ['payload', 'extra'], 1, 'unknown-key'],
  ['read', RAW, undefined, 'missing-provider-payload'],
  ['read', RAW, null, 'missing-provider-payload'],
  ['read', RAW, {}, 'missing-provider-payload'],
  ['read', RAW, [], 'provider-wrong-type'],
  ['read', RAW, '{"type":"read"}', 'encoded-provider-payload'],
  ['read', [...RAW, 'type'], 'sent', 'status-contradiction'],
  ['read', [...RAW, 'type'], 'seen', 'unusual-provider-status'],
  ['read', [...RAW, 'destination'], undefined, 'missing-destination'],
  ['read', [...RAW, 'destination'], 447700900103, 'provider-wrong-type'],
  ['read', [...RAW, 'destination'], '+44 7700 900103', 'provider-number-format'],
  ['read', [...RAW, 'id'], 7, 'provider-wrong-type'],
  ['read', [...RAW, 'payload', 'ts'], undefined, 'missing-time'],
  ['read', [...RAW, 'payload', 'ts'], '1769868180', 'time-as-text'],
  ['read', [...RAW, 'payload', 'ts'], 'noon', 'provider-wrong-type'],
  ['read', [...RAW, 'payload', 'ts'], 1769868180123, 'time-in-milliseconds'],
  ['read', [...RAW, 'payload', 'ts'], 0, 'implausible-time'],
  ['failed', [...RAW, 'payload', 'code'], '1002', 'provider-wrong-type'],
  ['failed', [...RAW, 'payload', 'code'], undefined, 'missing-failure-code'],
  ['failed', [...RAW, 'payload', 'code'], 7777, 'unknown-failure-code'],
  ['failed', [...RAW, 'payload'], {}, 'missing-failure-reason'],
  ['failed', [...RAW, 'payload', 'reason'], 7, 'provider-wrong-type'],
  ['mismatch', [...RAW, 'payload', 'wa_id'], undefined, 'missing-correction'],
  ['mismatch', [...RAW, 'payload', 'wa_id'], '447700900130', 'useless-correction'],
  ['mismatch', [...RAW, 'payload', 'phone'], '+447700900130', 'provider-number-format'],
  ['cloud', [...CLOUD, 'status'], 'read', 'status-contradiction'],
  ['cloud', [...CLOUD, 'status'], 'played', 'unusual-provider-status'],
  ['cloud', [...CLOUD, 'timestamp'], undefined, 'missing-time'],
  ['cloud', [...CLOUD, 'timestamp'], 1769868180, 'provider-wrong-type'],
  ['cloud', [...CLOUD, 'timestamp'], '1769868180000', 'time-in-milliseconds'],
  ['cloud', [...CLOUD, 'timestamp'], 'noon', 'provider-wrong-type'],
  ['cloud', [...CLOUD, 'recipient_id'], '+447700900123', 'provider-number-format'],
  ['cloud', [...CLOUD, 'recipient_id'], 447700900123, 'provider-wrong-type'],
  ['cloud', [...CLOUD, 'id'], {}, 'provider-wrong-type'],
  ['cloud', CLOUD.slice(0, -1), [], 'no-status-inside', '/payload/messageStatusPayload'],
];

const pointerOf = (at: Change['at']): string => at.map((key) => `/${key}`).join('');

describe('a good event with one thing broken', () => {
  const cases = BREAKAGES.map((breakage) => ({
    breakage,
    name: `${breakage[0]} ${pointerOf(breakage[1])} = ${JSON.stringify(breakage[2])?.slice(0, 60)}`,
  }));

  it.each(cases)('$name', ({ breakage: [of, at, to, code, pointer = pointerOf(at)] }) => {
    const { problems } = validateEvent(exampleEvent(of, { at, to }));
    expect(problems.map((each) => [each.code, each.path])).toEqual([[code, pointer]]);
  });

  it('is broken in at least 60 ways', () => {
    expect(BREAKAGES.length).toBeGreaterThanOrEqual(60);
  });
});
