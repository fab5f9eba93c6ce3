import { describe, expect, it } from 'vitest';
import { validateEvent } from '../../src/domain/validate/event.ts';
import { type Change, exampleEvent, type GoodEvent } from '../../src/domain/validate/examples.ts';

const RAW = ['payload', 'messageStatusPayload'] as const;
const CLOUD = [...RAW, 'messaging', 'value', 'statuses', 0] as const;
const CONTACT = ['payload', 'contact'] as const;

type Breakage = readonly [of: GoodEvent, at: Change['at'], to: unknown, code: string, pointer?: string];

function pointerOf(at: Change['at']): string {
  return at.map((key) => `/${key}`).join('');
}

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
  ['cloud', CLOUD.slice(0, -1), [], 'no-status-inside'],
];

const DELIVERED_AT = [...RAW, 'payload', 'ts'] as const;
const STATUSES = CLOUD.slice(0, -1);

/** What a hand, a script or a tool on the way does to an event. */
const ACCIDENTS: readonly Breakage[] = [
  // The name and the envelope
  ['read', ['event'], '', 'misspelt-event'],
  ['read', ['event'], ' ', 'misspelt-event'],
  ['read', ['event'], 'status', 'misspelt-event'],
  ['read', ['event'], 'messageStatusUpdated', 'misspelt-event'],
  ['read', ['event'], 'message_status_updated ', 'misspelt-event'],
  ['read', ['event'], 'message-status-updated', 'misspelt-event'],
  ['read', ['event'], 'MESSAGE_CREATED', 'unknown-event'],
  ['read', ['event'], null, 'wrong-type'],
  ['read', ['event'], ['message_status_updated'], 'wrong-type'],
  ['read', ['payload'], null, 'wrong-type'],
  ['read', ['payload'], '{"uuid":"a"}', 'wrong-type'],
  ['read', ['payload'], [{ uuid: 'a' }], 'wrong-type'],
  ['read', ['payload'], { payload: { uuid: 'a'.repeat(32), status: 'read' } }, 'nested-event'],
  ['read', ['payload'], { event: 'message_status_updated', payload: {} }, 'nested-event'],
  ['read', ['Event'], 'message_status_updated', 'unknown-key'],
  // The uuid
  ['read', ['payload', 'uuid'], null, 'wrong-type'],
  ['read', ['payload', 'uuid'], ' ', 'malformed-uuid'],
  ['read', ['payload', 'uuid'], `${'a'.repeat(32)} `, 'malformed-uuid'],
  ['read', ['payload', 'uuid'], 'a'.repeat(33), 'malformed-uuid'],
  ['read', ['payload', 'uuid'], `${'a'.repeat(32)}\n`, 'malformed-uuid'],
  ['read', ['payload', 'uuid'], 'g'.repeat(32), 'malformed-uuid'],
  ['read', ['payload', 'uuid'], '\u0661'.repeat(32), 'malformed-uuid'],
  ['read', ['payload', 'uuid'], 'adf3d121-6d4c-4dcd-9081-99d6700f2381', 'malformed-uuid'],
  // The status
  ['read', ['payload', 'status'], '', 'unknown-status'],
  ['read', ['payload', 'status'], 'read\u200b', 'unknown-status'],
  ['read', ['payload', 'status'], 'played', 'unknown-status'],
  ['read', ['payload', 'status'], 3, 'wrong-type'],
  ['read', ['payload', 'status'], ['read'], 'wrong-type'],
  ['read', ['payload', 'Uuid'], 'x', 'unknown-key'],
  ['read', ['payload', 'message_status_payload'], {}, 'unknown-key'],
  // Metadata
  ['read', ['payload', 'metadata'], 7, 'wrong-type'],
  ['read', ['payload', 'metadata'], '{"order":"7"}', 'wrong-type'],
  ['read', ['payload', 'metadata'], { a: null }, 'metadata-not-text', '/payload/metadata/a'],
  ['read', ['payload', 'metadata'], { a: { b: 'c' } }, 'metadata-not-text', '/payload/metadata/a'],
  ['read', ['payload', 'metadata'], { 'a/b~c': 1 }, 'metadata-not-text', '/payload/metadata/a~1b~0c'],
  // The contact
  ['read', CONTACT, [], 'wrong-type'],
  ['read', CONTACT, '{"name":"Ada"}', 'wrong-type'],
  ['read', [...CONTACT, 'uuid'], 'A'.repeat(32), 'malformed-contact-uuid'],
  ['read', [...CONTACT, 'phoneNumber'], 447700900103, 'wrong-type'],
  ['read', [...CONTACT, 'phoneNumber'], 'unknown', 'contact-number-format'],
  ['read', [...CONTACT, 'tags'], { 0: 'a' }, 'wrong-type'],
  ['read', [...CONTACT, 'tags'], [null], 'wrong-type', '/payload/contact/tags/0'],
  ['read', [...CONTACT, 'customFields'], [], 'wrong-type'],
  ['read', [...CONTACT, 'assignedUser'], 'Grace Hopper', 'malformed-email'],
  ['read', [...CONTACT, 'avatarUrl'], '/avatars/1.png', 'malformed-url'],
  ['read', [...CONTACT, 'conversationHref'], '', 'malformed-url'],
  ['read', [...CONTACT, 'bsuid'], 'GB1000000000000004', 'malformed-bsuid'],
  ['read', [...CONTACT, 'bsuid'], `GB.${'1'.repeat(129)}`, 'malformed-bsuid'],
  ['read', [...CONTACT, 'source'], 'WhatsApp', 'unusual-source'],
  ['read', [...CONTACT, 'channel'], { type: 'telegram' }, 'unusual-source', '/payload/contact/channel/type'],
  ['read', [...CONTACT, 'channel'], { uuid: 'x' }, 'malformed-contact-uuid', '/payload/contact/channel/uuid'],
  ['read', [...CONTACT, 'team'], { default: 'yes' }, 'wrong-type', '/payload/contact/team/default'],
  ['read', [...CONTACT, 'team'], { createdAt: 'x' }, 'malformed-time', '/payload/contact/team/createdAt'],
  ['read', [...CONTACT, 'createdAt'], 1769868180, 'wrong-type'],
  ...[
    '',
    '2026-01-31T25:00:00Z',
    '2026-01-31T24:30:00Z',
    '2026-01-31T12:60:00Z',
    '2026-13-01',
    '2026-00-10',
  ].map((time): Breakage => ['read', [...CONTACT, 'createdAt'], time, 'malformed-time']),
  ['read', [...CONTACT, 'blockedAt'], '2025-02-29T00:00:00Z', 'malformed-time'],
  ['read', [...CONTACT, 'closedAt'], 'Sat Jan 31 2026 14:03:00 GMT', 'malformed-time'],
  // Gupshup's object
  ...[true, 0, '', 'read', [], [{}]].map((raw): Breakage => ['read', RAW, raw, 'provider-wrong-type']),
  ['read', RAW, { ack: 3 }, 'unknown-provider'],
  ['read', [...RAW, 'type'], undefined, 'missing-provider-status'],
  ['read', [...RAW, 'type'], '', 'missing-provider-status'],
  ['read', [...RAW, 'type'], 7, 'provider-wrong-type'],
  ['read', [...RAW, 'type'], 'READ', 'unusual-provider-status'],
  ['read', [...RAW, 'type'], 'failed', 'status-contradiction'],
  ['read', [...RAW, 'payload'], undefined, 'missing-time', '/payload/messageStatusPayload/payload/ts'],
  ['read', [...RAW, 'payload'], [], 'provider-wrong-type'],
  ['read', [...RAW, 'payload'], '{"ts":1769868180}', 'provider-wrong-type'],
  ['read', [...RAW, 'id'], undefined, 'missing-provider-id'],
  ['read', [...RAW, 'id'], '', 'missing-provider-id'],
  ['read', [...RAW, 'id'], 'gBEGRHcAkAEwAgks3TAHH0CZtPY', 'unusual-whatsapp-id'],
  ['read', [...RAW, 'id'], 'wamid.xyz', 'unusual-whatsapp-id'],
  ['read', [...RAW, 'gsId'], 7, 'provider-wrong-type'],
  ['read', [...RAW, 'destination'], '', 'missing-destination'],
  ['read', [...RAW, 'destination'], null, 'missing-destination'],
  ['read', [...RAW, 'destination'], 'Ada', 'provider-number-format'],
  ['read', [...RAW, 'destination'], '447700900103 ', 'provider-number-format'],
  ['read', [...RAW, 'destination'], '٤٤٧٧٠٠٩٠٠١٠٣', 'provider-number-format'],
  ['read', [...RAW, 'userId'], 'GB', 'malformed-bsuid'],
  ['read', [...RAW, 'pricing'], 'CBP', 'provider-wrong-type'],
  [
    'read',
    [...RAW, 'pricing'],
    { policy: 1 },
    'provider-wrong-type',
    '/payload/messageStatusPayload/pricing/policy',
  ],
  [
    'read',
    [...RAW, 'conversation'],
    { expiresAt: '1769868180' },
    'provider-wrong-type',
    '/payload/messageStatusPayload/conversation/expiresAt',
  ],
  [
    'read',
    [...RAW, 'conversation'],
    { expiresAt: 1769868180000 },
    'time-in-milliseconds',
    '/payload/messageStatusPayload/conversation/expiresAt',
  ],
  ['read', DELIVERED_AT, -1769868180, 'implausible-time'],
  ['read', DELIVERED_AT, -0, 'implausible-time'],
  ['read', DELIVERED_AT, 1769868180.5, 'provider-wrong-type'],
  ['read', DELIVERED_AT, 1e300, 'implausible-time'],
  ['read', DELIVERED_AT, 1769868180123456, 'time-in-milliseconds'],
  ['read', DELIVERED_AT, 1_000_000_000, 'implausible-time'],
  ['read', DELIVERED_AT, 9_999_999_999, 'implausible-time'],
  ['read', DELIVERED_AT, true, 'provider-wrong-type'],
  ['read', DELIVERED_AT, '2026-01-31T14:03:00Z', 'provider-wrong-type'],
  ['read', DELIVERED_AT, [1769868180], 'provider-wrong-type'],
  ['failed', [...RAW, 'payload', 'code'], true, 'provider-wrong-type'],
  ['failed', [...RAW, 'payload', 'code'], 1002.5, 'unknown-failure-code'],
  ['failed', [...RAW, 'payload', 'code'], -1, 'unknown-failure-code'],
  ['failed', [...RAW, 'payload', 'reason'], undefined, 'missing-failure-text'],
  ['failed', [...RAW, 'payload', 'reason'], '', 'missing-failure-text'],
  ['mismatch', [...RAW, 'payload', 'wa_id'], '', 'missing-correction'],
  ['mismatch', [...RAW, 'payload', 'wa_id'], 447700900103, 'provider-wrong-type'],
  ['mismatch', [...RAW, 'payload', 'wa_id'], 'none', 'provider-number-format'],
  // Meta's object
  ['cloud', [...RAW, 'messaging'], null, 'no-status-inside', '/payload/messageStatusPayload/messaging'],
  [
    'cloud',
    [...RAW, 'messaging', 'value'],
    undefined,
    'no-status-inside',
    '/payload/messageStatusPayload/messaging',
  ],
  ['cloud', STATUSES, {}, 'no-status-inside'],
  ['cloud', STATUSES, [null], 'no-status-inside'],
  ['cloud', [...CLOUD, 'id'], undefined, 'missing-provider-id'],
  [
    'cloud',
    [...CLOUD, 'id'],
    'wamid.HBgMNDQ3NzAwOTAwMTI5FQIAERgSN0U4RjkwQTFCMkMzRDRFNUY2AA==',
    'unusual-whatsapp-id',
  ],
  ['cloud', [...CLOUD, 'status'], undefined, 'missing-provider-status'],
  ['cloud', [...CLOUD, 'status'], 7, 'provider-wrong-type'],
  ['cloud', [...CLOUD, 'recipient_id'], undefined, 'missing-destination'],
  ['cloud', [...CLOUD, 'recipient_id'], '', 'missing-destination'],
  ['cloud', [...CLOUD, 'recipient_user_id'], 'GB', 'malformed-bsuid'],
  ['cloud', [...CLOUD, 'timestamp'], '1769868180.5', 'provider-wrong-type'],
  ['cloud', [...CLOUD, 'timestamp'], '', 'provider-wrong-type'],
  ['cloud', [...CLOUD, 'timestamp'], '17', 'implausible-time'],
  [
    'cloud',
    [...CLOUD, 'pricing'],
    { billable: 'true' },
    'provider-wrong-type',
    `${pointerOf(CLOUD)}/pricing/billable`,
  ],
  [
    'cloud',
    [...CLOUD, 'conversation'],
    { origin: 'service' },
    'provider-wrong-type',
    `${pointerOf(CLOUD)}/conversation/origin`,
  ],
  ['cloud', [...CLOUD, 'errors'], {}, 'provider-wrong-type'],
  ['cloud', [...CLOUD, 'errors'], ['131026'], 'provider-wrong-type', `${pointerOf(CLOUD)}/errors/0`],
  [
    'cloud',
    [...CLOUD, 'errors'],
    [{ code: '131026' }],
    'provider-wrong-type',
    `${pointerOf(CLOUD)}/errors/0/code`,
  ],
  [
    'cloud',
    [...CLOUD, 'errors'],
    [{ error_data: { details: 7 } }],
    'provider-wrong-type',
    `${pointerOf(CLOUD)}/errors/0/error_data/details`,
  ],
];

