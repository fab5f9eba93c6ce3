import { VERSION } from '../../version.ts';
import { authorizationOf, isCallbell } from './target.ts';

/** A header of a request. */
export interface RequestHeader {
  readonly name: string;
  readonly value: string;
}

/** Headers that say where a request ends and what becomes of its connection: they are the client's alone. */
const FRAMING = new Set([
  'connection',
  'content-encoding',
  'content-length',
  'expect',
  'http2-settings',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** What is wrong with a header that somebody wants to send, in a sentence; undefined where nothing is. */
export function headerFault({ name, value }: RequestHeader): string | undefined {
  if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name))
    return 'The name of a header is letters, digits and dashes.';
  if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(value))
    return `The value of ${name} has a character no header may have.`;
  if (FRAMING.has(name.toLowerCase())) return `${name} frames the request: it is set by the client alone.`;
  if (name.toLowerCase() === 'proxy-authorization') return `${name} belongs into the URL of the proxy.`;
  if (name.toLowerCase() === 'host' && isCallbell({ hostname: value.replace(/:\d*$/, '') })) {
    return 'Simulated events are never sent to Callbell itself.';
  }
  return undefined;
}

/**
 * The headers of every request to a URL, but for its length and its signature: ours, the user and password
 * in the URL, and those that were asked for, which replace ours of the same name.
 */
export function headersToSend(url: URL, headers: readonly RequestHeader[] = []): RequestHeader[] {
  const authorization = authorizationOf(url);
  const own = [
    { name: 'content-type', value: 'application/json' },
    { name: 'user-agent', value: `callbell-status/${VERSION}` },
    ...(authorization === undefined ? [] : [{ name: 'authorization', value: authorization }]),
  ];
  const replaced = new Set(headers.map(({ name }) => name.toLowerCase()));
  return [...own.filter(({ name }) => !replaced.has(name)), ...headers];
}
