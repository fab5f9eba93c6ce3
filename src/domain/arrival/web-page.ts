/** Headers of a request by their lower-case names. */
type RequestHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * Returns true for a request that a browser sent for a page of another origin. A page can post to this machine
 * without asking first (a "simple" request), so the browser's own headers are the only protection. Senders of
 * webhooks set neither of the two.
 */
export function isCrossOrigin({ origin, host, 'sec-fetch-site': site }: RequestHeaders): boolean {
  // `none`: typed into the address bar, or a bookmark.
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return true;
  if (origin === undefined) return false;
  const own = String(host).toLowerCase();
  const asked = String(origin).toLowerCase();
  // Behind a tunnel the page is on https, though the request comes by http.
  return asked !== `http://${own}` && asked !== `https://${own}`;
}

/** Returns the origin of the page that a request was sent for, as far as the browser says it; not to be trusted. */
export function pageOf({ origin, referer }: RequestHeaders): string | undefined {
  if (typeof origin === 'string' && origin !== '' && origin !== 'null') return origin;
  return typeof referer === 'string' && URL.canParse(referer) ? new URL(referer).origin : undefined;
}
