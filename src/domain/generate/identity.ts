import type { Contact } from '../event.ts';
import { type Entropy, pick } from './entropy.ts';
import { callbellUuid, gupshupMessageId, whatsappMessageId } from './ids.ts';

/** Everything that stays the same over the life of one message. */
export interface MessageIdentity {
  readonly uuid: string;
  readonly contact: Contact;
  /** The recipient's number, digits only, from a range reserved for fiction. */
  readonly phone: string;
  /** The same number as it was mistyped, for a correction. */
  readonly requestedPhone: string;
  readonly gupshupId: string;
  readonly whatsappId: string;
  /** The id of a message from the recipient. */
  readonly inboundId: string;
}

/** Draws the identity of a new message. */
export function generateIdentity(entropy: Entropy): MessageIdentity {
  const local = generateFictionalNumber(entropy);
  const phone = `${UNITED_KINGDOM}${local}`;
  return {
    uuid: callbellUuid(entropy),
    contact: generateContact(entropy, phone),
    phone,
    // The trunk 0 kept behind the country code: a mistake people make, and no number that exists.
    requestedPhone: `${UNITED_KINGDOM}0${local}`,
    gupshupId: gupshupMessageId(entropy),
    whatsappId: whatsappMessageId(entropy, phone, 'outbound'),
    inboundId: whatsappMessageId(entropy, phone, 'inbound'),
  };
}

const UNITED_KINGDOM = '44';

/** +44 7700 900000 to 900999, reserved by Ofcom for drama: a mis-aimed simulation reaches nobody. */
function generateFictionalNumber(entropy: Entropy): string {
  return `7700900${String(entropy.below(1000)).padStart(3, '0')}`;
}

const NAMES = [
  'John Doe',
  'Chloé Lefèvre',
  'Siân O’Connor',
  'Łukasz Wójcik',
  'نور الهاشمي',
  '王小明',
  'Ana Souza 🌻',
  "D'Arcy Fitzgerald",
] as const;

const TAGS = ['Lead', 'Customer', 'VIP', 'Support'] as const;

const YEAR_MILLISECONDS = 365 * 24 * 60 * 60 * 1000;

function generateContact(entropy: Entropy, phone: string): Contact {
  const uuid = callbellUuid(entropy);
  const createdAt = new Date(entropy.nowMilliseconds - entropy.below(YEAR_MILLISECONDS));
  return {
    href: `https://dash.callbell.eu/contacts/${uuid}`,
    conversationHref: `https://dash.callbell.eu/chat/${callbellUuid(entropy)}`,
    name: pick(entropy, NAMES),
    tags: [pick(entropy, TAGS)],
    uuid,
    source: 'whatsapp',
    avatarUrl: null,
    createdAt: `${createdAt.toISOString().slice(0, 19)}Z`,
    phoneNumber: phone,
  };
}
