import { exampleDocument, exampleEvent } from './examples.ts';
import type { ProblemCode } from './problem.ts';
import { changed, type RulePage } from './rule-page.ts';

const RAW = ['payload', 'messageStatusPayload'] as const;
const CLOUD = [...RAW, 'messaging', 'value', 'statuses'] as const;
const EVENTS_PAGE = 'documented: Gupshup, message events';

function priceOf(category: string): object {
  return { billable: false, pricing_model: 'PMP', category, type: 'free_customer_service' };
}

/** The pages of what can be wrong with the raw object of the provider. */
export const PROVIDER_RULE_PAGES = {
  'missing-provider-payload': changed(
    {
      explanation: 'The raw object was added in 2023 and nothing promises it; a handler must do without it.',
      source: 'assumed from the release notes of Callbell',
    },
    'read',
    RAW,
  ),
  'encoded-provider-payload': changed(
    {
      explanation:
        'The raw object is written as a text that holds JSON: it was probably encoded twice on its way into this file.',
      source: 'documented: Callbell, the type of the field is JSON',
    },
    'read',
    RAW,
    '{"type": "read"}',
  ),
  'unknown-provider': changed(
    {
      explanation:
        "The object is neither Gupshup's nor Meta's. WhatsApp QR channels have an undocumented one. Rely on payload.status, which is complete without it.",
      source: 'assumed: nothing public describes it',
    },
    'read',
    RAW,
    { ack: 3 },
  ),
  'provider-wrong-type': changed(
    {
      explanation:
        'The value has another type than the provider documents, so that strictly typed handlers break.',
      source: EVENTS_PAGE,
    },
    'failed',
    [...RAW, 'payload', 'code'],
    '1002',
  ),
  'gupshup-callback': changed(
    {
      explanation:
        'The whole callback that Gupshup sends to Callbell (app, timestamp, version, type "message-event", payload) stands in the place of the object. Callbell hands on the inner payload alone.',
      source: 'documented: Gupshup, message events; both examples of Callbell',
    },
    'read',
    RAW,
    {
      app: 'DemoApp',
      timestamp: 1769868180000,
      version: 2,
      type: 'message-event',
      payload: {
        id: 'aeaa3485-321c-4e50-9d4d-506cc8d1daaa',
        gsId: 'ee4a68a0-1203-4c85-8dc3-49d0b3226a35',
        type: 'read',
        payload: { ts: 1769868180 },
        destination: '447700900103',
      },
    },
  ),
  'contradictory-member': {
    explanation:
      'The reason of a failure (code and reason at Gupshup, errors at Meta) stands beside a status that is no failure, or a price beside a failure. One of the two is wrong: an event was put together of two, or its status was changed.',
    source: `${EVENTS_PAGE}; Meta, status messages (pricing is not on failed)`,
    shown: {
      bad: '{"type": "read", "payload": {"ts": …, "code": 1002}}',
      good: '{"type": "read", "payload": {"ts": …}}',
    },
    capture: {
      bad: exampleDocument(exampleEvent('read', { at: [...RAW, 'payload', 'code'], to: 1002 })),
      good: exampleDocument(exampleEvent('read')),
    },
  },
  'provider-misspelt-key': {
    explanation:
      'A key that the provider documents is missing, and one that is written nearly so is there: a handler finds nothing under the documented one.',
    source: EVENTS_PAGE,
    shown: { bad: '"gsld": "ee4a68a0-…"', good: '"gsId": "ee4a68a0-…"' },
    capture: {
      bad: exampleDocument(
        exampleEvent(
          'read',
          { at: [...RAW, 'gsId'] },
          { at: [...RAW, 'gsld'], to: 'ee4a68a0-1203-4c85-8dc3-49d0b3226a35' },
        ),
      ),
      good: exampleDocument(exampleEvent('read')),
    },
  },
  'provider-unknown-key': changed(
    {
      explanation:
        'The provider documents no such key, but one that differs in one letter and is there too: a new key, or a misspelt one. New keys of a provider are fine.',
      source: EVENTS_PAGE,
    },
    'read',
    [...RAW, 'destinatiom'],
    '447700900103',
  ),
  'provider-number-format': changed(
    {
      explanation: 'Providers write phone numbers in digits only, without plus sign and spaces.',
      source: EVENTS_PAGE,
    },
    'read',
    [...RAW, 'destination'],
    '+447700900103',
  ),
  'missing-provider-id': changed(
    {
      explanation:
        'The provider documents an id for this status, and there is none. A handler that tells messages apart by payload.uuid does not need it.',
      source: `${EVENTS_PAGE}; Meta, status messages`,
    },
    'read',
    [...RAW, 'id'],
  ),
  'unusual-whatsapp-id': changed(
    {
      explanation:
        'Ids of Meta, and of the on-premises API until October 2025, hold the number of the other side. This one holds another number than the message goes to, or none that can be read: a corrected number, a country whose numbers are written in two ways, a made-up id, ids of two messages mixed up, or a number that was masked in one place and is still to be read in the other.',
      source:
        "seen: Meta's ids, and those of the on-premises API until October 2025, hold the number; Gupshup's UUIDs of today hold none",
    },
    'read',
    [...RAW, 'id'],
    'gBEGRHcAkAEwAgks3TAHH0CZtPY',
  ),
  'missing-destination': changed(
    {
      explanation:
        'Gupshup always says to which number a message goes (destination), Meta to which number, group or user (recipient_id, recipient_user_id).',
      source: `${EVENTS_PAGE}; Meta, status messages`,
    },
    'read',
    [...RAW, 'destination'],
  ),
  'missing-time': changed(
    {
      explanation:
        'The provider documents a time for this status. Without it, order events by when they arrived.',
      source: `${EVENTS_PAGE}; Meta, status messages`,
    },
    'read',
    [...RAW, 'payload', 'ts'],
  ),
  'time-as-text': changed(
    {
      explanation: 'Gupshup documents ts as a number; a text of digits was seen. A handler should take both.',
      source: 'seen in a fixture of a third party',
    },
    'read',
    [...RAW, 'payload', 'ts'],
    '1769868180',
  ),
  'time-in-milliseconds': changed(
    {
      explanation:
        'Providers count in unix seconds; this number is thousands of years away, unless it counts milliseconds or finer.',
      source: `${EVENTS_PAGE}; Meta, status messages`,
    },
    'read',
    [...RAW, 'payload', 'ts'],
    1769868180000,
  ),
  'implausible-time': changed(
    {
      explanation:
        'Read as unix seconds, the time is before WhatsApp existed, far in the future, or over a day after the event was received (or after now, where the capture does not say when; --now sets it).',
      source: 'assumed: WhatsApp is of 2009',
    },
    'read',
    [...RAW, 'payload', 'ts'],
    17698681,
  ),
  'missing-provider-status': changed(
    {
      explanation:
        "The provider's own word for the status (type at Gupshup, status at Meta) is not there. Go by payload.status.",
      source: `${EVENTS_PAGE}; Meta, status messages`,
    },
    'read',
    [...RAW, 'type'],
  ),
  'unusual-provider-status': changed(
    {
      explanation: 'The provider has more words than Callbell (played, warning, …). Go by payload.status.',
      source: 'documented: Meta, status messages',
    },
    'cloud',
    [...CLOUD, 0, 'status'],
    'played',
  ),
  'status-contradiction': changed(
    {
      explanation:
        "Callbell's status and that of the raw object should be the same thing in two words; here they are not. Go by payload.status.",
      source: "documented: both of Callbell's examples agree",
    },
    'read',
    [...RAW, 'type'],
    'delivered',
  ),
  'no-status-inside': changed(
    {
      explanation:
        'The object has the outside of one of Meta, but no status is to be found in its list of statuses, so that it says nothing.',
      source: 'documented: Meta, status messages',
    },
    'cloud',
    CLOUD,
    [],
  ),
  'several-statuses': changed(
    {
      explanation:
        'Meta may put several statuses into one object. Exactly one of them should say what payload.status says; find it by id, not by place.',
      source: 'documented: Meta, statuses is a list',
    },
    'cloud',
    CLOUD,
    ['sent', 'read'].map((status) => ({
      id: 'wamid.HBgMNDQ3NzAwOTAwMTIzFQIAERgSOUFFOTEyMDk1OEFGQzgwMTMxAA==',
      status,
      timestamp: '1769868180',
      recipient_id: '447700900123',
    })),
  ),
  'missing-failure-reason': changed(
    {
      explanation:
        'A failed message should say why: payload.code and payload.reason at Gupshup, errors[] at Meta. Meta was seen to leave it out.',
      source: `${EVENTS_PAGE}; Meta, error codes`,
    },
    'failed',
    [...RAW, 'payload'],
    {},
  ),
  'missing-failure-code': changed(
    {
      explanation:
        'There is a reason in words, but no code. The words are spelt in more than one way, so that a handler cannot match on them.',
      source: 'documented: Gupshup, error codes (1002 is spelt two ways)',
    },
    'failed',
    [...RAW, 'payload', 'code'],
  ),
  'missing-failure-text': changed(
    {
      explanation:
        'There is a code, but none of the texts that the provider documents beside it. Match on the code, and do not expect the text to be there.',
      source: `${EVENTS_PAGE}; Meta, error codes`,
    },
    'failed',
    [...RAW, 'payload', 'reason'],
  ),
  'unknown-failure-code': changed(
    {
      explanation:
        'The code is in none of the tables that belong to its provider: of Meta; or of Gupshup, which hands on failures of Meta and of the old on-premises API too. The message failed all the same.',
      source: 'documented: Gupshup and Meta, error codes',
    },
    'failed',
    [...RAW, 'payload', 'code'],
    7777,
  ),
  'missing-correction': changed(
    {
      explanation: 'mismatch means that WhatsApp corrected the number; the corrected one is payload.wa_id.',
      source: `documented: Callbell, message_status_updated; ${EVENTS_PAGE}`,
    },
    'mismatch',
    [...RAW, 'payload', 'wa_id'],
  ),
  'useless-correction': changed(
    {
      explanation: 'The corrected number is the one that was asked for, so that nothing was corrected.',
      source: EVENTS_PAGE,
    },
    'mismatch',
    [...RAW, 'payload', 'wa_id'],
    '447700900130',
  ),
  'swapped-correction': {
    explanation:
      'The message went to the number that was asked for, which is destination and payload.phone; payload.wa_id is the corrected one. Here destination is the corrected number, so that the two may be swapped.',
    source: EVENTS_PAGE,
    shown: {
      bad: '{"wa_id": "447700900130", "phone": "447700900103"}, "destination": "447700900130"',
      good: '{"wa_id": "447700900103", "phone": "447700900130"}, "destination": "447700900130"',
    },
    capture: {
      bad: exampleDocument(
        exampleEvent('mismatch', {
          at: [...RAW, 'payload'],
          to: { wa_id: '447700900130', phone: '447700900103' },
        }),
      ),
      good: exampleDocument(exampleEvent('mismatch')),
    },
  },
  'unusual-pricing': {
    explanation:
      'Who counts costs goes by the type and the category of a price, so that a misspelt one is counted wrongly or not at all. Unusual are values that nobody documents, billable with a free type, a price inside payload, and one that Gupshup gives with delivered or read: there it comes with sent only.',
    source: 'documented: Gupshup, PMP events; Meta, status messages. Values may be added',
    shown: { bad: '"category": "servce"', good: '"category": "service"' },
    capture: {
      bad: exampleDocument(exampleEvent('cloud', { at: [...CLOUD, 0, 'pricing'], to: priceOf('servce') })),
      good: exampleDocument(exampleEvent('cloud', { at: [...CLOUD, 0, 'pricing'], to: priceOf('service') })),
    },
  },
  'unusual-enqueued': changed(
    {
      explanation:
        'With enqueued, id is the id of Gupshup, which is called gsId in later events, and payload.whatsappMessageId is their id. payload.type says what kind of message it is: session or template.',
      source: EVENTS_PAGE,
    },
    'enqueued',
    [...RAW, 'payload', 'type'],
    'sesion',
  ),
  'unusual-envelope': changed(
    {
      explanation:
        'Meta puts statuses into a change: field "messages", messaging_product "whatsapp", metadata with the number of the business in digits, and contacts, which are the recipients of the statuses. A handler that serves several numbers goes by metadata.phone_number_id.',
      source: 'documented: Meta, status messages; that Callbell hands all of it on is assumed',
    },
    'cloud',
    [...RAW, 'messaging', 'field'],
    'account_update',
  ),
} as const satisfies Partial<Record<ProblemCode, RulePage>>;
