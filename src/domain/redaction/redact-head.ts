import { isLoopbackHost } from '../loopback.ts';
import { isSecretName } from '../secret-name.ts';
import { SIGNATURE_HEADER } from '../signature.ts';
import type { KnownNumbers, Masks } from './masks.ts';
import { personalField } from './personal-fields.ts';

/** Headers as Node has them. */
export type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Headers that tell how a request is to be read, and nothing of who is meant by it. */
const HARMLESS = new Set([
  SIGNATURE_HEADER.toLowerCase(),
  ...['accept', 'accept-charset', 'accept-encoding', 'cache-control', 'connection', 'content-encoding'],
  ...['content-length', 'content-type', 'date', 'expect', 'keep-alive', 'pragma', 'te', 'transfer-encoding'],
  ...['upgrade-insecure-requests', 'user-agent', 'x-forwarded-port', 'x-forwarded-proto', 'prefer'],
]);

/** Masks the headers of a request, but for those that are known to be harmless. */
export function redactHeaders(headers: Headers, masks: Masks, numbers: KnownNumbers): Headers {
  const mask = (name: string, value: string): string => {
    if (isSecretName(name) && !HARMLESS.has(name)) return masks.word('secret', value);
    if (name === 'host')
      return isLoopbackHost(withoutPort(value)) ? value : hostMask(masks.word('host', value));
    // In what is harmless no number is looked for that is not known: a signature holds some that are none.
    return HARMLESS.has(name) ? masks.inside(value, numbers, 'known') : masks.word('value', value);
  };
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => {
      const spelt = name.toLowerCase();
      const masked = typeof value === 'string' ? mask(spelt, value) : value?.map((each) => mask(spelt, each));
      return [masks.inside(name, numbers, 'any'), masked];
    }),
  );
}

/**
 * Masks the path and the query of a request. A path is the receiver's own, so that it stays but for the numbers,
 * the addresses and what looks like a key in it; of a query only what cannot tell anything stays.
 */
export function redactPath(path: string, masks: Masks, numbers: KnownNumbers): string {
  const at = path.indexOf('?');
  const pathname = at === -1 ? path : path.slice(0, at);
  const segments = pathname
    .split('/')
    .map((segment) =>
      encoded(segment, (text) =>
        isKey(text) ? masks.word('secret', text) : masks.inside(text, numbers, 'any'),
      ),
    );
  if (at === -1) return segments.join('/');
  const pairs = path.slice(at + 1).split('&');
  return `${segments.join('/')}?${pairs.map((pair) => redactPair(pair, masks, numbers)).join('&')}`;
}

function redactPair(pair: string, masks: Masks, numbers: KnownNumbers): string {
  const at = pair.indexOf('=');
  if (at === -1) return encoded(pair, (text) => masks.inside(text, numbers, 'any'));
  const name = pair.slice(0, at);
  const value = pair.slice(at + 1);
  const field = isSecretName(name) ? 'secret' : (personalField(name) ?? 'value');
  const spaced = value.replaceAll('+', '%20');
  const masked = encoded(spaced, (text) => {
    if (field !== 'secret' && HARMLESS_VALUE.test(text)) return text;
    return field === 'phone' ? masks.phone(text) : masks.word(field, text);
  });
  const maskedName = encoded(name, (text) => masks.inside(text, numbers, 'any'));
  return `${maskedName}=${masked === spaced ? value : masked}`;
}

/** Nothing, a small number, or yes and no. */
const HARMLESS_VALUE = /^(?:-?\d{0,6}|true|false|yes|no|null)$/i;

/** Long, without a space, and with digits among the letters: what nobody chose as a name. */
function isKey(segment: string): boolean {
  return /^[\w.~-]{20,}$/.test(segment) && /\d/.test(segment) && /[A-Za-z]/.test(segment);
}

/** A part of a path or query, masked; what nothing is masked in stays as it was written. */
function encoded(part: string, mask: (text: string) => string): string {
  const text = decoded(part);
  if (text === '') return part;
  const masked = mask(text);
  return masked === text ? part : encodeURIComponent(masked);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // No valid escapes: it is looked at as it is.
    return part;
  }
}

function withoutPort(host: string): string {
  return host.replace(/:\d*$/, '');
}

/** In a domain that is kept for examples, so that it leads nowhere. */
function hostMask(word: string): string {
  return `${word.replaceAll(/\W+/g, '-')}.example`;
}
