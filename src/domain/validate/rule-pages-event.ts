import { exampleDocument, exampleEvent } from './examples.ts';
import type { ProblemCode } from './problem.ts';
import { changed, type RulePage } from './rule-page.ts';

const GOOD = exampleDocument(exampleEvent('read'));
const STATUS_PAGE = 'documented: Callbell, message_status_updated';
const CONTACT_PAGE = 'documented: Callbell, object types, contact';
const SEND_PAGE = 'documented: Callbell, send a message (the event echoes what was sent)';

const text = (bad: string, shown: RulePage['shown']): Pick<RulePage, 'shown' | 'capture'> => ({
  shown,
  capture: { bad, good: GOOD },
});

/** The pages of what can be wrong with the envelope, the payload and the contact. */
export const EVENT_RULE_PAGES = {
  'not-an-object': {
    explanation: 'A webhook of Callbell is always a JSON object. A text may be JSON that was encoded twice.',
    source: STATUS_PAGE,
    ...text('"message_status_updated"\n', {
      bad: '"message_status_updated"',
      good: '{"event": …, "payload": …}',
    }),
  },
  'not-an-event': {
    explanation:
      'The object has neither of the two keys of an event. If this is the capture of another tool, the event is in a place where it is not looked for.',
    source: STATUS_PAGE,
    ...text('{"status": "ok"}\n', { bad: '{"status": "ok"}', good: '{"event": …, "payload": …}' }),
  },
  'provider-object-only': {
    explanation:
      'This is what the WhatsApp provider said, without what Callbell puts around it. In an event it is payload.messageStatusPayload.',
    source: STATUS_PAGE,
    ...text('{"type": "read", "payload": {"ts": 1769868180}, "destination": "447700900103"}\n', {
      bad: '{"type": "read", "payload": {"ts": …}}',
      good: '{"event": …, "payload": {…, "messageStatusPayload": {"type": "read", …}}}',
    }),
  },
  'missing-event': changed(
    {
      explanation: 'The name of the event is missing; one URL receives all events, so a handler needs it.',
      source: STATUS_PAGE,
    },
    'read',
    ['event'],
  ),
  'misspelt-event': changed(
    {
      explanation:
        'The name is nearly message_status_updated, or it is like no event of Callbell while the payload is that of a status. A handler would not know it.',
      source: STATUS_PAGE,
    },
    'read',
    ['event'],
    'message_status_update',
  ),
  'unknown-event': changed(
    {
      explanation:
        'Callbell documents no event of this name. It may be newer than this tool; a handler should answer 200 to what it does not know.',
      source: 'documented: Callbell, the list of webhook events',
    },
    'read',
    ['event'],
    'message_deleted',
  ),
  'other-event': changed(
    {
      explanation:
        'An account has one webhook for all its events, so others arrive too. They are counted, not checked; a handler looks at "event" first.',
      source: 'documented: Callbell, webhooks',
    },
    'read',
    ['event'],
    'message_created',
  ),
  'nested-event': changed(
    {
      explanation:
        'Inside "payload" is a whole event again, with an "event" or a "payload" of its own. Something on the way put an envelope around what had one already; take one of them off.',
      source: STATUS_PAGE,
    },
    'read',
    ['payload'],
    {
      event: 'message_status_updated',
      payload: { uuid: 'adf3d1216d4c4dcd908199d6700f2381', status: 'read' },
    },
  ),
  'missing-payload': changed(
    {
      explanation: 'What happened stands in "payload"; without it the event says nothing.',
      source: STATUS_PAGE,
    },
    'read',
    ['payload'],
  ),
  'wrong-type': changed(
    {
      explanation:
        'The value has another JSON type than the documented one, so that strictly typed handlers break.',
      source: STATUS_PAGE,
    },
    'read',
    ['payload', 'contact', 'name'],
    7,
  ),
  'unknown-key': changed(
    {
      explanation:
        'The key is in no documentation. Callbell adds keys without notice, so that this is fine; but a misspelt key looks the same.',
      source: 'documented: Callbell, release notes (new keys)',
    },
    'read',
    ['payload', 'contact', 'phoneNumbr'],
    '447700900103',
  ),
  'misspelt-key': {
    explanation:
      'A documented key is missing, and one that is written nearly so is there: a handler looks for the first and finds nothing. Where the documented key is there too, the other one may be new, and is only noted (unknown-key).',
    source: STATUS_PAGE,
    shown: { bad: '"phone_number": "447700900103"', good: '"phoneNumber": "447700900103"' },
    capture: {
      bad: exampleDocument(
        exampleEvent(
          'read',
          { at: ['payload', 'contact', 'phoneNumber'] },
          { at: ['payload', 'contact', 'phone_number'], to: '447700900103' },
        ),
      ),
      good: GOOD,
    },
  },
  'missing-uuid': changed(
    { explanation: 'The uuid of the message is what ties its events together.', source: STATUS_PAGE },
    'read',
    ['payload', 'uuid'],
  ),
  'malformed-uuid': changed(
    {
      explanation:
        "Callbell's uuids are 32 lower-case hex digits without dashes. This one is the uuid that the send call returned.",
      source: STATUS_PAGE,
    },
    'read',
    ['payload', 'uuid'],
    'adf3d121-6d4c-4dcd-9081-99d6700f2381',
  ),
  'missing-status': changed(
    { explanation: 'Without the status an event says nothing.', source: STATUS_PAGE },
    'read',
    ['payload', 'status'],
  ),
  'unknown-status': changed(
    {
      explanation:
        'There are seven statuses, in lower case: enqueued, sent, delivered, read, failed, mismatch, deleted. A handler should keep an unknown one apart, not treat it as sent.',
      source: STATUS_PAGE,
    },
    'read',
    ['payload', 'status'],
    'raed',
  ),
  'deprecated-status': {
    ...changed(
      {
        explanation:
          'Callbell still documents deleted, but Meta does not support it any more. A handler may ignore it.',
        source: STATUS_PAGE,
      },
      'read',
      ['payload', 'status'],
      'deleted',
    ),
    capture: {
      bad: exampleDocument(
        exampleEvent(
          'read',
          { at: ['payload', 'status'], to: 'deleted' },
          { at: ['payload', 'messageStatusPayload', 'type'], to: 'deleted' },
        ),
      ),
      good: GOOD,
    },
  },
  'metadata-size': changed(
    {
      explanation:
        'Metadata has at most 10 pairs, keys of 50 and values of 500 characters when it is sent, so that its echo cannot have more.',
      source: SEND_PAGE,
    },
    'read',
    ['payload', 'metadata'],
    { order: 'x'.repeat(501) },
  ),
  'metadata-not-text': changed(
    {
      explanation:
        'Metadata is documented as pairs of texts. Another type may come as it was sent, or as text.',
      source: SEND_PAGE,
    },
    'read',
    ['payload', 'metadata'],
    { order: 7 },
  ),
  'malformed-contact-uuid': changed(
    {
      explanation:
        "The uuid of a contact, a team or a channel is 32 lower-case hex digits like all of Callbell's.",
      source: CONTACT_PAGE,
    },
    'read',
    ['payload', 'contact', 'uuid'],
    'eb2b914a',
  ),
  'malformed-time': changed(
    { explanation: 'Times of the contact are in ISO 8601, with a day that exists.', source: CONTACT_PAGE },
    'read',
    ['payload', 'contact', 'createdAt'],
    '31/01/2026 14:03',
  ),
  'malformed-url': changed(
    {
      explanation: 'href and conversationHref lead to the dashboard: they begin with http:// or https://.',
      source: CONTACT_PAGE,
    },
    'read',
    ['payload', 'contact', 'href'],
    'dash.callbell.eu/contacts',
  ),
  'note-too-long': changed(
    {
      explanation: 'The note of a contact has at most 1000 characters.',
      source: 'documented: Callbell, release notes (contact.note)',
    },
    'read',
    ['payload', 'contact', 'note'],
    'x'.repeat(1001),
  ),
  'malformed-email': {
    explanation: 'assignedUser is the e-mail address of the agent the conversation is assigned to, or null.',
    source: CONTACT_PAGE,
    shown: { bad: '"assignedUser": "Grace Hopper"', good: '"assignedUser": "grace@example.com"' },
    capture: {
      bad: exampleDocument(
        exampleEvent('read', { at: ['payload', 'contact', 'assignedUser'], to: 'Grace Hopper' }),
      ),
      good: exampleDocument(
        exampleEvent('read', { at: ['payload', 'contact', 'assignedUser'], to: 'grace@example.com' }),
      ),
    },
  },
  'contact-number-format': changed(
    {
      explanation:
        "Callbell's pages write contact.phoneNumber with and without plus sign and spaces. Compare digits only, and do not expect it to equal the provider's destination.",
      source: "documented: Callbell's pages disagree",
    },
    'read',
    ['payload', 'contact', 'phoneNumber'],
    '+44 7700 900103',
  ),
  'unusual-source': changed(
    {
      explanation:
        'Status events are documented for WhatsApp only; a contact of another source is unexpected here.',
      source: STATUS_PAGE,
    },
    'read',
    ['payload', 'contact', 'source'],
    'telegram',
  ),
  'malformed-bsuid': {
    explanation:
      "A business-scoped user id comes with every recipient of a Cloud channel since April 2026, beside the number or alone where that is withheld. It is the country's two capital letters, a dot and up to 128 letters and digits. Nothing can be sent to one that was cut or changed.",
    source: 'documented: Meta, business-scoped user ids',
    shown: { bad: '"bsuid": "GB-1000000000000004"', good: '"bsuid": "GB.1000000000000004"' },
    capture: {
      bad: exampleDocument(
        exampleEvent('read', { at: ['payload', 'contact', 'bsuid'], to: 'GB-1000000000000004' }),
      ),
      good: exampleDocument(
        exampleEvent('read', { at: ['payload', 'contact', 'bsuid'], to: 'GB.1000000000000004' }),
      ),
    },
  },
  'unusual-link': changed(
    {
      explanation:
        "href leads to the contact's page in Callbell's dashboard, conversationHref to its chat. This link leads to another host, to another page or to another contact: a forged event, or one put together of two. Do not follow it.",
      source:
        'seen: every example of Callbell has https://dash.callbell.eu/contacts/ and the uuid of the contact',
    },
    'read',
    ['payload', 'contact', 'href'],
    'https://dash.callbell.example/contacts/eb2b914a977e4ab896e7b886698b3eac',
  ),
  'unusual-number': changed(
    {
      explanation:
        'Numbers have a country code, which begins with no zero, and 7 to 15 digits with it. This one was kept as it is dialled (00 or 0 in front), was cut, or is empty. No message reaches it.',
      source: 'documented: ITU-T E.164',
    },
    'read',
    ['payload', 'contact', 'phoneNumber'],
    '07700900103',
  ),
  'unusual-time': changed(
    {
      explanation:
        'The time has no zone, so that it means another moment on each machine; or the contact was created over a day after the event about it, or after the event was received.',
      source: 'documented: Callbell, every example has a time that ends in Z',
    },
    'read',
    ['payload', 'contact', 'createdAt'],
    '2026-01-31T14:03:00',
  ),
  'uuid-of-contact': changed(
    {
      explanation:
        'payload.uuid is the uuid of the message, another than that of its contact. Where they are the same one of them stands in the wrong place, and the messages of a contact are mixed up.',
      source: STATUS_PAGE,
    },
    'read',
    ['payload', 'uuid'],
    'eb2b914a977e4ab896e7b886698b3eac',
  ),
} as const satisfies Partial<Record<ProblemCode, RulePage>>;
