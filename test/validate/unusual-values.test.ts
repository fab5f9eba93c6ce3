import { describe, expect, it } from 'vitest';
import { Redactor } from '../../src/domain/redaction/redactor.ts';
import { validateEvent } from '../../src/domain/validate/event.ts';
import { type Change, exampleEvent, type GoodEvent } from '../../src/domain/validate/examples.ts';
import type { Severity } from '../../src/domain/validate/problem.ts';

const RAW = ['payload', 'messageStatusPayload'] as const;
const VALUE = [...RAW, 'messaging', 'value'] as const;
const CLOUD = [...VALUE, 'statuses', 0] as const;
const CONTACT = ['payload', 'contact'] as const;
const RECEIVED = '2026-02-01T00:00:00.000Z';
const UUID = 'eb2b914a977e4ab896e7b886698b3eac';
const OTHER = 'f3670b13446b412796238b1cd78899f9';
const DASHBOARD = 'https://dash.callbell.eu';

const PRICE = { billable: false, pricing_model: 'PMP', category: 'service', type: 'free_customer_service' };

const SENT: readonly Change[] = [
  { at: ['payload', 'status'], to: 'sent' },
  { at: [...RAW, 'type'], to: 'sent' },
];

type Row = readonly [of: GoodEvent | 'sent', at: Change['at'], to: unknown, kind?: string];

/** One value of a good event is changed, and this code alone is found. */
const ROWS: Readonly<Record<string, readonly [code: string, severity: Severity, ...rows: readonly Row[]]>> = {
  links: [
    'unusual-link',
    'note',
    ['read', [...CONTACT, 'href'], `https://evil.example/contacts/${UUID}`, 'host'],
    ['read', [...CONTACT, 'href'], `https://dash.callbell.eu@evil.example/contacts/${UUID}`, 'host'],
    ['read', [...CONTACT, 'href'], `${DASHBOARD}.evil.example/contacts/${UUID}`, 'host'],
    ['read', [...CONTACT, 'href'], `${DASHBOARD}/contacts/${OTHER}`, 'contact'],
    ['read', [...CONTACT, 'href'], `${DASHBOARD}/chat/${UUID}`, 'page'],
    ['read', [...CONTACT, 'conversationHref'], `${DASHBOARD}/contacts/${UUID}`, 'page'],
    ['read', [...CONTACT, 'conversationHref'], `http://evil.example/chat/${OTHER}`, 'host'],
  ],
  numbers: [
    'unusual-number',
    'note',
    ['read', [...CONTACT, 'phoneNumber'], '00447700900103', 'international'],
    ['read', [...CONTACT, 'phoneNumber'], '07700900103', 'national'],
    ['read', [...CONTACT, 'phoneNumber'], '44', 'short'],
    ['read', [...CONTACT, 'phoneNumber'], '4'.repeat(20), 'long'],
    ['read', [...CONTACT, 'phoneNumber'], '', 'empty'],
    ['read', [...RAW, 'destination'], '123', 'short'],
    ['read', [...RAW, 'destination'], '4'.repeat(20), 'long'],
    ['cloud', [...CLOUD, 'recipient_id'], '123', 'short'],
  ],
  times: [
    'unusual-time',
    'note',
    ['read', [...CONTACT, 'createdAt'], '2126-01-31T14:03:00Z', 'future'],
    ['read', [...CONTACT, 'createdAt'], '2026-02-01T15:00:00Z', 'after-event'],
    ['read', [...CONTACT, 'createdAt'], '2026-01-31T14:03:00', 'no-zone'],
    ['read', [...CONTACT, 'closedAt'], '2026-01-31', 'no-zone'],
  ],
  'the uuid of the contact': ['uuid-of-contact', 'note', ['read', ['payload', 'uuid'], UUID]],
  'ids of users': [
    'malformed-bsuid',
    'warning',
    ['read', [...CONTACT, 'bsuid'], 'us.13491208655302741918'],
    ['read', [...RAW, 'userId'], 'us.13491208655302741918'],
    ['cloud', [...CLOUD, 'recipient_user_id'], 'us.ENT.13491208655302741918'],
  ],
  prices: [
    'unusual-pricing',
    'note',
    ['sent', [...RAW, 'pricing'], { policy: 'XYZ', category: 'service', type: 'regular' }, 'value'],
    ['sent', [...RAW, 'pricing'], { policy: 'PMP', category: 'servce', type: 'regular' }, 'value'],
    ['sent', [...RAW, 'pricing'], { policy: 'PMP', category: 'service', type: 'free' }, 'value'],
    ['sent', [...RAW, 'payload', 'pricing'], PRICE, 'place'],
    ['read', [...RAW, 'pricing'], { policy: 'PMP', category: 'service', type: 'regular' }, 'status'],
    ['cloud', [...CLOUD, 'pricing'], { ...PRICE, pricing_model: 'PPM' }, 'value'],
    ['cloud', [...CLOUD, 'pricing'], { ...PRICE, category: 'servce' }, 'value'],
    ['cloud', [...CLOUD, 'pricing'], { ...PRICE, type: 'free' }, 'value'],
    ['cloud', [...CLOUD, 'pricing'], { ...PRICE, type: 'free_entry_point', billable: true }, 'billable'],
    ['cloud', [...CLOUD, 'pricing'], { ...PRICE, type: 'regular' }, 'billable'],
  ],
  "members of Meta's change": [
    'unusual-envelope',
    'note',
    ['cloud', [...RAW, 'messaging', 'field'], 'account_update', 'field'],
    ['cloud', [...VALUE, 'messaging_product'], 'messenger', 'product'],
    ['cloud', [...VALUE, 'messaging_product'], undefined, 'no-product'],
    ['cloud', [...VALUE, 'metadata'], undefined, 'no-metadata'],
    ['cloud', [...VALUE, 'metadata', 'display_phone_number'], '+447700900900', 'number'],
    ['cloud', [...VALUE, 'contacts'], [{ wa_id: '447700900199' }], 'contact'],
  ],
  "types in Meta's change": [
    'provider-wrong-type',
    'warning',
    ['cloud', [...VALUE, 'metadata', 'phone_number_id'], 106540352242922],
    ['cloud', [...VALUE, 'contacts'], { wa_id: '447700900123' }],
    ['cloud', [...VALUE, 'contacts'], ['447700900123']],
  ],
  'both numbers of a correction': [
    'swapped-correction',
    'note',
    ['mismatch', [...RAW, 'payload'], { wa_id: '447700900130', phone: '447700900103' }],
  ],
  'members of enqueued': [
    'unusual-enqueued',
    'note',
    ['enqueued', [...RAW, 'gsId'], 'ee4a68a0-1203-4c85-8dc3-49d0b3226a35', 'gupshup-id'],
    ['enqueued', [...RAW, 'payload', 'whatsappMessageId'], undefined, 'no-whatsapp-id'],
    ['enqueued', [...RAW, 'payload', 'type'], 'sesion', 'type'],
  ],
  members: [
    'wrong-type',
    'error',
    ['read', [...CONTACT, 'team'], { members: '3' }],
    ['read', [...CONTACT, 'team'], { default: 'true' }],
  ],
};

