import type { IncomingMessage } from 'node:http';
import type { Refusal } from '../../domain/arrival/arrival.ts';
import { isLoopbackHost } from '../../domain/loopback.ts';
import { MAX_HEADERS, MAX_URL_LENGTH } from './server-limits.ts';

/** Who may be addressed: undefined where everybody may. */
export type AllowedHosts = ReadonlySet<string> | undefined;

/**
 * The names a listener answers to. One that is bound to this machine alone answers to its own names and the
 * allowed ones: a page in a browser could otherwise reach it by a name of its own (DNS rebinding).
 */
export function allowedHosts(boundHost: string, allowed: readonly string[]): AllowedHosts {
  if (!isLoopbackHost(boundHost)) return undefined;
  return new Set(allowed.map((name) => name.toLowerCase()));
}

/** What can be said against a request before its body is read. */
export function refuseByHead(request: IncomingMessage, hosts: AllowedHosts): Refusal | undefined {
  if ((request.url?.length ?? 0) > MAX_URL_LENGTH) return 'url-too-long';
  if (request.rawHeaders.length > MAX_HEADERS * 2) return 'too-many-headers';
  if (hosts === undefined) return undefined;
  const hostname = hostnameOf(request.headers.host ?? '');
  return isLoopbackHost(hostname) || hosts.has(hostname) ? undefined : 'host-not-allowed';
}

function hostnameOf(host: string): string {
  return host.toLowerCase().replace(/:\d*$/, '');
}
