import { describe, expect, it } from 'vitest';
import { validateEvent } from '../../src/domain/validate/event.ts';
import { type Change, exampleEvent, type GoodEvent } from '../../src/domain/validate/examples.ts';

const RAW = ['payload', 'messageStatusPayload'] as const;
const CLOUD = [...RAW, 'messaging', 'value', 'statuses', 0] as const;
const CONTACT = ['payload', 'contact'] as const;

const STATUS = {
  id: 'wamid.HBgMNDQ3NzAwOTAwMTIzFQIAERgSOUFFOTEyMDk1OEFGQzgwMTMxAA==',
  status: 'delivered',
  timestamp: '1769868180',
  recipient_id: '447700900123',
};
const VALUE = {
  messaging_product: 'whatsapp',
  metadata: { display_phone_number: '447700900900', phone_number_id: '1' },
};
const raw = (to: unknown): Change => ({ at: RAW, to });
const gupshup = (key: string, to: unknown): Change => ({ at: [...RAW, key], to });
const cloud = (key: string, to?: unknown): Change => ({ at: [...CLOUD, key], to });
const contact = (key: string, to: unknown): Change => ({ at: [...CONTACT, key], to });

type Oddity = readonly [name: string, of: GoodEvent, ...changes: readonly Change[]];

/** What providers document or was seen, and what a strict reader would stumble over. */
const ODDITIES: readonly Oddity[] = [
  ['a bare status', 'cloud', raw(STATUS)],
  ['a list of statuses alone (on-premises API)', 'cloud', raw({ statuses: [STATUS] })],
  ["the value of Meta's change alone", 'cloud', raw({ ...VALUE, statuses: [STATUS], field: 'messages' })],
  ["Meta's change alone", 'cloud', raw({ value: { ...VALUE, statuses: [STATUS] }, field: 'messages' })],
  [
    "Meta's whole envelope, through Gupshup",
    'cloud',
    raw({
      object: 'whatsapp_business_account',
      gs_app_id: 'x',
      entry: [{ id: '1', changes: [{ field: 'messages', value: { ...VALUE, statuses: [STATUS] } }] }],
    }),
  ],
  [
    'a recipient of whom only the business-scoped id is told, the number empty',
    'cloud',
    cloud('recipient_id', ''),
    cloud('recipient_user_id', 'US.13491208655302741918'),
  ],
  [
    'the id of a whole company beside it',
    'cloud',
    cloud('parent_recipient_user_id', 'US.ENT.506847293015824'),
  ],
  ['a group', 'cloud', cloud('recipient_id', 'Y2FwaV9ncm91cDoxOTUwNTU1'), cloud('recipient_type', 'group')],
  ['data of the sender', 'cloud', cloud('biz_opaque_callback_data', '{"order":7}')],
  [
    'a conversation with an origin, its expiry as a number',
    'cloud',
    cloud('conversation', { id: 'c', expiration_timestamp: 1769954580, origin: { type: 'marketing_lite' } }),
    cloud('pricing', { billable: true, pricing_model: 'PMP', type: 'regular', category: 'marketing_lite' }),
  ],
  ["Gupshup's ids that are UUIDs both", 'read', gupshup('id', 'cc3651a4-493b-4a38-b867-c547af202259')],
  ['an id in base62', 'read', gupshup('id', '1Dy7zVx2NB0cIQ8Ws9aBfK')],
  ['no gsId', 'read', gupshup('gsId', undefined)],
  ['a number that was masked', 'read', gupshup('destination', '91XX985XX10X')],
  ['a business-scoped user', 'read', gupshup('userId', 'IN.1648738043044942')],
  [
    'prices and a conversation of Gupshup',
    'read',
    { at: ['payload', 'status'], to: 'sent' },
    gupshup('type', 'sent'),
    gupshup('conversation', { id: 'c', expiresAt: 1769954580, type: 'authentication' }),
    gupshup('pricing', { policy: 'NBP', category: 'service', type: 'regular' }),
  ],
  ['keys of Gupshup that are new', 'read', gupshup('app', 'Demo'), gupshup('version', 2)],
  [
    'a contact of whom nothing is known',
    'read',
    ...[
      'name',
      'phoneNumber',
      'avatarUrl',
      'assignedUser',
      'href',
      'conversationHref',
      'team',
      'channel',
    ].map((key) => contact(key, null)),
    ...['createdAt', 'closedAt', 'blockedAt', 'tags', 'customFields', 'bsuid', 'note'].map((key) =>
      contact(key, null),
    ),
  ],
  ['an empty contact', 'read', { at: CONTACT, to: {} }],
  ['times with an offset and fractions', 'read', contact('createdAt', '2026-01-31T15:03:00.123456+01:00')],
  ['a leap second', 'read', contact('createdAt', '2016-12-31T23:59:60Z')],
  ['the end of a day', 'read', contact('createdAt', '2026-01-31T24:00:00Z')],
  ['a channel of the official API', 'read', contact('channel', { type: 'whatsapp_official', main: null })],
  ['ten pairs of metadata', 'read', { at: ['payload', 'metadata'], to: tenPairs() }],
  ['emoji up to the limit', 'read', { at: ['payload', 'metadata'], to: { a: '😀'.repeat(500) } }],
  ['no metadata, as null', 'read', { at: ['payload', 'metadata'], to: null }],
];

function tenPairs(): Record<string, string> {
  return Object.fromEntries(
    Array.from({ length: 10 }, (_, index) => [`key ${index}`.padEnd(50), 'v'.repeat(500)]),
  );
}

describe('odd, but nothing is wrong with it', () => {
  it.each(ODDITIES.map(([name, of, ...changes]) => ({ name, of, changes })))('$name', ({ of, changes }) => {
    const { problems, valid } = validateEvent(exampleEvent(of, ...changes));
    expect(valid).toBe(true);
    expect(problems).toEqual([]);
  });

  it('a call of which Meta has statuses of its own is a note', () => {
    const { problems } = validateEvent(exampleEvent('cloud', cloud('status', 'RINGING')));
    expect(problems.map(({ severity }) => severity)).toEqual(['note']);
  });
});
