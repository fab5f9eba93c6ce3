import type { RedactableRequest } from '../../src/domain/redaction/redactor.ts';

type Hole = (token: string) => Partial<RedactableRequest>;

const UUID = 'adf3d1216d4c4dcd908199d6700f2381';
const RECEIVED_AT = '2026-01-31T14:03:00.000Z';

/** The request that a mark is put into. */
export function requestWith(hole: Hole, token: string): RedactableRequest {
  return { receivedAt: RECEIVED_AT, path: '/webhooks', headers: {}, text: '', ...hole(token) };
}

const body = (text: string) => ({ text });
const event = (payload: string) =>
  body(`{"event":"message_status_updated","payload":{"uuid":"${UUID}","status":"failed",${payload}}}`);
const contact = (members: string) => event(`"contact":{"uuid":"${UUID}",${members}}`);
const provider = (members: string) =>
  event(`"messageStatusPayload":{"type":"failed","destination":"447700900103",${members}}`);
const change = (members: string) =>
  event(
    `"messageStatusPayload":{"messaging":{"value":{"messaging_product":"whatsapp",${members}},"field":"messages"}}`,
  );
const status = (members: string) => change(`"statuses":[{"status":"failed",${members}}]`);
const other = (name: string, members: string) => body(`{"event":"${name}","payload":{${members}}}`);
/** What a token says, as a text for where there is no JSON; a key of JSON is a string too. */
const said = (token: string) => String(JSON.parse(token));
const key = (token: string) => (token.startsWith('"') ? token : `"${token}"`);

