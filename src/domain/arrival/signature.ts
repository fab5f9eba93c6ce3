import { type SignatureVerdict, verifySignature } from '../signature.ts';

/** What is needed to judge the signatures of arrivals. */
export interface SignatureCheck {
  /** The whole secret, with its `whsec_` prefix. */
  readonly secret: string;
  readonly toleranceSeconds?: number;
}

/** A verdict, and for all but `verified` the likely reason, in a sentence. */
export interface SignatureFinding {
  readonly verdict: SignatureVerdict;
  readonly reason?: string;
}

/**
 * Judges the signature of an arrival over its raw bytes, and finds the likely reason where it is not right:
 * the mistakes people make are tried one by one, none of them is ever accepted.
 */
export function judgeSignature(
  header: string | undefined,
  body: Uint8Array,
  nowSeconds: number,
  check: SignatureCheck,
): SignatureFinding {
  const { secret, toleranceSeconds } = check;
  const options = { secret, nowSeconds, ...(toleranceSeconds !== undefined && { toleranceSeconds }) };
  const verdict = verifySignature(header, body, options);
  switch (verdict) {
    case 'verified':
      return { verdict };
    case 'absent':
      return { verdict, reason: 'there is no signature: is signing switched on for this webhook?' };
    case 'stale':
      return { verdict, reason: staleReason(header ?? '', nowSeconds) };
    case 'invalid':
      return { verdict, reason: invalidReason(header ?? '', body, secret, nowSeconds) };
    default:
      return verdict satisfies never;
  }
}

function staleReason(header: string, nowSeconds: number): string {
  const age = nowSeconds - Number(/(?:^|,)\s*t\s*=\s*(\d+)/.exec(header)?.[1] ?? nowSeconds);
  return age > 0
    ? `it was signed ${age} s ago: an old request sent again, or a clock that is wrong`
    : `it was signed ${-age} s in the future: one of the two clocks is wrong`;
}

function invalidReason(header: string, body: Uint8Array, secret: string, nowSeconds: number): string {
  if (!/(?:^|,)\s*t\s*=\s*\d+/.test(header) || !/(?:^|,)\s*v1\s*=\s*[0-9a-f]{64}\s*(?:,|$)/.test(header)) {
    return 'the header is malformed: it should be t=<unix seconds>,v1=<64 lower-case hex digits>';
  }
  const fits = (otherBody: Uint8Array, otherSecret: string): boolean =>
    verifySignature(header, otherBody, {
      secret: otherSecret,
      nowSeconds,
      toleranceSeconds: Number.POSITIVE_INFINITY,
    }) === 'verified';
  if (fits(body, secret.replace(/^whsec_/, ''))) {
    return 'it was made with the secret without its whsec_ prefix; the whole secret is the key';
  }
  if (fits(body, secret.trim())) return 'the secret here has white space around it';
  if (likelyBodies(body).some((other) => fits(other, secret))) {
    return 'the body was changed on the way: the signature fits the same JSON, written differently';
  }
  return 'it was made with another secret, or the body was changed on the way';
}

/** The same JSON as tools write it when they parse and write it again. */
function likelyBodies(body: Uint8Array): Uint8Array[] {
  const text = new TextDecoder().decode(body);
  try {
    const value: unknown = JSON.parse(text);
    const texts = [JSON.stringify(value), JSON.stringify(value, null, 2), text.trim(), `${text}\n`];
    return texts.map((each) => new TextEncoder().encode(each));
  } catch {
    // Not JSON, or nested too deeply to be written again: there is nothing to compare with.
    return [];
  }
}
