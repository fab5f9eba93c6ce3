import { rootCertificates } from 'node:tls';
import { type Dispatcher, Pool, ProxyAgent } from 'undici';
import type { DeliverOptions } from './deliver-options.ts';

/**
 * An unused connection is closed after that time. Many servers close theirs after 2 to 5 seconds; a request
 * that crosses such a closing is lost without the handler ever seeing it, which would look like its fault.
 */
const IDLE_MS = 1000;

/** What {@link openConnections} needs. */
type ConnectOptions = Pick<DeliverOptions, 'url' | 'concurrency' | 'certificates' | 'insecure' | 'proxy'> & {
  readonly timeoutMs: number;
};

/** Prepares the connections to a target, one for each delivery that may be under way; none is opened yet. */
export function openConnections(options: ConnectOptions): Dispatcher {
  const { url, concurrency = 1, certificates, insecure, proxy, timeoutMs } = options;
  const tls = {
    timeout: timeoutMs,
    ...(insecure === true && { rejectUnauthorized: false }),
    ...(certificates !== undefined && { ca: [...rootCertificates, certificates] }),
  };
  const common = {
    connections: concurrency,
    pipelining: 1,
    // The time-outs of the answer are kept by whoever waits for it.
    headersTimeout: 0,
    bodyTimeout: 0,
    keepAliveTimeout: IDLE_MS,
    keepAliveMaxTimeout: IDLE_MS,
  };
  if (proxy === undefined) return new Pool(url.origin, { ...common, connect: tls });
  return new ProxyAgent({
    ...common,
    uri: proxy.href,
    // An http target is asked for through the proxy, as curl does; only https needs a tunnel.
    proxyTunnel: false,
    proxyTls: tls,
    requestTls: tls,
  });
}