const HOLES: Readonly<Record<string, Hole>> = {
  'the whole body': (t) => body(t),
  'an element of a list': (t) => body(`[${t}]`),
  event: (t) => body(`{"event":${t},"payload":{}}`),
  payload: (t) => body(`{"event":"message_status_updated","payload":${t}}`),
  'a member beside payload': (t) => body(`{"event":"message_status_updated","payload":{},"extra":${t}}`),
  'a key beside payload': (t) => body(`{"event":"message_status_updated",${key(t)}:{"status":"read"}}`),
  uuid: (t) => body(`{"event":"message_status_updated","payload":{"uuid":${t},"status":"read"}}`),
  status: (t) => body(`{"event":"message_status_updated","payload":{"uuid":"${UUID}","status":${t}}}`),
  'a duplicate of status': (t) => event(`"status":${t},"status":"read"`),
  metadata: (t) => event(`"metadata":${t}`),
  'a value of metadata': (t) => event(`"metadata":{"order":${t}}`),
  'status in metadata': (t) => event(`"metadata":{"status":${t},"uuid":${t},"ts":${t},"tags":${t}}`),
  'a key of metadata': (t) => event(`"metadata":{${key(t)}:"1"}`),
  'deep in metadata': (t) => event(`"metadata":{"a":[{"b":[${t}]}]}`),
  contact: (t) => event(`"contact":${t}`),
  ...Object.fromEntries(
    [
      ...['uuid', 'name', 'phoneNumber', 'note', 'avatarUrl', 'assignedUser', 'bsuid', 'href', 'source'],
      ...['conversationHref', 'createdAt', 'closedAt', 'funnelId', 'tags', 'team', 'channel', 'newField'],
    ].map((name): [string, Hole] => [`contact.${name}`, (t) => contact(`"${name}":${t}`)]),
  ),
  'a key of contact': (t) => contact(`${key(t)}:false`),
  'a tag': (t) => contact(`"tags":["vip",${t}]`),
  'a value of customFields': (t) => contact(`"customFields":{"loyalty":${t}}`),
  'a key of customFields': (t) => contact(`"customFields":{${key(t)}:true}`),
  'a value of customFieldsMetadata': (t) =>
    contact(`"customFieldsMetadata":{"a":{"type":"text","value":${t},"options":[${t}]}}`),
  ...Object.fromEntries(
    ['uuid', 'name', 'members', 'default', 'createdAt'].map((name): [string, Hole] => [
      `team.${name}`,
      (t) => contact(`"team":{"${name}":${t}}`),
    ]),
  ),
  ...Object.fromEntries(
    ['uuid', 'title', 'type', 'main', 'discardedAt'].map((name): [string, Hole] => [
      `channel.${name}`,
      (t) => contact(`"channel":{"${name}":${t}}`),
    ]),
  ),
  messageStatusPayload: (t) => event(`"messageStatusPayload":${t}`),
  ...Object.fromEntries(
    ['id', 'gsId', 'destination', 'userId', 'payload', 'conversation', 'pricing', 'extra'].map(
      (name): [string, Hole] => [`gupshup ${name}`, (t) => provider(`"${name}":${t}`)],
    ),
  ),
  'gupshup type': (t) => event(`"messageStatusPayload":{"type":${t},"payload":{}}`),
  'a key of gupshup': (t) => provider(`${key(t)}:{}`),
  ...Object.fromEntries(
    ['ts', 'code', 'reason', 'wa_id', 'phone', 'whatsappMessageId', 'type'].map((name): [string, Hole] => [
      `gupshup payload.${name}`,
      (t) => provider(`"payload":{"${name}":${t}}`),
    ]),
  ),
  ...Object.fromEntries(
    ['id', 'expiresAt', 'type'].map((name): [string, Hole] => [
      `conversation.${name}`,
      (t) => provider(`"conversation":{"${name}":${t}}`),
    ]),
  ),
  ...Object.fromEntries(
    ['policy', 'category', 'type', 'billable', 'pricing_model'].map((name): [string, Hole] => [
      `pricing.${name}`,
      (t) => provider(`"pricing":{"${name}":${t}}`),
    ]),
  ),
  ...Object.fromEntries(
    [
      ...['id', 'status', 'timestamp', 'recipient_id', 'recipient_user_id', 'parent_user_id', 'gs_id'],
      ...['meta_msg_id', 'recipient_type', 'biz_opaque_callback_data', 'errors', 'conversation'],
    ].map((name): [string, Hole] => [`cloud ${name}`, (t) => status(`"${name}":${t}`)]),
  ),
  'an error': (t) => status(`"errors":[${t}]`),
  ...Object.fromEntries(
    ['code', 'title', 'message', 'href', 'error_data'].map((name): [string, Hole] => [
      `error ${name}`,
      (t) => status(`"errors":[{"${name}":${t}}]`),
    ]),
  ),
  'error details': (t) => status(`"errors":[{"error_data":{"details":${t}}}]`),
  'the origin of a conversation': (t) => status(`"conversation":{"origin":{"type":${t}}}`),
  'statuses of the cloud': (t) => change(`"statuses":${t}`),
  messaging_product: (t) => change(`"messaging_product":${t}`),
  'the number of the business': (t) => change(`"metadata":{"display_phone_number":${t}}`),
  'the number id of the business': (t) => change(`"metadata":{"phone_number_id":${t},"extra":${t}}`),
  'a name of a profile': (t) => change(`"contacts":[{"profile":{"name":${t}},"wa_id":${t},"user_id":${t}}]`),
  'the text of a message': (t) => other('message_created', `"text":${t}`),
  'the sender of a message': (t) => other('message_created', `"from":${t},"to":${t}`),
  'an attachment': (t) => other('message_created', `"attachments":[${t}]`),
  'a location': (t) => other('message_created', `"messageLocation":{"coordinates":{"x":${t},"y":${t}}}`),
  'a contact card': (t) =>
    other(
      'message_created',
      `"messageContactCard":{"contactsInfo":[{"name":${t},"phones":[{"phone":${t}}]}]}`,
    ),
  'a contact of its own': (t) => other('contact_created', `"name":${t},"phoneNumber":${t},"deleted":${t}`),
  'an agent': (t) => other('agent_status_updated', `"email":${t},"name":${t},"lastUpdatedAt":${t}`),
  'an event that nobody knows': (t) => other('order_paid', `"amount":${t},"code":${t},"id":${t}`),
  'a header in a wrapper': (t) =>
    body(`{"headers":{"x-who":${t}},"query":{"q":${t}},"body":{"status":"read"}}`),
  'an event in a string': (t) =>
    body(`{"body":${JSON.stringify(`{"event":"message_status_updated","payload":{"note":${t}}}`)}}`),
  'an event in base64': (t) =>
    body(`{"body":"${Buffer.from(`{"payload":{"reason":${t},"metadata":{"a":${t}}}}`).toString('base64')}"}`),
  'a body that is no JSON': (t) => body(`who=${said(t)}`),
  'a segment of the path': (t) => ({ path: `/webhooks/${encodeURIComponent(said(t))}/x` }),
  'a raw segment of the path': (t) => ({ path: `/${said(t)}` }),
  'the value of a query parameter': (t) => ({ path: `/?x=1&token=${encodeURIComponent(said(t))}` }),
  'the name of a query parameter': (t) => ({ path: `/?${encodeURIComponent(said(t))}=1` }),
  'a query without a name': (t) => ({ path: `/?${said(t)}` }),
  'the name of a header': (t) => ({ headers: { [`X-${said(t)}`]: '1' } }),
  'a header that comes twice': (t) => ({ headers: { 'x-who': ['1', said(t)] } }),
  ...Object.fromEntries(
    [
      ...['user-agent', 'cookie', 'authorization', 'referer', 'x-forwarded-for', 'x-who', 'content-type'],
      ...['accept', 'x-callbell-signature', 'host', 'date', 'prefer', 'x-forwarded-port', 'from', 'via'],
    ].map((name): [string, Hole] => [`the header ${name}`, (t) => ({ headers: { [name]: said(t) } })]),
  ),
  'a detail of the user agent': (t) => ({ headers: { 'user-agent': `curl/8.5.0 (${said(t)})` } }),
  'a parameter of the content type': (t) => ({
    headers: { 'content-type': `application/json; who="${said(t)}"` },
  }),
};

/** Every place that a mark is put into. */
export const PLACES = Object.entries(HOLES);
