import { nearest } from '../nearest.ts';

/** The forms that are expected at a place; what has none of them is masked. */
export type Place =
  /** A uuid. */
  | 'id'
  /** A documented word or text: a status, an event name, a price category, the reason of a failure. */
  | 'word'
  /** An ISO or unix time. */
  | 'time'
  /** A documented failure code, or an HTTP status. */
  | 'code'
  /** A whole number below 1000. */
  | 'count'
  /** A link to a contact or a chat in the dashboard of Callbell, or to the error codes of Meta. */
  | 'link'
  /** A phone number as providers write it: nothing stays, but its mask is as long as it is. */
  | 'number'
  /** Free words of people, which `keep-tags` keeps. */
  | 'tags'
  /** What people name themselves: nothing stays, neither keys nor values nor what is below. */
  | 'free'
  /** A known key whose value may be anything. */
  | 'any';

/** The documented keys of every event and provider, and of the tools that events are wrapped by. */
const KEYS: Readonly<Record<Place, string>> = {
  id: `uuid id gsId gs_id meta_msg_id whatsappMessageId messageId messageUuid channel_uuid template_uuid team_uuid
    contactUuid template_id funnelId conversationId requestId`,
  word: `event status type source from field object origin action category pricing_model policy messaging_product
    recipient_type reason title message details closingReason channel method httpMethod subscriptions error`,
  time: `createdAt updatedAt closedAt blockedAt discardedAt deletedAt lastUpdatedAt lastUpdateAt receivedAt deleted ts
    timestamp expiration_timestamp expiresAt startedDateTime time`,
  code: 'code statusCode httpStatus',
  count: 'members page pages items',
  link: 'href conversationHref',
  number: 'destination recipient_id recipient_participant_id wa_id phone display_phone_number',
  tags: 'tags',
  free: 'metadata customFields customFieldsMetadata',
  any: `payload messageStatusPayload contact contacts team user userCustomStatus conversation pricing errors error_data
    messaging value statuses entry changes profile webhook webhook_events response request postData text meta body
    bodyBase64 headers params query queryStringParameters path url isBase64Encoded content entries log
    name firstName lastName nickName username phoneNumber phones mobile to email emails assignedUser avatarUrl note notes
    attachments caption filename contentType bsuid userId user_id recipient_user_id parent_user_id
    parent_recipient_user_id recipient_parent_user_id phone_number_id biz_opaque_callback_data
    recipient_identity_key_hash messageLocation coordinates googleMapsLocation messageContactCard contactsInfo
    messageReplyButton messageInteractiveList messageContext mesageContext messageForward messageReaction target options
    postback_url postback_text header emoji description
    default main billable success enabled available forwarded`,
};

/** The providers and Callbell spell alike what they mean alike, but for case and underscores. */
function plain(key: string): string {
  return key.toLowerCase().replaceAll('_', '');
}

const PLACES: ReadonlyMap<string, Place> = new Map(
  (Object.entries(KEYS) as [Place, string][]).flatMap(([place, keys]) =>
    // As they are documented too: looking those up takes no new text.
    keys.split(/\s+/).flatMap((key) => [[key, place] as const, [plain(key), place] as const]),
  ),
);
/** Shorter words are one letter apart from names of people; none is from `gsid`. */
const KNOWN_KEYS = [...PLACES.keys()].filter(
  (key) => key === plain(key) && (key.length > 4 || key === 'gsid'),
);
const LONGEST_KEY = 40;

/** Returns the place that a key opens; undefined for a key that nobody documents. */
export function placeOf(key: string): Place | undefined {
  return key.length > LONGEST_KEY ? undefined : (PLACES.get(key) ?? PLACES.get(plain(key)));
}

/** Whether a key is a documented one with one letter wrong, which validation points out. */
export function isMisspelt(key: string): boolean {
  return /^[A-Za-z_]{4,40}$/.test(key) && nearest(plain(key), KNOWN_KEYS, 1) !== undefined;
}
