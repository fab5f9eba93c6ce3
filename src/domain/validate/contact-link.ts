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
  const contact = judgeLink(href, 'contacts', typeof uuid === 'string' && UUID.test(uuid) ? uuid : undefined);
  if (contact !== undefined) problems.add('unusual-link', HREF, { kind: contact, value: String(href) });
  const chat = judgeLink(conversationHref, 'chat', undefined);
  if (chat !== undefined) {
    problems.add('unusual-link', CONVERSATION_HREF, { kind: chat, value: String(conversationHref) });
  }
}

const CONTACT = 'https://dash.callbell.eu/contacts/';
const CONTACT_LENGTH = CONTACT.length + 32;

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
  // What nearly every link to a contact is.
  if (
    uuid !== undefined &&
    link.length === CONTACT_LENGTH &&
    link.startsWith(CONTACT) &&
    link.endsWith(uuid)
  ) {
    return page === 'contacts' ? undefined : 'page';
  }
  const [, foundPage, foundUuid] = LINK.exec(link) ?? [];
  if (foundPage === page) return uuid === undefined || foundUuid === uuid ? undefined : 'contact';
  // One that is no web address is said already.
  const host = WEB_ADDRESS.exec(link)?.[1];
  if (host === undefined) return undefined;
  return host.toLowerCase() === 'dash.callbell.eu' ? 'page' : 'host';
}
