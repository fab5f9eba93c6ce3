import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Fault } from '../../domain/arrival/arrival.ts';
import type { Reply } from './reply.ts';

const SLOW_BYTE_MS = 250;

const MALFORMED_ANSWER = 'HTTP/1.1 2x0 ok\r\ncontent-length: many\r\n\r\n{"status":';

/**
 * Fails the sender on purpose. Returns the status it saw, or null where there was none.
 *
 * @param response one whose turn it is
 */
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
      socket?.write(MALFORMED_ANSWER);
      // Ended alone, the connection would stay open for as long as the sender likes.
      socket?.destroySoon();
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
