import { isSigned } from './signature.js';

/**
 * Handles one delivery of Callbell; knows no framework.
 *
 * @param {{ method: string, body: Buffer, signature: string | undefined, encoding?: string | undefined }} request
 *   `encoding` is the Content-Encoding of a body that nothing has unpacked
 * @param {import('./message-store.js').MessageStore} store
 * @param {string | undefined} secret verifies signatures where it is given
 * @returns {{ status: number, body: object }}
 */
export function handleDelivery({ method, body, signature, encoding }, store, secret) {
  // Callbell checks periodically that the URL answers, also by GET and with bodies that are no JSON. They carry no
  // event, so they need no signature.
  if (method === 'GET' || method === 'HEAD') return OK;
  // Taken for a check, a compressed event would be lost with a 200.
  if (encoding !== undefined && encoding !== 'identity') {
    return { status: 415, body: { error: `the encoding ${encoding} is not supported` } };
  }
  const event = parse(body);
  if (event?.event === undefined) return OK;
  if (secret !== undefined && !isSigned(body, signature, secret)) {
    return { status: 401, body: { error: 'the signature is missing or wrong' } };
  }
  // Other events and those that are added later arrive at the same URL: they are not ours, and not wrong.
  if (event.event !== 'message_status_updated') return OK;
  const { uuid, status } = event.payload ?? {};
  if (typeof uuid !== 'string' || typeof status !== 'string') {
    return { status: 400, body: { error: 'payload.uuid or payload.status is missing' } };
  }
  // True the first time only: the place to notify, count or write to a log.
  store.apply(uuid, status);
  // Exactly 200: Callbell's list of deliveries counts nothing else as a success.
  return OK;
}

const OK = { status: 200, body: { status: 'ok' } };

/**
 * @param {Buffer} body
 * @returns {{ event?: unknown, payload?: { uuid?: unknown, status?: unknown } | null } | undefined}
 */
function parse(body) {
  try {
    const value = JSON.parse(body.toString('utf8'));
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
