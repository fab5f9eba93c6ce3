import type { Origin } from '../origin.ts';

/** Part of an event that a fact is about. */
export type FidelityPart = 'envelope' | 'contact' | 'gupshup' | 'cloud';

/** How one generated field is known. */
export interface FidelityFact {
  readonly part: FidelityPart;
  /** Below `payload.contact` for the contact, below `payload.messageStatusPayload` for a provider; `[]` is any index. */
  readonly field: string;
  /** How it is known of the owner of the format: Callbell, Gupshup or Meta. */
  readonly origin: Origin;
  /** How it is known that the field is in Callbell's event. */
  readonly throughCallbell: Origin;
  /** Date of what it is known from. */
  readonly date: string;
  /** Where it is documented or was seen, or why it is assumed. */
  readonly source: string;
}

type Knowledge = Omit<FidelityFact, 'part' | 'field'>;

function documented(date: string, source: string, throughCallbell: Origin = 'documented'): Knowledge {
  return { origin: 'documented', throughCallbell, date, source };
}

const EVENT = documented('July 2026', 'Callbell, webhooks/message_events/message_status_updated');
const CONTACT = documented('July 2026', "Callbell, object_types/contact; in Callbell's example of the event");
const CONTACT_MORE = documented(
  'July 2026',
  "Callbell, object_types/contact; not in Callbell's example of the event",
  'assumed',
);
const MESSAGE_EVENTS = 'Gupshup partner docs, message-events';
const IN_BOTH = documented('June 2023', `${MESSAGE_EVENTS}; in both examples of Callbell`);
const IN_READ = documented('June 2023', `${MESSAGE_EVENTS}; in Callbell's example of read`);
const IN_ENQUEUED = documented('June 2023', `${MESSAGE_EVENTS}; in Callbell's example of enqueued`);
const PMP_EVENTS = 'Gupshup partner docs, pmp-events: optional since July 2025';
const GUPSHUP_SIDES = documented('April 2026', `${PMP_EVENTS}; in no example of Callbell`, 'assumed');
const FAILURE: Knowledge = documented('2022', `${MESSAGE_EVENTS}; in no example of Callbell`, 'assumed');
const CORRECTION = documented(
  'undated',
  `${MESSAGE_EVENTS}; no capture of a mismatch is known, and ids and destination beside it are assumed`,
  'assumed',
);
const META = documented(
  'September 2026',
  'Meta, status messages webhook reference; that Callbell hands it on is assumed',
  'assumed',
);
const META_CLIENTS: Knowledge = {
  origin: 'documented',
  throughCallbell: 'seen',
  date: 'September 2026',
  source:
    'Meta, status messages webhook reference; two independent clients of Callbell read it in GET /messages/status',
};
const META_BSUID = documented(
  'February 2026',
  'Meta, business-scoped user IDs; beside the number in captures of May to August 2026; that Callbell hands it on is assumed',
  'assumed',
);
const CONVERSATION = documented(
  'September 2026',
  'Meta: Graph versions up to 23.0, later only in a free entry point window; the version of Callbell is unknown',
  'assumed',
);

type Row = readonly [fields: string, knowledge: Knowledge];

const ENVELOPE_ROWS: readonly Row[] = [
  ['event payload.uuid payload.status', EVENT],
  [
    'payload.metadata.*',
    documented('July 2026', 'Callbell, messages_api/post_send_messages: an echo of what the sender attached'),
  ],
];

const CONTACT_ROWS: readonly Row[] = [
  ['uuid name createdAt source href conversationHref tags[] avatarUrl', CONTACT],
  [
    'phoneNumber',
    {
      origin: 'assumed',
      throughCallbell: 'documented',
      date: 'July 2026',
      source: 'Callbell documents the key, but its pages disagree on plus sign and spaces: digits only',
    },
  ],
  ['closedAt blockedAt assignedUser customFields.* funnelId note', CONTACT_MORE],
  ['team.uuid team.name team.default team.members team.createdAt', CONTACT_MORE],
  ['channel.uuid channel.title channel.type channel.main channel.discardedAt', CONTACT_MORE],
  [
    'bsuid',
    documented(
      'June 2026',
      'Callbell, object_types/contact: Cloud channels only, beside the number',
      'assumed',
    ),
  ],
];

const GUPSHUP_ROWS: readonly Row[] = [
  ['type destination id', IN_BOTH],
  ['gsId payload.ts', IN_READ],
  ['payload.whatsappMessageId payload.type', IN_ENQUEUED],
  ['payload.code payload.reason', FAILURE],
  ['payload.wa_id payload.phone', CORRECTION],
  ['pricing.policy pricing.category pricing.type', GUPSHUP_SIDES],
  ['conversation.id conversation.expiresAt conversation.type', GUPSHUP_SIDES],
  [
    'userId',
    documented(
      'April 2026',
      "Gupshup partner docs, bsuid: only where the partner's flag is on; whether Callbell switched it on is unknown",
      'assumed',
    ),
  ],
];

