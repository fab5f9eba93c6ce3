/** Fields that tell a person, spelt without case and underscores, by what they tell. */
const NAMES_BY_FIELD = {
  phone: [
    ...['phone', 'phonenumber', 'displayphonenumber', 'mobile', 'mobilephone', 'msisdn', 'whatsapp'],
    ...['destination', 'recipientid', 'waid', 'from', 'to', 'sender', 'recipient'],
  ],
  name: [
    ...['name', 'firstname', 'lastname', 'fullname', 'formattedname', 'middlename', 'nickname'],
    ...['pushname', 'profilename', 'displayname', 'username'],
  ],
  email: ['email', 'mail', 'emailaddress'],
  user: ['assigneduser', 'user', 'agent'],
  picture: ['avatar', 'avatarurl', 'picture', 'photo'],
  note: ['note', 'notes'],
  text: ['text', 'caption'],
  file: ['attachment', 'attachments', 'filename'],
  id: [
    'bsuid',
    'userid',
    'recipientuserid',
    'parentuserid',
    'recipientparentuserid',
    'parentrecipientuserid',
  ],
  data: ['bizopaquecallbackdata'],
  member: ['members'],
  value: ['metadata', 'customfields'],
} as const satisfies Record<string, readonly string[]>;

/** What a field tells of a person: `phone` is a number, of the others the word itself stands for the value. */
export type PersonalField = keyof typeof NAMES_BY_FIELD;

/** Part of what a field is: names mean something else in a contact than in the object of a provider. */
export type Zone = 'contact' | 'provider' | 'other';

/** What a field of this name tells of a person, in every event and shape that is known; undefined where nothing. */
export function personalField(name: string): PersonalField | undefined {
  return FIELDS.get(plain(name));
}

/**
 * Whether a field is known to tell nothing of a person. Callbell adds fields without notice (documented: two in
 * 2026), and so do the providers: what nobody knows yet is taken for personal.
 */
export function isImpersonal(name: string, zone: Zone): boolean {
  const spelt = plain(name);
  return IMPERSONAL.contact.has(spelt) || (zone !== 'contact' && IMPERSONAL[zone].has(spelt));
}

/** The zone that a member of that name opens; undefined where it stays in the one it is in. */
export function zoneOf(name: string): Zone | undefined {
  return ZONES.get(plain(name));
}

/** The providers and Callbell spell alike what they mean alike, but for case and underscores. */
function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z]/g, '');
}

const FIELDS: ReadonlyMap<string, PersonalField> = new Map(
  (Object.entries(NAMES_BY_FIELD) as [PersonalField, readonly string[]][]).flatMap(([field, names]) =>
    names.map((name) => [name, field] as const),
  ),
);

const ZONES: ReadonlyMap<string, Zone> = new Map([
  ['contact', 'contact'],
  ['messagestatuspayload', 'provider'],
  ['messaging', 'provider'],
  ['entry', 'provider'],
  ['statuses', 'provider'],
]);

/** Those of a contact are harmless everywhere. */
const IMPERSONAL: Readonly<Record<Zone, ReadonlySet<string>>> = {
  contact: new Set([
    ...['uuid', 'createdat', 'updatedat', 'closedat', 'blockedat', 'discardedat', 'source', 'href'],
    ...['conversationhref', 'funnelid', 'tags', 'team', 'channel', 'type', 'default', 'main', 'status'],
  ]),
  provider: new Set([
    ...['id', 'gsid', 'metamsgid', 'whatsappmessageid', 'phonenumberid', 'ts', 'timestamp', 'conversation'],
    ...['expiresat', 'expirationtimestamp', 'origin', 'pricing', 'pricingmodel', 'policy', 'category'],
    ...['billable', 'code', 'reason', 'errors', 'errordata', 'title', 'message', 'details', 'payload'],
    ...['messagingproduct', 'field', 'object', 'recipienttype'],
  ]),
  other: new Set([
    ...['event', 'payload', 'id', 'gsid', 'messageid', 'timestamp', 'ts', 'receivedat', 'success', 'method'],
    ...['messagestatuspayload'],
  ]),
};