/** What is wrong around the provider's object is so whoever the provider is. */
const AROUND_CLOUD = [...BREAKAGES, ...ACCIDENTS].flatMap(([of, at, ...rest]): Breakage[] =>
  of === 'read' && at[1] !== 'messageStatusPayload' ? [['cloud', at, ...rest]] : [],
);

const GOOD_CONTACT = { name: 'Ada', phoneNumber: '447700900123', source: 'whatsapp' };

const BESIDE: ReadonlySet<string> = new Set(['contradictory-member', 'unusual-pricing']);

describe('a good event with one thing broken', () => {
  const cases = [...BREAKAGES, ...ACCIDENTS, ...AROUND_CLOUD].map((breakage) => ({
    breakage,
    name: `${breakage[0]} ${pointerOf(breakage[1])} = ${JSON.stringify(breakage[2])?.slice(0, 60)}`,
  }));

  it.each(cases)('$name', ({ breakage: [of, at, to, code, pointer = pointerOf(at)] }) => {
    const contact = of === 'cloud' ? [{ at: CONTACT, to: { ...GOOD_CONTACT } }] : [];
    const { problems } = validateEvent(exampleEvent(of, ...contact, { at, to }));
    // The good event of Meta is delivered, that of Gupshup read: that errors or a price stand beside it is said too.
    const beside = problems.filter((each) => !BESIDE.has(each.code));
    expect(beside.map((each) => [each.code, each.path])).toEqual([[code, pointer]]);
  });

  it('is broken in at least 60 ways for each provider', () => {
    const ofCloud = cases.filter(({ breakage: [of] }) => of === 'cloud').length;
    expect(ofCloud).toBeGreaterThanOrEqual(60);
    expect(cases.length - ofCloud).toBeGreaterThanOrEqual(60);
  });
});
