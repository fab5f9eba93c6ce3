import { createHmac, timingSafeEqual } from 'node:crypto';

/** Older or newer signatures are refused, as Callbell's documentation asks. */
const TOLERANCE_SECONDS = 300;

/**
 * Verifies `X-Callbell-Signature: t=<unix seconds>,v1=<hex>`: an HMAC-SHA256 of `<t>.<raw body>`, keyed with the
 * whole secret.
 *
 * @param {Buffer} body the raw bytes, before any JSON parser has seen them
 * @param {string | undefined} header
 * @param {string} secret
 * @param {number} nowSeconds
 * @returns {boolean}
 */
export function isSigned(body, header, secret, nowSeconds = Date.now() / 1000) {
  const parts = (header ?? '').split(',').map((part) => part.split('='));
  const time = parts.find(([name]) => name?.trim() === 't')?.[1] ?? '';
  if (!/^\d{1,12}$/.test(time) || Math.abs(nowSeconds - Number(time)) > TOLERANCE_SECONDS) return false;
  const expected = createHmac('sha256', secret).update(`${time}.`).update(body).digest();
  return parts.some(([name, hex = '']) => {
    const given = Buffer.from(name?.trim() === 'v1' ? hex : '', 'hex');
    // Buffers of different lengths would throw.
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
}
