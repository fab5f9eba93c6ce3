import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Arrival, HistoryStep, Inspection } from '../../domain/arrival/arrival.ts';
import type { PlannedReply } from '../../domain/arrival/reply.ts';
import type { Forwarded } from './forwarder.ts';
import type { Reception } from './reception.ts';
import { jsonReply, OK_REPLY, type Reply, refusalReply, sendFault, sendReply } from './reply.ts';
import type { RecordedRequest } from './request-recorder.ts';

/** What answering adds to an arrival. */
export interface Answer extends Pick<Arrival, 'answered' | 'onPurpose' | 'forwards' | 'refusal'> {
  readonly step?: HistoryStep | undefined;
}

/**
 * Answers a request that nothing is said against: takes it into the history of its message, passes it on,
 * waits, and replies as planned. What is refused never enters a history: a forged event would make the genuine
 * one look like a duplicate.
 */
export async function answerAccepted(
  request: IncomingMessage,
  response: ServerResponse,
  recorded: RecordedRequest,
  inspection: Inspection,
  reception: Reception,
): Promise<Answer> {
  const step = reception.histories.follow(inspection, Date.parse(recorded.receivedAt));
  const planned = reception.plan.next(inspection.status, request.headers.prefer?.toString());
  const forwarded = await forward(request, recorded, reception);
  if (forwarded === 'not-recorded') {
    if (step !== undefined) reception.histories.takeBack(inspection, step);
    return { answered: sendReply(response, refusalReply(forwarded)), refusal: forwarded };
  }
  if (planned.delayMs > 0) await delay(planned.delayMs, reception.givingUp);
  return {
    answered: await respond(response, planned, forwarded?.reply, reception),
    onPurpose: planned.onPurpose.length > 0 ? planned.onPurpose : undefined,
    forwards: forwarded?.results,
    step,
  };
}

async function forward(
  request: IncomingMessage,
  recorded: RecordedRequest,
  { forwarder, recorder, givingUp }: Reception,
): Promise<Forwarded | 'not-recorded' | undefined> {
  if (forwarder === undefined) return undefined;
  const { method, path, body } = recorded;
  const { rawHeaders, headers } = request;
  const forwarded = await forwarder.forward(
    { method, path, rawHeaders, connection: headers.connection, body },
    givingUp,
  );
  const isLost = forwarded.results.some(({ outcome }) => outcome === 'unreachable');
  if (!isLost || recorder === undefined) return forwarded;
  try {
    await recorder.recordNotForwarded(recorded, forwarded.results);
    return forwarded;
  } catch {
    return 'not-recorded';
  }
}

function respond(
  response: ServerResponse,
  { httpStatus, fault }: PlannedReply,
  relayed: Reply | undefined,
  { closing, givingUp }: Reception,
): number | null | Promise<number | null> {
  const usual = httpStatus === undefined ? (relayed ?? OK_REPLY) : jsonReply(httpStatus);
  const reply = closing.aborted ? { ...usual, isLast: true } : usual;
  if (fault === undefined) return sendReply(response, reply);
  return sendFault(response, fault, reply, fault === 'hang' ? closing : givingUp);
}

async function delay(milliseconds: number, signal: AbortSignal): Promise<void> {
  // When the listener gives up waiting, the answer goes out early instead of never.
  await wait(milliseconds, undefined, { signal }).catch(() => undefined);
}
