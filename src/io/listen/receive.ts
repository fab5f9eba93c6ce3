import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Arrival, Refusal } from '../../domain/arrival/arrival.ts';
import { inspectRequest } from '../../domain/arrival/inspector.ts';
import { judgeSignature, type SignatureCheck } from '../../domain/arrival/signature.ts';
import { roundMs } from '../../domain/delivery/delivery.ts';
import { SIGNATURE_HEADER } from '../../domain/signature.ts';
import { type Answer, answerAccepted } from './answer.ts';
import { refuseByHead } from './check-head.ts';
import { decodeBody } from './decode-body.ts';
import { endOfTurn } from './end-of-turn.ts';
import { readBody } from './read-body.ts';
import type { Reception } from './reception.ts';
import { refusalReply, sendReply } from './reply.ts';
import type { RecordedRequest } from './request-recorder.ts';

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
  const inspected = inspectRequest({ method, body: decoded });
  const { signature, signatureReason } = signatureOf(request, body, received, reception.signature);
  const text = 'text' in decoded ? decoded.text : undefined;
  const recorded = { receivedAt, method, path, headers, body, text };
  const isUnwanted = reception.requireSignature && signature !== 'verified';
  const refusal =
    (await record(recorded, reception)) ??
    ('refusal' in decoded ? decoded.refusal : undefined) ??
    (isUnwanted ? 'not-verified' : undefined);
  const answer: Answer =
    refusal === undefined
      ? await answerAccepted(request, response, recorded, inspected, reception)
      : { answered: sendReply(response, refusalReply(refusal)), refusal };
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
 * Without a recorder it waits for the end of the turn of the event loop as well: under load, answers that go
 * out together wake their senders together.
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