const CLOUD_ROWS: readonly Row[] = [
  ['messaging.value.statuses[].status', META_CLIENTS],
  ['messaging.value.statuses[].errors[].code messaging.value.statuses[].errors[].title', META_CLIENTS],
  ['messaging.value.statuses[].errors[].message', META_CLIENTS],
  ['messaging.value.statuses[].errors[].error_data.details', META_CLIENTS],
  ['messaging.value.statuses[].errors[].href', META],
  ['messaging.field messaging.value.messaging_product', META],
  ['messaging.value.metadata.display_phone_number messaging.value.metadata.phone_number_id', META],
  ['messaging.value.statuses[].id messaging.value.statuses[].timestamp', META],
  ['messaging.value.statuses[].recipient_id', META],
  ['messaging.value.statuses[].recipient_user_id', META_BSUID],
  ['messaging.value.statuses[].parent_recipient_user_id', META_BSUID],
  ['messaging.value.contacts[].wa_id messaging.value.contacts[].user_id', META_BSUID],
  ['messaging.value.contacts[].parent_user_id messaging.value.contacts[].profile.name', META_BSUID],
  ['messaging.value.contacts[].profile.username', META_BSUID],
  ['messaging.value.statuses[].pricing.billable messaging.value.statuses[].pricing.pricing_model', META],
  ['messaging.value.statuses[].pricing.category messaging.value.statuses[].pricing.type', META],
  ['messaging.value.statuses[].conversation.id', CONVERSATION],
  ['messaging.value.statuses[].conversation.expiration_timestamp', CONVERSATION],
  ['messaging.value.statuses[].conversation.origin.type', CONVERSATION],
  [
    'messaging.value.statuses[].template_id',
    documented('August 2026', 'Meta, Direct Send; in captures of August 2026', 'assumed'),
  ],
];

function factsOf(part: FidelityPart, rows: readonly Row[]): FidelityFact[] {
  return rows.flatMap(([fields, knowledge]) =>
    fields.split(' ').map((field) => ({ part, field, ...knowledge })),
  );
}

/** Every field that is generated; a test generates all kinds of events and compares. */
export const FIDELITY: readonly FidelityFact[] = [
  ...factsOf('envelope', ENVELOPE_ROWS),
  ...factsOf('contact', CONTACT_ROWS),
  ...factsOf('gupshup', GUPSHUP_ROWS),
  ...factsOf('cloud', CLOUD_ROWS),
];

/** Assumptions about more than one field, or about a value rather than a field. */
export const ASSUMPTIONS = [
  "The body of Callbell's webhook has the same inner object as its GET /messages/status.",
  "Gupshup's id on the WhatsApp side is a UUID: seen in every sent, delivered and read with an id from October 2023 to May 2026. A late failure of August 2026 had 22 base62 characters; other statuses of that time are unknown (`--variant short-id`).",
  'Times between statuses: only 0 to 2 seconds to delivered, the same second to read and 5 seconds to a failure were seen; the shares of minutes, hours and days are ours. Times of one message never fall.',
  'How often each failure occurs, but for 131049 (one sender counts 45 to 70 % of its marketing); five in a hundred drawn failures have any other code that can come then.',
  'The moment of most failures, and the joined texts of Gupshup: one late and one refused send were seen, the others are made after them. No code is documented after "delivered"; 131026 is used.',
  'How Callbell reports a send that Meta refuses over a direct Cloud channel.',
  'The shares of categories in a mix, and that three in ten utility templates are sent inside an open window.',
  'The WhatsApp id of half of the Brazilian and Mexican recipients differs from the dialled number; that `destination` is the WhatsApp id is documented. With a mismatch event, `destination` is the dialled number up to it.',
  'At Gupshup a recipient whose number is withheld has its BSUID as `destination`.',
  '`payload.type` of enqueued is "template" for templates: only "session" is in an example.',
  'The id of a `deleted` event is that of a message of the recipient; its form after 2023 is a UUID.',
  'Meta has no `enqueued` and no `mismatch`: those events come without `messageStatusPayload`.',
  '`conversation` is left out by default, because the Graph version of Callbell is unknown.',
  'Names, notes, tags, teams and agents of contacts; `funnelId` is always null.',
  'What a WhatsApp QR channel puts into `messageStatusPayload`: nothing is known, so nothing is generated.',
] as const;
