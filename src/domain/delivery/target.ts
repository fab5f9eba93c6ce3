import { isLoopbackHost } from '../loopback.ts';

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

const SECRET_PARAMETER = /token|secret|password|passwd|signature|api_?key|^key$|^sig$|^auth/i;

const MASK = '***';

/** A URL as it may be shown: with what looks like a password or a token in it masked. */
export function shownUrl(url: URL): string {
  const shown = new URL(url);
  if (shown.password !== '') shown.password = MASK;
  else if (shown.username !== '') shown.username = MASK;
  for (const name of secretParameters(shown)) shown.searchParams.set(name, MASK);
  return shown.href;
}

/** A path with its query as it may be shown: secrets in the query are masked, every other byte stays. */
export function maskedQuery(path: string): string {
  return path.replace(/([?&])([^=&?]*)=([^&]*)/g, (whole, mark: string, name: string) =>
    SECRET_PARAMETER.test(decoded(name)) ? `${mark}${name}=${MASK}` : whole,
  );
}

/** The values in a URL that must not be shown. */
export function secretsOfUrl(url: URL): string[] {
  const { username, password, searchParams } = url;
  const login = password === '' ? [username] : [password];
  const spellings = login.flatMap((text) => [text, decoded(text)]);
  return [...spellings, ...secretParameters(url).flatMap((name) => searchParams.getAll(name))];
}

function secretParameters({ searchParams }: URL): string[] {
  return [...new Set(searchParams.keys())].filter((name) => SECRET_PARAMETER.test(name));
}

/** The user and password of a URL as the value of an `Authorization` header; undefined without them. */
export function authorizationOf({ username, password }: URL): string | undefined {
  if (username === '' && password === '') return undefined;
  return `Basic ${Buffer.from(`${decoded(username)}:${decoded(password)}`).toString('base64')}`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const SHORTEST_SECRET = 4;

/** Makes a function that masks secrets wherever they stand in a text, an answer that echoes them for example. */
export function createMask(secrets: readonly string[]): (text: string) => string {
  // Shorter ones would mask half of every text; the longest first, where one is part of another.
  const known = [...new Set(secrets)].filter(({ length }) => length >= SHORTEST_SECRET);
  known.sort((a, b) => b.length - a.length);
  if (known.length === 0) return (text) => text;
  return (text) => known.reduce((masked, secret) => masked.replaceAll(secret, MASK), text);
}
