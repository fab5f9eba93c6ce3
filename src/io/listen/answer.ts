import { setTimeout as wait } from 'node:timers/promises';
import type { Arrival, HistoryStep } from '../../domain/arrival/arrival.ts';
import type { PlannedReply } from '../../domain/arrival/reply.ts';
import type { Forwarded } from './forwarder.ts';
import type { Reception } from './reception.ts';
import { jsonReply, OK_REPLY, type Reply, refusalReply, sendInTurn, sendReply } from './reply.ts';
import { sendFault } from './send-fault.ts';
import { restore, shed, type UnderstoodRequest } from './understand.ts';

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
  const { exchange, headers, inspection } = understood;
  const { response, receivedMs } = exchange;
  const step = reception.histories.follow(inspection, receivedMs);
  const planned = reception.plan.next(inspection.status, headers.prefer?.toString());
  const isImmediate =
    reception.forwarder === undefined && planned.delayMs === 0 && planned.fault === undefined;
  if (isImmediate && response.isNext) {
    const answered = sendReply(response, plannedReply(planned, undefined, reception));
    return { answered, onPurpose: purposesOf(planned), step };
  }
  shed(understood);
  return answerInTime(understood, planned, step, reception);
}

/** Answers what cannot be answered at once. */
async function answerInTime(
  understood: UnderstoodRequest,
  planned: PlannedReply,
  step: HistoryStep | undefined,
  reception: Reception,
): Promise<Answer> {
  const { response } = understood.exchange;
  const forwarded = await forward(understood, reception);
  if (forwarded === 'not-recorded') {
    if (step !== undefined) reception.histories.takeBack(understood.inspection, step);
    return { answered: await sendInTurn(response, refusalReply(forwarded)), refusal: forwarded };
  }
  if (planned.delayMs > 0) await delay(planned.delayMs, reception.givingUp);
  const isOpen = await response.untilNext();
  const reply = plannedReply(planned, forwarded?.reply, reception);
  const answered = isOpen ? await send(response, planned, reply, reception) : null;
  return { answered, onPurpose: purposesOf(planned), forwards: forwarded?.results, step };
}

function send(
  response: UnderstoodRequest['exchange']['response'],
  { fault }: PlannedReply,
  reply: Reply,
  { closing, givingUp }: Reception,
): number | null | Promise<number | null> {
  if (fault === undefined) return sendReply(response, reply);
  return sendFault(response, fault, reply, fault === 'hang' ? closing : givingUp);
}

async function forward(
  understood: UnderstoodRequest,
  reception: Reception,
): Promise<Forwarded | 'not-recorded' | undefined> {
  const { forwarder, recorder, requireSignature } = reception;
  // Where a signature is required, only a check of the connection comes this far without one: it is answered here,
  // and the target is spared what anybody may have sent.
  const isForeign = requireSignature && understood.signature.verdict !== 'verified';
  if (forwarder === undefined || isForeign) return undefined;
  const { method, path, headers, body } = understood;
  const { rawHeaders } = understood.exchange.request;
  const forwarded = await forwarder.forward({
    method,
    path,
    rawHeaders,
    connection: headers.connection,
    body,
    hold: understood.exchange.holdAnswer,
  });
  const isLost = forwarded.results.some(({ outcome }) => outcome === 'unreachable');
  if (!isLost || recorder === undefined) return forwarded;
  const isKept = await recorder.recordNotForwarded(restore(understood, reception), forwarded.results);
  shed(understood);
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