function eventOf(of: GoodEvent | 'sent', change: Change): unknown {
  return of === 'sent' ? exampleEvent('read', ...SENT, change) : exampleEvent(of, change);
}

const rows = Object.entries(ROWS).flatMap(([name, [code, severity, ...changes]]) =>
  changes.map(([of, at, to, kind]) => ({ name, code, severity, of, at, to, kind })),
);

describe('a value that is easily overlooked', () => {
  it.each(rows)('$name: $to', ({ code, severity, of, at, to, kind }) => {
    const event = eventOf(of, { at, to });
    const { problems } = validateEvent(event, { receivedAt: new Date(RECEIVED) });
    expect(problems).toMatchObject([{ code, severity, ...(kind !== undefined && { kind }) }]);
  });

  it.each(rows)('is seen in a masked capture too: $name: $to', ({ code, of, at, to }) => {
    const redactor = new Redactor({ key: 'a key for these tests', keepTags: false });
    const text = JSON.stringify(eventOf(of, { at, to }));
    const { body } = redactor.redactRequest({ receivedAt: RECEIVED, path: '/', headers: {}, text });
    const { problems } = validateEvent(JSON.parse(body), { receivedAt: new Date(RECEIVED) });
    expect(problems.map((each) => each.code)).toContain(code);
  });

  it('has a suggestion where only the case is wrong', () => {
    const event = exampleEvent('read', { at: [...CONTACT, 'bsuid'], to: 'us.1349' });
    expect(validateEvent(event).problems).toMatchObject([{ suggestion: 'US.1349' }]);
  });
});
