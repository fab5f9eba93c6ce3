import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Arrival, Refusal } from '../../domain/arrival/arrival.ts';
import { inspectRequest } from '../../domain/arrival/inspector.ts';
import { judgeSignature, type SignatureCheck } from '../../domain/arrival/signature.ts';
import { roundMs } from '../../domain/delivery/delivery.ts';
import { SIGNATURE_HEADER } from '../../domain/signature.ts';
import { type Answer, answerAccepted } from './answer.ts';
import { refuseByHead } from './check-head.ts';
import { type DecodedBody, decodeBody } from './decode-body.ts';
import { endOfTurn } from './end-of-turn.ts';
import { isoTime } from './iso-time.ts';
import { readBody } from './read-body.ts';
import type { Reception } from './reception.ts';
import { refusalReply, sendReply } from './reply.ts';

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
  const receivedMs = Date.now();
  const receivedAt = isoTime(receivedMs);
  const { method = '', url: path = '', headers } = request;
  const refusedByHead = refuseByHead(request, reception.hosts);
  const body = refusedByHead === undefined ? await readBody(request, reception.maxBodyBytes) : refusedByHead;
  if (body === 'broken-off') return undefined;
  if (typeof body === 'string') {
    const answered = sendReply(response, { ...refusalReply(body), isLast: true });
    const ms = roundMs(performance.now() - began);
    return { n: number(), receivedAt, method, path, headers, ...UNREAD, refusal: body, answered, ms };
  }
  // All that came in one turn of the event loop is read first, then understood, then recorded by one call, then
  // answered: under load that takes a tenth less time, and answers that go out together wake their senders together.
  await endOfTurn();
  const decoded = decodeBody(body, headers['content-encoding'], reception.maxBodyBytes);
  const inspected = inspectRequest(method, decoded);
  const { signature, signatureReason } = signatureOf(request, body, receivedMs, reception.signature);
  const text = 'text' in decoded ? decoded.text : undefined;
  const recorded = { receivedAt, method, path, headers, body, text };
  const isRecorded = reception.recorder === undefined || (await reception.recorder.record(recorded));
  const refusal = isRecorded ? refusalOf(decoded, signature, reception) : 'not-recorded';
  const answering =
    refusal === undefined
      ? answerAccepted(request, response, recorded, receivedMs, inspected, reception)
      : { answered: sendReply(response, refusalReply(refusal)), refusal };
  // Most answers are given at once, and waiting for what is there takes its time as well.
  const answer: Answer = answering instanceof Promise ? await answering : answering;
  const { step } = answer;
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
    transition: step?.transition,
    sincePreviousMs: step?.sincePreviousMs,
    previousStatus: step?.previousStatus,
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

function signatureOf(
  request: IncomingMessage,
  body: Buffer,
  receivedMs: number,
  check: SignatureCheck | undefined,
): Pick<Arrival, 'signature' | 'signatureReason'> {
  if (check === undefined) return UNCHECKED;
  const header = request.headers[SIGNATURE_HEADER.toLowerCase()];
  const { verdict, reason } = judgeSignature(header?.toString(), body, Math.floor(receivedMs / 1000), check);
  return { signature: verdict, signatureReason: reason };
}

const UNCHECKED = { signature: 'unchecked' } as const;

/** Why a request is turned away that was read and recorded. */
function refusalOf(
  decoded: DecodedBody,
  signature: Arrival['signature'],
  { requireSignature }: Reception,
): Refusal | undefined {
  if ('refusal' in decoded) return decoded.refusal;
  return requireSignature && signature !== 'verified' ? 'not-verified' : undefined;
}
