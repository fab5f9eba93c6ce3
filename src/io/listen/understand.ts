import type { IncomingHttpHeaders } from 'node:http';
import type { Arrival, Inspection, Refusal } from '../../domain/arrival/arrival.ts';
import { inspectRequest } from '../../domain/arrival/inspector.ts';
import { judgeSignature } from '../../domain/arrival/signature.ts';
import { SIGNATURE_HEADER } from '../../domain/signature.ts';
import { decodeBody } from './decode-body.ts';
import type { Exchange } from './exchange.ts';
import { isoTime } from './iso-time.ts';
import type { Reception } from './reception.ts';
import type { RecordedRequest } from './request-recorder.ts';

/** A request whose body is there. */
export interface ReadRequest {
  readonly exchange: Exchange;
  readonly body: Buffer;
}

/** What is found of a signature, and the likely reason where it is not right. */
interface SignatureJudgement {
  readonly verdict: Arrival['signature'];
  readonly reason?: string;
}

/** A request, what it is, and why it is turned away where it is. */
export interface UnderstoodRequest extends ReadRequest, RecordedRequest {
  text: string | undefined;
  inspection: Inspection;
  readonly signature: SignatureJudgement;
  readonly refusal: Refusal | undefined;
}

/** Reads what a request says. Whether it came before is not asked here: a refused one must not count. */
export function understand(read: ReadRequest, reception: Reception): UnderstoodRequest {
  const { exchange, body } = read;
  const { receivedMs } = exchange;
  const { method = '', url: path = '', headers } = exchange.request;
  const decoded = decodeBody(body, headers['content-encoding'], reception.maxBodyBytes);
  const inspection = inspectRequest(method, decoded, new Date(receivedMs));
  const signature = judge(headers, body, receivedMs, reception);
  const isUnwanted = reception.requireSignature && mustBeVerified({ inspection, signature });
  // Written out, not spread together: this runs for every request, and spreading cost a tenth of its time.
  return {
    exchange,
    receivedAt: isoTime(receivedMs),
    method,
    path,
    headers,
    body,
    text: 'text' in decoded ? decoded.text : undefined,
    inspection,
    signature,
    refusal: 'refusal' in decoded ? decoded.refusal : isUnwanted ? 'not-verified' : undefined,
  };
}

/**
 * Drops what can be made from the body again. A request that waits is held as the bytes that came: parsed, a hostile
 * body takes twenty times as much.
 */
export function shed(understood: UnderstoodRequest): void {
  const { kind, uuid, status } = understood.inspection;
  understood.text = undefined;
  understood.inspection = { kind, uuid, status, problems: SHED };
}

const SHED: Inspection['problems'] = [];

/** Makes again what {@link shed} dropped, if it did. */
export function restore(understood: UnderstoodRequest, { maxBodyBytes }: Reception): UnderstoodRequest {
  if (understood.inspection.problems !== SHED) return understood;
  const { body, method, headers } = understood;
  const decoded = decodeBody(body, headers['content-encoding'], maxBodyBytes);
  understood.text = 'text' in decoded ? decoded.text : undefined;
  understood.inspection = inspectRequest(method, decoded, new Date(understood.exchange.receivedMs));
  return understood;
}

/**
 * Whether a request may not do what a verified one may. A check of the connection has no event to forge, and whether
 * Callbell signs its checks is not documented: refusing them could cost the subscription.
 */
function mustBeVerified({
  inspection,
  signature,
}: Pick<UnderstoodRequest, 'inspection' | 'signature'>): boolean {
  return signature.verdict !== 'verified' && inspection.kind !== 'connection-check';
}

function judge(
  headers: IncomingHttpHeaders,
  body: Buffer,
  receivedMs: number,
  { signature: check }: Reception,
): SignatureJudgement {
  if (check === undefined) return UNCHECKED;
  const header = headers[SIGNATURE_HEADER.toLowerCase()];
  return judgeSignature(header?.toString(), body, Math.floor(receivedMs / 1000), check);
}

const UNCHECKED: SignatureJudgement = { verdict: 'unchecked' };
