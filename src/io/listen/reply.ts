import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Fault, Refusal } from '../../domain/arrival/arrival.ts';
import { REFUSAL_ANSWERS } from '../../domain/arrival/refusal.ts';

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

/** The answer to a request that is turned away. */
export function refusalReply(refusal: Refusal): Reply {
  const { httpStatus, message } = REFUSAL_ANSWERS[refusal];
  return jsonReply(httpStatus, message);
}

/** Sends an answer. Gives its status, or null where the sender was gone. */
export function sendReply(response: ServerResponse, reply: Reply): number | null {
  const { httpStatus, headers, body, isLast } = reply;
  if (response.destroyed || response.headersSent) return null;
  response.writeHead(httpStatus, isLast ? { ...headers, connection: 'close' } : headers);
  response.end(body);
  return httpStatus;
}

const SLOW_BYTE_MS = 250;

/** Fails the sender on purpose. Gives the status it saw, or null where there was none. */
export async function sendFault(
  response: ServerResponse,
  fault: Fault,
  reply: Reply,
  signal: AbortSignal,
): Promise<number | null> {
  const { socket } = response;
  switch (fault) {
    case 'reset':
      socket?.resetAndDestroy();
      return null;
    case 'empty':
      socket?.destroySoon();
      return null;
    case 'malformed':
      socket?.end('HTTP/1.1 2x0 ok\r\ncontent-length: many\r\n\r\n{"status":');
      return null;
    case 'hang':
      await senderLeft(response, signal);
      socket?.destroy();
      return null;
    case 'slow-body':
      return sendSlowly(response, reply, signal);
    default:
      return fault satisfies never;
  }
}

async function senderLeft(response: ServerResponse, signal: AbortSignal): Promise<void> {
  if (signal.aborted || response.destroyed) return;
  await new Promise<void>((resolve) => {
    const done = (): void => {
      signal.removeEventListener('abort', done);
      resolve();
    };
    response.once('close', done);
    signal.addEventListener('abort', done, { once: true });
  });
}

async function sendSlowly(
  response: ServerResponse,
  reply: Reply,
  signal: AbortSignal,
): Promise<number | null> {
  const bytes = Buffer.from(reply.body);
  response.writeHead(reply.httpStatus, reply.headers);
  for (const byte of bytes) {
    if (response.destroyed || signal.aborted) return null;
    response.write(Buffer.of(byte));
    // An abort ends the wait early and is seen at the next byte.
    await wait(SLOW_BYTE_MS, undefined, { signal }).catch(() => undefined);
  }
  response.end();
  return reply.httpStatus;
}
