/**
 * Names the listeners a request has passed through, as a list of their ids: a request that comes back to one of
 * them is going round in a loop.
 */
export const HOP_HEADER = 'X-Callbell-Status-Hop';

const HOP_HEADER_LOWER = HOP_HEADER.toLowerCase();

/** Headers that belong to one connection and not to the message (RFC 9110, 7.6.1). */
const HOP_BY_HOP: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Written anew for each hop: the other side's name, what depends on how the body is sent, the list of hops. */
const WRITTEN_ANEW: ReadonlySet<string> = new Set(['host', 'content-length', 'expect', HOP_HEADER_LOWER]);

/**
 * The headers to pass on to a target, as names and values in turn: in their order and spelling, repeated
 * ones repeated, the signature untouched.
 */
export function headersToForward(rawHeaders: readonly string[], connection: string | undefined): string[] {
  const isDropped = hopByHop(connection);
  const kept: string[] = [];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? '';
    const lower = name.toLowerCase();
    if (isDropped(lower) || WRITTEN_ANEW.has(lower)) continue;
    kept.push(name, rawHeaders[index + 1] ?? '');
  }
  return kept;
}

/** Adds the login in the URL of a target, unless the sender has its own. */
export function withLogin(headers: readonly string[], authorization: string | undefined): string[] {
  const hasOwn = headers.some((text, at) => at % 2 === 0 && text.toLowerCase() === 'authorization');
  return authorization === undefined || hasOwn ? [...headers] : [...headers, 'authorization', authorization];
}

/** The ids of the listeners that a request has passed through. */
export function hopsOf(rawHeaders: readonly string[]): string[] {
  const hops: string[] = [];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? '';
    if (name.length !== HOP_HEADER.length || name.toLowerCase() !== HOP_HEADER_LOWER) continue;
    for (const hop of (rawHeaders[index + 1] ?? '').split(',')) hops.push(hop.trim());
  }
  return hops;
}

/**
 * Makes the test for headers that belong to one connection: the usual ones and those that `Connection` names.
 *
 * @param connection the value of `Connection`
 */
export function hopByHop(connection: string | undefined): (lowerCaseName: string) => boolean {
  if (connection === undefined || connection === '') return (name) => HOP_BY_HOP.has(name);
  const named = new Set(connection.split(',').map((name) => name.trim().toLowerCase()));
  return (name) => HOP_BY_HOP.has(name) || named.has(name);
}
