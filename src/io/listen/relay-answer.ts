import type { OutgoingHttpHeaders } from 'node:http';
import type { ForwardResult } from '../../domain/arrival/arrival.ts';
import { judgeStatus } from '../../domain/delivery/delivery.ts';
import { hopByHop } from './forward-headers.ts';
import type { TargetAnswer } from './forward-once.ts';
import type { Reply } from './reply.ts';

/** What passing on to one target came to. */
export interface ForwardedTo {
  readonly result: ForwardResult;
  readonly reply: Reply;
}

/** Of the body of an answer that refuses this much is kept with the arrival. */
const KEPT_BODY_BYTES = 2048;

/** A target's answer as it goes to the sender: byte for byte, but for what belongs to the connection. */
export function relayed(
  asked: Pick<ForwardResult, 'url' | 'ms'>,
  { httpStatus, rawHeaders, body }: TargetAnswer,
  method: string,
): ForwardedTo {
  const { outcome, warning } = judgeStatus(httpStatus, false);
  const kept = outcome === 'refused' ? body.subarray(0, KEPT_BODY_BYTES).toString('utf8') : '';
  const length = lengthToRelay(httpStatus, method, rawHeaders, body.length);
  return {
    result: {
      ...asked,
      outcome,
      httpStatus,
      ...(warning !== undefined && { warning }),
      ...(kept !== '' && { responseBody: kept }),
    },
    reply: {
      httpStatus,
      headers: { ...headersToRelay(rawHeaders), ...(length !== undefined && { 'content-length': length }) },
      body,
    },
  };
}

/**
 * The headers of a target's answer to give to the sender, in their spelling and order. Values are Latin-1 texts:
 * one character a byte, so that Node writes the bytes that came, whatever their encoding is.
 *
 * @param raw names and values in turn
 */
function headersToRelay(raw: readonly Uint8Array[]): OutgoingHttpHeaders {
  const pairs: { readonly name: string; readonly lower: string; readonly value: string }[] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = latin1(raw[index]);
    pairs.push({ name, lower: name.toLowerCase(), value: latin1(raw[index + 1]) });
  }
  const connection = pairs.filter(({ lower }) => lower === 'connection').map(({ value }) => value);
  const isDropped = hopByHop(connection.join());
  const kept = new Map<string, { readonly name: string; readonly values: string[] }>();
  for (const { name, lower, value } of pairs) {
    if (isDropped(lower) || lower === 'content-length') continue;
    const known = kept.get(lower);
    if (known === undefined) kept.set(lower, { name, values: [value] });
    else known.values.push(value);
  }
  return Object.fromEntries(
    [...kept.values()].map(({ name, values: [first = '', ...others] }) => [
      name,
      others.length === 0 ? first : [first, ...others],
    ]),
  );
}

/**
 * The `Content-Length` to relay; undefined where there must be none. The answer to HEAD says how long the body
 * would be.
 *
 * @param raw the headers of the target's answer, names and values in turn
 */
function lengthToRelay(
  httpStatus: number,
  method: string,
  raw: readonly Uint8Array[],
  bodyLength: number,
): number | string | undefined {
  if (httpStatus === 204 || httpStatus === 304) return undefined;
  if (method !== 'HEAD') return bodyLength;
  const at = raw.findIndex(
    (bytes, index) => index % 2 === 0 && latin1(bytes).toLowerCase() === 'content-length',
  );
  return at === -1 ? undefined : latin1(raw[at + 1]);
}

function latin1(bytes: Uint8Array | undefined): string {
  return bytes === undefined
    ? ''
    : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
}
