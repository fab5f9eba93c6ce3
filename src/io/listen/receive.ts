import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Arrival, Inspection, Refusal } from '../../domain/arrival.ts';
import type { ArrivalInspector } from '../../domain/arrival-inspector.ts';
import { REFUSAL_ANSWERS } from '../../domain/arrival-refusal.ts';
import type { PlannedReply, ReplyPlan } from '../../domain/arrival-reply.ts';
import { judgeSignature, type SignatureCheck } from '../../domain/arrival-signature.ts';
import { roundMs } from '../../domain/delivery.ts';
import { SIGNATURE_HEADER } from '../../domain/signature.ts';
import { type AllowedHosts, refuseByHead } from './check-head.ts';
import { decodeBody } from './decode-body.ts';
import { endOfTurn } from './end-of-turn.ts';
import type { Forwarded, Forwarder } from './forwarder.ts';
import { readBody } from './read-body.ts';
import { jsonReply, OK_REPLY, type Reply, sendFault, sendReply } from './reply.ts';
import type { RecordedRequest, RequestRecorder } from './request-recorder.ts';

/** Everything that decides how requests are received. */
export interface Reception {
  readonly hosts: AllowedHosts;
  readonly maxBodyBytes: number;
  readonly inspector: ArrivalInspector;
  readonly signature: SignatureCheck | undefined;
  readonly requireSignature: boolean;
  readonly plan: ReplyPlan;
  readonly recorder: RequestRecorder | undefined;
  readonly forwarder: Forwarder | undefined;
  /** Aborted when the listener begins to close: what hangs on purpose is let go. */
  readonly closing: AbortSignal;
  /** Aborted when what is in flight has had its time. */
  readonly givingUp: AbortSignal;
}

/**
 * Receives one request: read, understand, record, pass on, answer, in this order, so that nothing is
 * acknowledged that is not in the capture. Undefined where the sender went away before it was complete.
 *
 * @param number gives the number of the arrival, asked for when it is answered
 */
export async function receive(
  request: IncomingMessage,
  response: ServerResponse,
  reception: Reception,
  number: () => number,
): Promise<Arrival | undefined> {
  const began = performance.now();
  const received = new Date();
  const receivedAt = received.toISOString();
  const { method = '', url: path = '', headers } = request;
  const refusedByHead = refuseByHead(request, reception.hosts);
  const reading = refusedByHead ?? (await readBody(request, reception.maxBodyBytes));
  if (typeof reading === 'string' || 'failure' in reading) {
    if (typeof reading !== 'string' && reading.failure === 'broken-off') return undefined;
    const refusal = refusedByHead ?? 'too-large';
    const answered = sendReply(response, { ...refusalReply(refusal), isLast: true });
    const ms = roundMs(performance.now() - began);
    return { n: number(), receivedAt, method, path, headers, ...UNREAD, refusal, answered, ms };
  }
  const { body } = reading;
  const decoded = decodeBody(body, headers['content-encoding'], reception.maxBodyBytes);
  const inspected = reception.inspector.inspect({
    method,
    body: decoded,
    receivedMilliseconds: received.getTime(),
  });
  const { signature, signatureReason } = signatureOf(request, body, received, reception.signature);
  const text = 'text' in decoded ? decoded.text : undefined;
  const recorded = { receivedAt, method, path, headers, body, text };
  const isUnwanted = reception.requireSignature && signature !== 'verified';
  const refusal =
    (await record(recorded, reception)) ??
    ('refusal' in decoded ? decoded.refusal : undefined) ??
    (isUnwanted ? 'not-verified' : undefined);
  const answer =
    refusal === undefined
      ? await answerAccepted(request, response, recorded, inspected, reception)
      : { answered: sendReply(response, refusalReply(refusal)), refusal };
  // Written out, not spread together: this runs for every request, and spreading cost a tenth of its time.
  return {
    n: number(),
    receivedAt,
    method,
    path,
    headers,
    body,
    kind: inspected.kind,
    problems: inspected.problems,
    eventName: inspected.eventName,
    event: inspected.event,
    text: inspected.text,
    uuid: inspected.uuid,
    status: inspected.status,
    phone: inspected.phone,
    name: inspected.name,
    reading: inspected.reading,
    transition: inspected.transition,
    sincePreviousMs: inspected.sincePreviousMs,
    previousStatus: inspected.previousStatus,
    signature,
    signatureReason,
    answered: answer.answered,
    ms: roundMs(performance.now() - began),
    refusal: answer.refusal,
    onPurpose: answer.onPurpose,
    forwards: answer.forwards,
  };
}

const UNREAD = { kind: 'unreadable', problems: [], body: Buffer.alloc(0), signature: 'unchecked' } as const;

function refusalReply(refusal: Refusal): Reply {
  const { httpStatus, message } = REFUSAL_ANSWERS[refusal];
  return jsonReply(httpStatus, message);
}

function signatureOf(
  request: IncomingMessage,
  body: Buffer,
  received: Date,
  check: SignatureCheck | undefined,
): Pick<Arrival, 'signature' | 'signatureReason'> {
  if (check === undefined) return UNCHECKED;
  const header = request.headers[SIGNATURE_HEADER.toLowerCase()];
  const nowSeconds = Math.floor(received.getTime() / 1000);
  const { verdict, reason } = judgeSignature(header?.toString(), body, nowSeconds, check);
  return { signature: verdict, signatureReason: reason };
}

const UNCHECKED = { signature: 'unchecked' } as const;

/**
 * Records a request; a failure, which the recorder announces itself, means that it must be refused.
 *
 * Without a recorder it waits for the end of the turn of the event loop as well: answers that go out together
 * wake their senders together, which under load is a fifth more requests a second.
 */
async function record(request: RecordedRequest, { recorder }: Reception): Promise<Refusal | undefined> {
  if (recorder === undefined) {
    await endOfTurn();
    return undefined;
  }
  try {
    await recorder.record(request);
    return undefined;
  } catch {
    return 'not-recorded';
  }
}

type Answer = Pick<Arrival, 'answered' | 'onPurpose' | 'forwards' | 'refusal'>;

async function answerAccepted(
  request: IncomingMessage,
  response: ServerResponse,
  recorded: RecordedRequest,
  inspection: Inspection,
  reception: Reception,
): Promise<Answer> {
  const planned = reception.plan.next(inspection.status, request.headers.prefer?.toString());
  const forwarded = await forward(request, recorded, reception);
  if (forwarded === 'not-recorded') {
    return { answered: sendReply(response, refusalReply(forwarded)), refusal: forwarded };
  }
  if (planned.delayMs > 0) await delay(planned.delayMs, reception.givingUp);
  return {
    answered: await respond(response, planned, forwarded?.reply, reception),
    onPurpose: planned.onPurpose.length > 0 ? planned.onPurpose : undefined,
    forwards: forwarded?.results,
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
    await recorder.recordNotForwarded(recorded);
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
