import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';

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

/** Written anew for each hop: the other side's name, and what depends on how the body is sent. */
const WRITTEN_ANEW: ReadonlySet<string> = new Set(['host', 'content-length', 'expect']);

/**
 * The headers to pass on to a target, as names and values in turn: in their order and spelling, repeated
 * ones repeated, the signature untouched.
 */
export function headersToForward(rawHeaders: readonly string[], connection: string | undefined): string[] {
  const dropped = droppedBy(connection);
  const kept: string[] = [];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? '';
    const lower = name.toLowerCase();
    if (dropped.has(lower) || HOP_BY_HOP.has(lower) || WRITTEN_ANEW.has(lower)) continue;
    kept.push(name, rawHeaders[index + 1] ?? '');
  }
  return kept;
}

/** The headers of a target's answer to give to the sender. */
export function headersToRelay(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  const dropped = droppedBy(headers.connection);
  const kept: OutgoingHttpHeaders = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined || dropped.has(name) || HOP_BY_HOP.has(name) || name === 'content-length')
      continue;
    kept[name] = Array.isArray(value) ? value.map(asLatin1) : asLatin1(value);
  }
  return kept;
}

/** The headers that `Connection` names are hop-by-hop too. */
function droppedBy(connection: string | undefined): ReadonlySet<string> {
  return new Set((connection ?? '').split(',').map((name) => name.trim().toLowerCase()));
}

/** Headers are bytes; undici reads them as UTF-8, Node writes them as Latin-1. */
function asLatin1(value: string): string {
  return Buffer.from(value, 'utf8').toString('latin1');
}
