import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { Refusal } from '../../domain/arrival/arrival.ts';
import { REFUSAL_ANSWERS } from '../../domain/arrival/refusal.ts';
import type { QueuedResponse } from './queued-response.ts';

/** An answer as it goes to the sender. */
export interface Reply {
  readonly httpStatus: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: string | Uint8Array;
  /** The sender must not use the connection again. */
  readonly isLast?: boolean;
}

/** Callbell expects this body from its periodic checks (documented); every request that is well gets it. */
const OK_BODY = '{"status":"ok"}';

/** The usual answer. */
export const OK_REPLY: Reply = {
  httpStatus: 200,
  headers: { 'content-type': 'application/json', 'content-length': OK_BODY.length },
  body: OK_BODY,
};

/** A JSON answer: the one Callbell expects, or an error with a message. */
export function jsonReply(httpStatus: number, message?: string): Reply {
  const isSuccess = httpStatus >= 200 && httpStatus < 300;
  const body = isSuccess ? OK_BODY : JSON.stringify({ error: message ?? `answered ${httpStatus}` });
  const hasBody = httpStatus !== 204 && httpStatus !== 304;
  if (!hasBody) return { httpStatus, headers: {}, body: '' };
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  return { httpStatus, headers, body };
}

/** The answer to a request in which an internal error happened. */
export const INTERNAL_ERROR_REPLY: Reply = jsonReply(500, 'an internal error of callbell-status');

/** Returns the answer to a request that is turned away. */
export function refusalReply(refusal: Refusal): Reply {
  const { httpStatus, message, retryAfterSeconds } = REFUSAL_ANSWERS[refusal];
  const reply = jsonReply(httpStatus, message);
  if (retryAfterSeconds === undefined) return reply;
  return { ...reply, headers: { ...reply.headers, 'retry-after': String(retryAfterSeconds) } };
}

/**
 * Sends an answer as soon as those before it on its connection are out. Gives its status, or null where the sender was
 * gone by then.
 */
export function sendInTurn(response: QueuedResponse, reply: Reply): number | null | Promise<number | null> {
  if (response.isNext || response.destroyed) return sendReply(response, reply);
  return response.untilNext().then((isOpen) => (isOpen ? sendReply(response, reply) : null));
}

/** Sends an answer. Gives its status, or null where the sender was gone. */
export function sendReply(response: ServerResponse, reply: Reply): number | null {
  const { httpStatus, headers, body, isLast } = reply;
  if (response.destroyed || response.headersSent) return null;
  response.writeHead(httpStatus, isLast ? { ...headers, connection: 'close' } : headers);
  response.end(body);
  return httpStatus;
}
