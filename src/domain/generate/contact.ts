import type { Contact } from '../event.ts';
import type { Origin } from '../origin.ts';
import type { Recipient } from '../providers/provider.ts';
import type { Account } from './account.ts';
import type { Draws } from './entropy.ts';

/** How much Callbell says of a contact, and what it means; a kind without a meaning does not compile. */
export const CONTACT_KINDS = {
  full: "the contact object of Callbell's page; with `bsuid` beside the number on Cloud channels",
  minimal: 'only uuid, name, number and source',
  bsuid: 'known by a business-scoped user id: no number anywhere in the event; Cloud channels',
  none: 'no contact at all',
} as const;

/**
 * How it is known that a contact comes so: the keys are documented, and that one may lack a number; which of the
 * other keys go missing together is not.
 */
export const CONTACT_ORIGINS: Readonly<Record<ContactKind, Origin>> = {
  full: 'documented',
  minimal: 'assumed',
  bsuid: 'documented',
  none: 'assumed',
};

/** One of the kinds of contact. */
export type ContactKind = keyof typeof CONTACT_KINDS;

const TAGS = [['Lead'], ['Customer'], ['Customer', 'VIP'], ['Support'], []] as const;
const AGENTS = [null, 'agent@example.com', 'sales@example.com', 'night.shift@example.com'] as const;
const NOTES = [
  null,
  null,
  null,
  'Prefers to be called in the morning.',
  'Order 1042: waiting for the invoice',
] as const;
const CUSTOM_FIELDS = [
  {},
  { plan: 'basic' },
  // A multiple choice is a JSON text (documented).
  { plan: 'pro', interests: '["Dark Mode","Beta"]' },
] as const;
const AVATARS = 4;

const HREF = 'https://dash.callbell.eu/contacts/';
const CHAT_HREF = 'https://dash.callbell.eu/chat/';

/**
 * Draws the contact of a message that begins at a time. Parts that contacts share are the same objects: change
 * none of them.
 *
 * @param phone as it was dialled; null for a recipient whose number is withheld
 * @param bsuid where Callbell knows one
 */
export function generateContact(
  draws: Draws,
  kind: ContactKind,
  account: Account,
  { name }: Pick<Recipient, 'name'>,
  phone: string | null,
  bsuid: string | undefined,
  beforeSeconds: number,
): Contact | undefined {
  if (kind === 'none') return undefined;
  const uuid = draws.hex('contact');
  if (kind === 'minimal') return { uuid, name, phoneNumber: phone, source: 'whatsapp' };
  const contact: Contact = {
    uuid,
    name,
    phoneNumber: phone,
    avatarUrl:
      draws.below('avatar', AVATARS) === 0 ? `https://avatars.example.com/${uuid.slice(0, 8)}.jpg` : null,
    createdAt: drawCreation(draws, beforeSeconds),
    closedAt: null,
    blockedAt: null,
    source: 'whatsapp',
    href: HREF + uuid,
    conversationHref: CHAT_HREF + draws.hex('chat'),
    tags: (TAGS[draws.below('tag', TAGS.length)] ?? TAGS[0]) as unknown as string[],
    assignedUser: AGENTS[draws.below('agent', AGENTS.length)] ?? null,
    customFields: CUSTOM_FIELDS[draws.below('customFields', CUSTOM_FIELDS.length)] ?? {},
    funnelId: null,
    team: account.team,
    channel: account.channel,
    note: NOTES[draws.below('note', NOTES.length)] ?? null,
  };
  if (bsuid !== undefined) contact.bsuid = bsuid;
  return contact;
}

const DAY_SECONDS = 86_400;

function drawCreation(draws: Draws, beforeSeconds: number): string {
  const today = Math.floor(beforeSeconds / DAY_SECONDS);
  const day = dateText(today - 1 - draws.below('createdDay', 365));
  const second = draws.below('createdSecond', DAY_SECONDS);
  const minute = Math.floor(second / 60);
  return `${day}T${two(Math.floor(minute / 60))}:${two(minute % 60)}:${two(second % 60)}Z`;
}

const TWO_DIGITS = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, '0'));

function two(number: number): string {
  return TWO_DIGITS[number] ?? '';
}

/** `Date` takes most of the time of a contact, and there are few days: each is asked for once. */
const DATES = new Map<number, string>();

const MOST_DATES = 10_000;

function dateText(day: number): string {
  let text = DATES.get(day);
  if (text === undefined) {
    if (DATES.size >= MOST_DATES) DATES.clear();
    text = new Date(day * DAY_SECONDS * 1000).toISOString().slice(0, 10);
    DATES.set(day, text);
  }
  return text;
}
