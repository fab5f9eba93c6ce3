import { maskedQuery } from '../delivery/mask.ts';

/** Whether a target is a host alone: then the path of each request is kept, else the URL is asked as it is. */
function isBare({ pathname }: URL): boolean {
  return pathname === '/';
}

/**
 * The path and query to ask a target for. A target with a path is asked for exactly that, with the query of the
 * request appended to its own; of a bare host the request's path is asked, byte for byte. The texts are joined and
 * never parsed: a URL parser would resolve `..` and encode other characters.
 *
 * @param requestTarget of a request that {@link findPathFault} has nothing against
 */
export function pathAtTarget(target: URL, requestTarget: string): string {
  const at = requestTarget.indexOf('?');
  const path = at === -1 ? requestTarget : requestTarget.slice(0, at);
  const query = at === -1 ? '' : requestTarget.slice(at + 1);
  const ownPath = isBare(target) ? path : target.pathname;
  if (at === -1) return ownPath + target.search;
  return `${ownPath}${target.search === '' ? '?' : `${target.search}&`}${query}`;
}

/** The URL of a path at a target, as it may be shown: without a login, secrets in its query masked. */
export function shownUrlAt(target: URL, path: string): string {
  return target.origin + maskedQuery(path);
}

/** A target as it may be shown. The `…` after a bare host stands for the path of each request. */
export function shownTarget(target: URL): string {
  const shown = shownUrlAt(target, target.pathname + target.search);
  return isBare(target) ? shown.replace(/\/(?=\?|$)/, '/…') : shown;
}

/** Why the path of a request cannot be asked at a target; undefined where it can. */
export type PathFault = 'not-origin-form' | 'dot-segments';

/** Finds why a request cannot be passed on: its target is no path, or its path leads out of a folder. */
export function findPathFault(target: URL, requestTarget: string): PathFault | undefined {
  // RFC 9112, 3.2.1. What has a scheme or a fragment would change its meaning where it is joined to a host.
  if (!/^\/[^#]*$/.test(requestTarget)) return 'not-origin-form';
  const [path = ''] = requestTarget.split('?', 1);
  return isBare(target) && leadsUp(path) ? 'dot-segments' : undefined;
}

/** Encoded more often than this, nothing is a path that anybody means. */
const DECODING_ROUNDS = 5;

/** `..` between separators; what some servers take for the end of a segment, such as `;`, is one here too. */
const PARENT_SEGMENT = /(?:^|[/\\])\.\.(?:[/\\;?#]|$)/;

/** Overlong UTF-8 of `.`, `/` and `\`, which lenient decoders accept. */
const OVERLONG = { '\xc0\xae': '.', '\xc0\xaf': '/', '\xc1\x9c': '\\' } as const;

/** Whether a path has a segment `..`, as it stands or after decoding it once or several times. */
function leadsUp(path: string): boolean {
  let text = path;
  for (let round = 0; round <= DECODING_ROUNDS; round += 1) {
    if (PARENT_SEGMENT.test(text)) return true;
    const decoded = decodeOnce(text);
    if (decoded === text) return false;
    text = decoded;
  }
  return true;
}

/** Decodes each `%xx` to one character, and leaves out those that URL parsers and C strings ignore. */
function decodeOnce(text: string): string {
  return text
    .replace(/%([0-9a-f]{2})/gi, (_encoded, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replace(/[\t\n\r\0]/g, '')
    .replace(/\xc0[\xae\xaf]|\xc1\x9c/g, (bytes) => OVERLONG[bytes as keyof typeof OVERLONG]);
}
