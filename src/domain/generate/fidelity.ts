import type { Origin } from '../failures.ts';

/** The part of an event that a fact is about. */
export type FidelityPart = 'envelope' | 'contact' | 'gupshup' | 'cloud';

/** How one generated field is known. */
export interface FidelityFact {
  readonly part: FidelityPart;
  /** Below `payload.contact` for the contact, below `payload.messageStatusPayload` for a provider; `[]` is any index. */
  readonly field: string;
  readonly origin: Origin;
  /** Where it is documented or was seen, or why it is assumed. */
  readonly source: string;
}

const SOURCES = {
  event: 'Callbell, webhooks/message_events/message_status_updated',
  send: 'Callbell, messages_api/post_send_messages: an echo of what the sender attached',
  contact: 'Callbell, object_types/contact',
  gupshup: 'Gupshup partner docs, message-events; in both examples of Callbell',
  pricing: 'Gupshup partner docs, pmp-events',
  bsuid: 'Gupshup partner docs, bsuid',
  mismatch: 'Gupshup partner docs, message-events; one capture has the requested number as destination',
  wrapping: 'two independent clients of Callbell read this path',
  meta: 'Meta, status messages webhook reference; Callbell is only seen to hand it on',
} as const;

type Row = readonly [FidelityPart, string, Origin, keyof typeof SOURCES | { readonly because: string }];

const ROWS: readonly Row[] = [
  ['envelope', 'event', 'documented', 'event'],
  ['envelope', 'payload.uuid', 'documented', 'event'],
  ['envelope', 'payload.status', 'documented', 'event'],
  ['envelope', 'payload.metadata.*', 'documented', 'send'],
  ['contact', 'uuid', 'documented', 'contact'],
  ['contact', 'name', 'documented', 'contact'],
  [
    'contact',
    'phoneNumber',
    'assumed',
    { because: "documented, but Callbell's pages disagree on plus sign and spaces: digits only" },
  ],
  ['contact', 'avatarUrl', 'documented', 'contact'],
  ['contact', 'createdAt', 'documented', 'contact'],
  ['contact', 'closedAt', 'documented', 'contact'],
  ['contact', 'blockedAt', 'documented', 'contact'],
  ['contact', 'source', 'documented', 'contact'],
  ['contact', 'href', 'documented', 'contact'],
  ['contact', 'conversationHref', 'documented', 'contact'],
  ['contact', 'tags[]', 'documented', 'contact'],
  ['contact', 'assignedUser', 'documented', 'contact'],
  ['contact', 'customFields.*', 'documented', 'contact'],
  ['contact', 'funnelId', 'documented', 'contact'],
  ['contact', 'team.uuid', 'documented', 'contact'],
  ['contact', 'team.name', 'documented', 'contact'],
  ['contact', 'team.default', 'documented', 'contact'],
  ['contact', 'team.members', 'documented', 'contact'],
  ['contact', 'team.createdAt', 'documented', 'contact'],
  ['contact', 'channel.uuid', 'documented', 'contact'],
  ['contact', 'channel.title', 'documented', 'contact'],
  ['contact', 'channel.type', 'documented', 'contact'],
  ['contact', 'channel.main', 'documented', 'contact'],
  ['contact', 'channel.discardedAt', 'documented', 'contact'],
  ['contact', 'bsuid', 'documented', 'contact'],
  ['contact', 'note', 'documented', 'contact'],
  ['gupshup', 'type', 'documented', 'gupshup'],
  ['gupshup', 'destination', 'documented', 'gupshup'],
  ['gupshup', 'id', 'documented', 'gupshup'],
  ['gupshup', 'gsId', 'documented', 'gupshup'],
  ['gupshup', 'payload.ts', 'documented', 'gupshup'],
  ['gupshup', 'payload.whatsappMessageId', 'documented', 'gupshup'],
  ['gupshup', 'payload.type', 'documented', 'gupshup'],
  ['gupshup', 'payload.code', 'documented', 'gupshup'],
  [
    'gupshup',
    'payload.reason',
    'assumed',
    { because: 'documented for most codes; each text has an origin of its own, see simulate --list' },
  ],
  ['gupshup', 'payload.wa_id', 'documented', 'mismatch'],
  ['gupshup', 'payload.phone', 'documented', 'mismatch'],
  ['gupshup', 'pricing.policy', 'documented', 'pricing'],
  ['gupshup', 'pricing.category', 'documented', 'pricing'],
  ['gupshup', 'pricing.type', 'documented', 'pricing'],
  ['gupshup', 'userId', 'documented', 'bsuid'],
  ['cloud', 'messaging.field', 'seen', 'wrapping'],
  ['cloud', 'messaging.value.messaging_product', 'seen', 'meta'],
  ['cloud', 'messaging.value.metadata.display_phone_number', 'seen', 'meta'],
  ['cloud', 'messaging.value.metadata.phone_number_id', 'seen', 'meta'],
  ['cloud', 'messaging.value.statuses[].id', 'seen', 'meta'],
  ['cloud', 'messaging.value.statuses[].status', 'seen', 'wrapping'],
  ['cloud', 'messaging.value.statuses[].timestamp', 'seen', 'meta'],
  ['cloud', 'messaging.value.statuses[].recipient_id', 'seen', 'meta'],
  ['cloud', 'messaging.value.statuses[].recipient_user_id', 'seen', 'meta'],
  ['cloud', 'messaging.value.statuses[].pricing.billable', 'seen', 'meta'],
  ['cloud', 'messaging.value.statuses[].pricing.pricing_model', 'seen', 'meta'],
  ['cloud', 'messaging.value.statuses[].pricing.category', 'seen', 'meta'],
  ['cloud', 'messaging.value.statuses[].pricing.type', 'seen', 'meta'],
  ['cloud', 'messaging.value.statuses[].errors[].code', 'seen', 'meta'],
  [
    'cloud',
    'messaging.value.statuses[].errors[].title',
    'assumed',
    { because: 'documented for most codes; each text has an origin of its own, see simulate --list' },
  ],
  [
    'cloud',
    'messaging.value.statuses[].errors[].message',
    'assumed',
    { because: 'equal to the title wherever a capture has it' },
  ],
  [
    'cloud',
    'messaging.value.statuses[].errors[].error_data.details',
    'assumed',
    { because: 'real ones say more than the title; what they say is known for few codes' },
  ],
  ['cloud', 'messaging.value.statuses[].errors[].href', 'seen', 'meta'],
];

/** Every field that is generated; a test generates all kinds of events and compares. */
export const FIDELITY: readonly FidelityFact[] = ROWS.map(([part, field, origin, source]) => ({
  part,
  field,
  origin,
  source: typeof source === 'string' ? SOURCES[source] : source.because,
}));

/** What is assumed of more than one field, or of a value rather than of a field. */
export const ASSUMPTIONS = [
  'The order of the steps in a scenario, and how many seconds lie between them.',
  'Where a message fails: a code of the on-premises API or of Meta after WhatsApp had it, any other at once.',
  'Gupshup joins the texts of every failure of Meta as in the one that was seen.',
  'A corrected number: `destination` stays the requested one over the whole life, and the WhatsApp id holds it.',
  'The id of a `deleted` event is that of a message of the recipient.',
  'Meta has no `enqueued` and no `mismatch`: those events come without `messageStatusPayload`.',
  'A message to a business-scoped user id has a wamid with a number in it like any other.',
  'What a WhatsApp QR channel puts into `messageStatusPayload`: nothing is known, so nothing is generated.',
] as const;
