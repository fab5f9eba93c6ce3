import { createHmac, timingSafeEqual } from 'node:crypto';
import {
  checkOptions,
  is,
  numberFrom,
  type OptionChecks,
  required,
  secretText,
  wholeNumber,
} from './check-options.ts';
import type { SignatureFault } from './signature-fault.ts';

/** The header that carries Callbell's signature (documented; optional, off by default at Callbell). */
export const SIGNATURE_HEADER = 'X-Callbell-Signature';

/** How far, in seconds, the signed time may be from now before a signature is stale (documented). */
export const SIGNATURE_TOLERANCE_SECONDS = 300;

/**
 * What a signature is worth: `verified`; `invalid` (malformed, or made with another secret or over another
 * body); `stale` (right, but signed too far from now); `absent` (no header, or an empty one).
 */
export type SignatureVerdict = 'verified' | 'invalid' | 'stale' | 'absent';

/**
 * Makes the value of {@link SIGNATURE_HEADER}: `t=<unix seconds>,v1=<HMAC-SHA256 in lower-case hex>`.
 *
 * The key is the whole secret, its `whsec_` prefix included; what is signed is `<t>.<raw body bytes>`
 * (documented).
 *
 * @example
 * ```ts
 * const body = Buffer.from(JSON.stringify(event));
 * signBody(body, 'whsec_…', Math.floor(Date.now() / 1000)); // 't=1769868180,v1=…'
 * ```
 *
 * @throws {CallbellStatusError} `usage` for what is no body, no secret or no time
 */
export function signBody(body: Uint8Array, secret: string, timestampSeconds: number): string {
  rawBody(body, 'body', 'signBody');
  secretText(secret, 'secret', 'signBody');
  unixSeconds(timestampSeconds, 'timestampSeconds', 'signBody');
  return `t=${timestampSeconds},v1=${digest(body, secret, String(timestampSeconds)).toString('hex')}`;
}

const rawBody = is(
  (value) => value instanceof Uint8Array || typeof value === 'string',
  'the raw bytes of the body, as they were before anything parsed them',
);

const unixSeconds = wholeNumber(0);

/** What {@link verifySignature} needs besides the header and the body. */
export interface VerifyOptions {
  readonly secret: string;
  /** Unix time in seconds. */
  readonly nowSeconds: number;
  /** @default SIGNATURE_TOLERANCE_SECONDS */
  readonly toleranceSeconds?: number;
}

const VERIFY_CHECKS: OptionChecks<VerifyOptions> = {
  secret: required(secretText),
  nowSeconds: required(numberFrom(0)),
  toleranceSeconds: numberFrom(0),
};

/**
 * Verifies a signature over the raw body, before anything parses it, in constant time. Unknown parts of the
 * header are ignored, as Callbell asks; of several signatures (while the secret is changed) one must be right.
 *
 * @example
 * ```ts
 * const nowSeconds = Math.floor(Date.now() / 1000);
 * const secret = process.env.CALLBELL_WEBHOOK_SECRET ?? '';
 * verifySignature(header, body, { secret, nowSeconds }) === 'verified';
 * ```
 *
 * @throws {CallbellStatusError} `usage` without the raw bytes, a secret or the time: nothing could be verified
 */
export function verifySignature(
  header: string | undefined,
  body: Uint8Array,
  options: VerifyOptions,
): SignatureVerdict {
  rawBody(body, 'body', 'verifySignature');
  checkOptions('verifySignature', options, VERIFY_CHECKS);
  const { secret, nowSeconds, toleranceSeconds = SIGNATURE_TOLERANCE_SECONDS } = options;
  if (header === undefined || header.trim() === '') return 'absent';
  const right = signaturesIn(header).filter(
    ({ t, v1 }) =>
      /^\d{1,15}$/.test(t) &&
      /^[0-9a-f]{64}$/.test(v1) &&
      timingSafeEqual(digest(body, secret, t), Buffer.from(v1, 'hex')),
  );
  if (right.length === 0) return 'invalid';
  const isFresh = right.some(({ t }) => Math.abs(nowSeconds - Number(t)) <= toleranceSeconds);
  return isFresh ? 'verified' : 'stale';
}

interface TimedSignature {
  readonly t: string;
  readonly v1: string;
}

/** More signatures in one header are an attack on our time, not a change of secrets. */
const MOST_SIGNATURES = 8;

/**
 * Finds the signatures in a header, each with its time: while a secret is changed there may be one of each secret, and
 * several headers of the name come joined by commas.
 */
function signaturesIn(header: string): TimedSignature[] {
  const times: string[] = [];
  const found: { readonly v1: string; readonly at: number }[] = [];
  for (const part of header.split(',')) {
    const equals = part.indexOf('=');
    const key = part.slice(0, Math.max(0, equals)).trim();
    const value = part.slice(equals + 1).trim();
    if (key === 't') times.push(value);
    else if (key === 'v1' && found.length < MOST_SIGNATURES) {
      found.push({ v1: value, at: Math.max(0, times.length - 1) });
    }
  }
  // A time usually stands before its signatures; the first one may also stand behind.
  return found.flatMap(({ v1, at }) => {
    const t = times[at];
    return t === undefined ? [] : [{ t, v1 }];
  });
}

function digest(body: Uint8Array, secret: string, timestamp: string): Buffer {
  return createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest();
}

/** Makes a bad value of {@link SIGNATURE_HEADER}; undefined where the fault is that there is none. */
export function signBadly(
  body: Uint8Array,
  secret: string,
  timestampSeconds: number,
  fault: SignatureFault,
): string | undefined {
  switch (fault) {
    case 'missing':
      return undefined;
    case 'wrong':
      return signBody(body, `${secret}.wrong`, timestampSeconds);
    case 'stale':
      return signBody(body, secret, timestampSeconds - 2 * SIGNATURE_TOLERANCE_SECONDS);
    case 'other-body':
      return signBody(Buffer.concat([body, Buffer.from(' ')]), secret, timestampSeconds);
    default:
      return fault satisfies never;
  }
}
