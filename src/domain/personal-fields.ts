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
  id: ['bsuid', 'userid', 'recipientuserid', 'parentuserid', 'recipientparentuserid'],
  data: ['bizopaquecallbackdata'],
  member: ['members'],
  value: ['metadata', 'customfields'],
} as const satisfies Record<string, readonly string[]>;

/** What a field tells of a person: `phone` is a number, of the others the word itself stands for the value. */
export type PersonalField = keyof typeof NAMES_BY_FIELD;

/** What a field of this name tells of a person, in every event and shape that is known; undefined where nothing. */
export function personalField(name: string): PersonalField | undefined {
  return FIELDS.get(plain(name));
}

/**
 * Whether a field of a contact, or of what is in one, tells nothing of a person. Callbell adds fields to
 * contacts without notice (documented: two in 2026), so those that nobody knows yet are taken for personal.
 */
export function isImpersonal(name: string): boolean {
  return IMPERSONAL.has(plain(name));
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

const IMPERSONAL: ReadonlySet<string> = new Set([
  ...['uuid', 'createdat', 'updatedat', 'closedat', 'blockedat', 'discardedat', 'source', 'href'],
  ...['conversationhref', 'funnelid', 'tags', 'team', 'channel', 'type', 'default', 'main', 'status'],
]);
