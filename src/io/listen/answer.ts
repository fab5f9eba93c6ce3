import { setTimeout as wait } from 'node:timers/promises';
import type { Arrival, HistoryStep } from '../../domain/arrival/arrival.ts';
import type { PlannedReply } from '../../domain/arrival/reply.ts';
import type { Forwarded } from './forwarder.ts';
import type { Reception } from './reception.ts';
import { jsonReply, OK_REPLY, type Reply, refusalReply, sendFault, sendReply } from './reply.ts';
import type { UnderstoodRequest } from './understand.ts';

/** What answering adds to an arrival. */
export interface Answer extends Pick<Arrival, 'answered' | 'onPurpose' | 'forwards' | 'refusal'> {
  readonly step?: HistoryStep | undefined;
}

/**
 * Answers a request that nothing is said against: takes it into the history of its message, passes it on,
 * waits, and replies as planned. What is refused never enters a history: a forged event would make the genuine
 * one look like a duplicate.
 */
export function answerAccepted(
  understood: UnderstoodRequest,
  reception: Reception,
): Answer | Promise<Answer> {
  const { request, response, receivedMs, inspection } = understood;
  const step = reception.histories.follow(inspection, receivedMs);
  const planned = reception.plan.next(inspection.status, request.headers.prefer?.toString());
  if (reception.forwarder === undefined && planned.delayMs === 0 && planned.fault === undefined) {
    const answered = sendReply(response, plannedReply(planned, undefined, reception));
    return { answered, onPurpose: purposesOf(planned), step };
  }
  return answerInTime(understood, planned, step, reception);
}

/** Answers what cannot be answered at once. */
async function answerInTime(
  understood: UnderstoodRequest,
  planned: PlannedReply,
  step: HistoryStep | undefined,
  reception: Reception,
): Promise<Answer> {
  const { response, inspection } = understood;
  const forwarded = await forward(understood, reception);
  if (forwarded === 'not-recorded') {
    if (step !== undefined) reception.histories.takeBack(inspection, step);
    return { answered: sendReply(response, refusalReply(forwarded)), refusal: forwarded };
  }
  const { closing, givingUp } = reception;
  if (planned.delayMs > 0) await delay(planned.delayMs, givingUp);
  const { fault } = planned;
  const reply = plannedReply(planned, forwarded?.reply, reception);
  const answered =
    fault === undefined
      ? sendReply(response, reply)
      : await sendFault(response, fault, reply, fault === 'hang' ? closing : givingUp);
  return { answered, onPurpose: purposesOf(planned), forwards: forwarded?.results, step };
}

async function forward(
  understood: UnderstoodRequest,
  { forwarder, recorder, requireSignature }: Reception,
): Promise<Forwarded | 'not-recorded' | undefined> {
  // Where a signature is required, only a check of the connection comes this far without one: it is answered here,
  // and the target is spared what anybody may have sent.
  const isForeign = requireSignature && understood.signature.verdict !== 'verified';
  if (forwarder === undefined || isForeign) return undefined;
  const { method, path, headers, body } = understood;
  const { rawHeaders } = understood.request;
  const forwarded = await forwarder.forward({
    method,
    path,
    rawHeaders,
    connection: headers.connection,
    body,
  });
  const isLost = forwarded.results.some(({ outcome }) => outcome === 'unreachable');
  if (!isLost || recorder === undefined) return forwarded;
  const isKept = await recorder.recordNotForwarded(understood, forwarded.results);
  return isKept ? forwarded : 'not-recorded';
}

function plannedReply(
  { httpStatus }: PlannedReply,
  relayed: Reply | undefined,
  { closing }: Reception,
): Reply {
  const reply = httpStatus === undefined ? (relayed ?? OK_REPLY) : jsonReply(httpStatus);
  return closing.aborted ? { ...reply, isLast: true } : reply;
}

function purposesOf({ onPurpose }: PlannedReply): Answer['onPurpose'] {
  return onPurpose.length > 0 ? onPurpose : undefined;
}

async function delay(milliseconds: number, signal: AbortSignal): Promise<void> {
  // When the listener gives up waiting, the answer goes out early instead of never.
  await wait(milliseconds, undefined, { signal }).catch(() => undefined);
}
