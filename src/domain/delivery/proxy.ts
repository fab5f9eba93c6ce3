import { isInBlock } from './address-block.ts';
import { isLoopback } from './target.ts';

/** Where the usual variables say which proxy to use. */
type Variables = Readonly<Record<string, string | undefined>>;

/** A proxy as an environment variable names it. */
export interface NamedProxy {
  readonly text: string;
  /** The name of the variable, as it is spelled. */
  readonly variable: string;
}

/**
 * Finds the proxy that the usual environment variables name for a URL: `http_proxy`, `https_proxy`, `all_proxy` and
 * `no_proxy`, the lower-case spelling first. Undefined where there is none, where `NO_PROXY` makes an exception, and
 * for this machine: what is delivered here never leaves it.
 */
export function proxyFor(url: URL, variables: Variables): NamedProxy | undefined {
  if (isLoopback(url)) return undefined;
  const read = (name: string): NamedProxy | undefined => {
    const variable = [name, name.toUpperCase()].find((each) => variables[each]);
    const text = variable === undefined ? undefined : variables[variable];
    return variable === undefined || text === undefined ? undefined : { text, variable };
  };
  const proxy = read(url.protocol === 'https:' ? 'https_proxy' : 'http_proxy') ?? read('all_proxy');
  return proxy === undefined || isException(url, read('no_proxy')?.text ?? '') ? undefined : proxy;
}

/**
 * Entries are names (their subdomains too), addresses, blocks of addresses (`10.0.0.0/8`) or `*`, each with a port
 * where only that is meant.
 */
function isException(url: URL, noProxy: string): boolean {
  const host = bare(url.hostname);
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  return noProxy
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => {
      if (entry === '*') return true;
      if (entry.includes('/')) return isInBlock(host, entry);
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
