import { isLoopbackHost } from '../loopback.ts';
import { decoded, MASK, maskedQuery } from './mask.ts';

/** Whether a URL leads to Callbell itself, which is never delivered to. */
export function isCallbell({ hostname }: Pick<URL, 'hostname'>): boolean {
  // The parser of URLs has lowered the case and decoded other spellings of the name already.
  const name = hostname.toLowerCase().replace(/(?<!\.)\.+$/, '');
  return name === 'callbell.eu' || name.endsWith('.callbell.eu');
}

/** Whether a URL leads to this machine, by its name or address alone. */
export function isLoopback({ hostname }: Pick<URL, 'hostname'>): boolean {
  // Addresses come normalised: ::ffff:127.0.0.1 is [::ffff:7f00:1], and 0.0.0.0 or [::] reach this machine.
  return (
    isLoopbackHost(hostname) || /^(0\.0\.0\.0|\[::\]|\[::ffff:7f[0-9a-f]{2}:[0-9a-f]{1,4}\])$/.test(hostname)
  );
}

/** A URL as it may be shown: with what looks like a password or a token in it masked. */
export function shownUrl(url: URL): string {
  const shown = new URL(url);
  if (shown.password !== '') shown.password = MASK;
  else if (shown.username !== '') shown.username = MASK;
  shown.search = maskedQuery(url.search);
  return shown.href;
}

/** The user and password of a URL as the value of an `Authorization` header; undefined without them. */
export function authorizationOf({ username, password }: URL): string | undefined {
  if (username === '' && password === '') return undefined;
  return `Basic ${Buffer.from(`${decoded(username)}:${decoded(password)}`).toString('base64')}`;
}
