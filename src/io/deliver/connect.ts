import { rootCertificates } from 'node:tls';
import { type Dispatcher, Pool, ProxyAgent } from 'undici';
import { type Connector, createConnector, withoutInterimAnswers } from './connector.ts';
import type { DeliverOptions } from './deliver-options.ts';
import { ProxyUnreachable } from './failure-cause.ts';

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
  if (proxy === undefined) return new Pool(url.origin, { ...common, connect: createConnector(tls) });
  const toProxy = namingTheProxy(createConnector(tls));
  return new ProxyAgent({
    ...common,
    uri: proxy.href,
    // An http target is asked for through the proxy, as curl does; only https needs a tunnel.
    proxyTunnel: false,
    requestTls: tls,
    clientFactory: (origin) => new Pool(origin, { ...common, connect: toProxy }),
    factory: (origin, { connect: tunnel }: { connect?: Connector }) => {
      const isDirect = tunnel === undefined || isAskedForByProxy(url, proxy);
      return new Pool(origin, { ...common, connect: isDirect ? toProxy : withoutInterimAnswers(tunnel) });
    },
  });
}

/** Tells whether a proxy gets the request itself, not only a tunnel to the target. */
export function isAskedForByProxy(url: URL, proxy: URL): boolean {
  return url.protocol === 'http:' && proxy.protocol === 'http:';
}

/** Marks each failure to connect as the proxy's: its code alone would be taken for the target's. */
function namingTheProxy(connect: Connector): Connector {
  return (target, callback) => {
    connect(target, (...result) => {
      const [error] = result;
      if (error === null) callback(...result);
      else callback(new ProxyUnreachable(error), null);
    });
  };
}
