import type { IncomingMessage } from 'node:http';
import type { Refusal } from '../../domain/arrival/arrival.ts';
import { isCrossOrigin } from '../../domain/arrival/web-page.ts';
import { isLoopbackAddress, isLoopbackHost } from '../../domain/loopback.ts';
import { MAX_HEADERS, MAX_URL_LENGTH } from './server-limits.ts';

/** Who may be addressed: undefined where everybody may. */
export type AllowedHosts = HostGuard | undefined;

/**
 * The names a listener answers to. One that is bound to this machine alone answers to its own names and the
 * allowed ones: a page in a browser could otherwise reach it by a name of its own (DNS rebinding).
 */
export function allowedHosts(boundHost: string, allowed: readonly string[]): AllowedHosts {
  return isLoopbackAddress(boundHost) ? new HostGuard(allowed) : undefined;
}

/** Judges the `Host` of each request. Nearly all have the same, so that the last good one is kept. */
class HostGuard {
  readonly #allowed: ReadonlySet<string>;
  #lastAllowed: string | undefined;

  constructor(allowed: readonly string[]) {
    this.#allowed = new Set(allowed.map((name) => name.toLowerCase()));
  }

  allows(host: string): boolean {
    if (host === this.#lastAllowed) return true;
    const hostname = host.toLowerCase().replace(/:\d*$/, '');
    if (!isLoopbackHost(hostname) && !this.#allowed.has(hostname)) return false;
    this.#lastAllowed = host;
    return true;
  }
}

/** Returns why a request is refused before its body is read, if it is. */
export function refuseByHead(request: IncomingMessage, hosts: AllowedHosts): Refusal | undefined {
  if ((request.url?.length ?? 0) > MAX_URL_LENGTH) return 'url-too-long';
  if (request.rawHeaders.length > MAX_HEADERS * 2) return 'too-many-headers';
  if (hosts !== undefined && !areAllowed(hosts, request)) return 'host-not-allowed';
  return isCrossOrigin(request.headers) ? 'cross-origin' : undefined;
}

/** Whom a request is addressed to: usually one name, but whoever wants to be let in may give several. */
function areAllowed(hosts: HostGuard, { rawHeaders, url = '', headers }: IncomingMessage): boolean {
  // Without any it is HTTP/1.0, of an old health check: browsers always send one.
  if (headers.host !== undefined && !hosts.allows(headers.host)) return false;
  // Node keeps the first of several; others that read the request may take the last.
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? '';
    const isHost = name.length === 4 && name.toLowerCase() === 'host';
    if (isHost && !hosts.allows(rawHeaders[index + 1] ?? '')) return false;
  }
  if (url.startsWith('/')) return true;
  // A target as proxies get it, `http://name/path`, says more than the header (RFC 9112, 3.2.2).
  const inTarget = ABSOLUTE_FORM.exec(url)?.[1];
  return inTarget === undefined || hosts.allows(inTarget);
}

/** A request target with scheme and host, as clients send it to a proxy. */
const ABSOLUTE_FORM = /^https?:\/\/([^/?#]*)/i;
