import type { JsonObject } from '../json.ts';
import type { ProblemList } from './problem-list.ts';

/** A link to the dashboard, as it stands in every example of Callbell. */
const LINK = /^https:\/\/dash\.callbell\.eu\/(contacts|chat)\/([0-9a-f]{32})$/;
const UUID = /^[0-9a-f]{32}$/;
const WEB_ADDRESS = /^https?:\/\/([^\s/?#]+)/i;
const HREF = ['payload', 'contact', 'href'] as const;
const CONVERSATION_HREF = ['payload', 'contact', 'conversationHref'] as const;

/** Adds links of the contact that lead elsewhere than to its two pages in the dashboard: who forges events writes them. */
export function addLinkProblems(problems: ProblemList, { href, conversationHref, uuid }: JsonObject): void {
  const contact = isOwn(href, uuid)
    ? undefined
    : judgeLink(href, 'contacts', typeof uuid === 'string' && UUID.test(uuid) ? uuid : undefined);
  if (contact !== undefined) problems.add('unusual-link', HREF, { kind: contact, value: String(href) });
  const chat = judgeLink(conversationHref, 'chat', undefined);
  if (chat !== undefined) {
    problems.add('unusual-link', CONVERSATION_HREF, { kind: chat, value: String(conversationHref) });
  }
}

/** The quick answer for what nearly every link to a contact is. */
function isOwn(href: unknown, uuid: unknown): boolean {
  if (typeof href !== 'string' || typeof uuid !== 'string' || uuid.length !== UUID_LENGTH) return false;
  return href.length === CONTACT_LENGTH && href.startsWith(CONTACT) && href.endsWith(uuid);
}

const UUID_LENGTH = 32;
const CONTACT = 'https://dash.callbell.eu/contacts/';
const CONTACT_LENGTH = CONTACT.length + UUID_LENGTH;

/**
 * Returns what is unusual about a link.
 *
 * @param uuid of the contact that it should lead to
 */
function judgeLink(
  link: unknown,
  page: 'contacts' | 'chat',
  uuid: string | undefined,
): 'host' | 'page' | 'contact' | undefined {
  if (typeof link !== 'string') return undefined;
  const [, foundPage, foundUuid] = LINK.exec(link) ?? [];
  if (foundPage === page) return uuid === undefined || foundUuid === uuid ? undefined : 'contact';
  // One that is no web address is said already.
  const host = WEB_ADDRESS.exec(link)?.[1];
  if (host === undefined) return undefined;
  return host.toLowerCase() === 'dash.callbell.eu' ? 'page' : 'host';
}
