/** Where the usual variables say which proxy to use. */
type Variables = Readonly<Record<string, string | undefined>>;

/**
 * The proxy that the usual environment variables name for a URL, as text; undefined where there is none, or
 * `NO_PROXY` makes an exception. `http_proxy`, `https_proxy`, `all_proxy` and `no_proxy`, the lower-case
 * spelling first, as curl does.
 */
export function proxyFor(url: URL, variables: Variables): string | undefined {
  const read = (name: string): string | undefined =>
    variables[name.toLowerCase()] || variables[name.toUpperCase()] || undefined;
  const proxy = read(url.protocol === 'https:' ? 'https_proxy' : 'http_proxy') ?? read('all_proxy');
  return proxy === undefined || isException(url, read('no_proxy') ?? '') ? undefined : proxy;
}

/** Entries are names (their subdomains too), addresses or `*`, each with a port where only that is meant. */
function isException(url: URL, noProxy: string): boolean {
  const host = bare(url.hostname);
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  return noProxy
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => {
      if (entry === '*') return true;
      // More than one colon outside of brackets is an IPv6 address, and no port.
      const isAddress = !entry.startsWith('[') && entry.split(':').length > 2;
      const onlyPort = isAddress ? undefined : /:(\d+)$/.exec(entry)?.[1];
      const name = onlyPort === undefined ? entry : entry.slice(0, -onlyPort.length - 1);
      const wanted = bare(name.replace(/^\*?\./, ''));
      if (onlyPort !== undefined && onlyPort !== port) return false;
      return host === wanted || host.endsWith(`.${wanted}`);
    });
}

function bare(hostname: string): string {
  return hostname
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '');
}
