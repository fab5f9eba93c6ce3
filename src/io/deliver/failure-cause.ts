import type { DeliveryFailure } from '../../domain/delivery/delivery.ts';
import { shownUrl } from '../../domain/delivery/target.ts';

/** What is known of a request besides the error that ended it. */
export interface FailureContext {
  /** Whether an answer had begun. */
  readonly begun?: boolean;
  /** The proxy it went through. */
  readonly proxy?: URL | undefined;
}

/** The code of the reason why a request got no complete answer. */
export function failureOf(error: unknown, begun = false): DeliveryFailure {
  if (proxyStatus(error) !== undefined) return 'proxy';
  const failure = causeOf(error)?.failure;
  return begun && failure === 'closed' ? 'incomplete-answer' : (failure ?? 'unknown');
}

/** Puts the reason why a request got no complete answer into a sentence with a next step. */
export function explainFailure(
  error: unknown,
  url: URL,
  { begun = false, proxy }: FailureContext = {},
): string {
  const status = proxyStatus(error);
  if (status !== undefined) {
    const next = status === '407' ? 'put user and password into its URL' : 'look at its log, or set NO_PROXY';
    return `the proxy${proxy === undefined ? '' : ` ${shownUrl(proxy)}`} answered ${status}: ${next}`;
  }
  const cause = causeOf(error);
  if (cause?.failure === 'closed' && begun) {
    return `${url.host} began an answer and closed the connection before its end: look at the handler's own log`;
  }
  const sentence = cause?.explain(url, error) ?? `no answer: ${messageOf(error)}`;
  return proxy === undefined ? sentence : `${sentence} (through the proxy ${shownUrl(proxy)})`;
}

interface Cause {
  readonly failure: DeliveryFailure;
  readonly explain: (url: URL, error: unknown) => string;
}

const certificate: Cause = {
  failure: 'certificate',
  explain: ({ host }) =>
    `the certificate of ${host} is not trusted: name its authority with --ca, or trust it with --insecure`,
};

const closed: Cause = {
  failure: 'closed',
  explain: ({ host, protocol }) =>
    `${host} closed the connection without an answer: look at the handler's own log${protocol === 'http:' ? ', or does it want https://?' : ''}`,
};

const noRoute: Cause = {
  failure: 'no-route',
  explain: ({ hostname }) => `no route leads to ${hostname}: check the address and the network connection`,
};

const connectTimeout: Cause = {
  failure: 'timeout-connect',
  explain: (url) =>
    `${portOf(url)} did not complete a connection in time: is it behind a firewall, or very busy?`,
};

const plain: Cause = {
  failure: 'tls',
  explain: ({ host }) => `${host} does not speak TLS: use http:// instead of https://`,
};

const notHttp: Cause = {
  failure: 'not-http',
  explain: ({ host, protocol }) =>
    `${host} does not answer in HTTP: ${protocol === 'http:' ? 'does it want https://, or is it another port?' : 'is it another port?'}`,
};

const CAUSES: Readonly<Record<string, Cause>> = {
  ECONNREFUSED: {
    failure: 'connection-refused',
    explain: (url, error) =>
      `nothing listens on ${portOf(url)}${triedAddresses(error)}: start the handler, or check the port`,
  },
  ENOTFOUND: {
    failure: 'name-not-found',
    explain: ({ hostname }) => `the name ${hostname} does not exist: check its spelling`,
  },
  EAI_AGAIN: {
    failure: 'name-not-found',
    explain: ({ hostname }) => `the name ${hostname} could not be looked up: check the network connection`,
  },
  ECONNRESET: closed,
  EPIPE: closed,
  UND_ERR_SOCKET: closed,
  EHOSTUNREACH: noRoute,
  ENETUNREACH: noRoute,
  EADDRNOTAVAIL: noRoute,
  UND_ERR_CONNECT_TIMEOUT: connectTimeout,
  ETIMEDOUT: connectTimeout,
  UND_ERR_HEADERS_TIMEOUT: {
    failure: 'timeout-headers',
    explain: () => 'the handler took the request but did not answer in time (--timeout)',
  },
  UND_ERR_BODY_TIMEOUT: {
    failure: 'timeout-body',
    explain: () => 'the handler began an answer but did not finish its body in time (--timeout)',
  },
  UND_ERR_HEADERS_OVERFLOW: {
    failure: 'not-http',
    explain: ({ host }) => `the answer of ${host} has more headers than a client takes`,
  },
  DEPTH_ZERO_SELF_SIGNED_CERT: {
    failure: 'certificate',
    explain: ({ host }) =>
      `the certificate of ${host} is self-signed: name it with --ca, or trust it with --insecure`,
  },
  SELF_SIGNED_CERT_IN_CHAIN: certificate,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: certificate,
  UNABLE_TO_GET_ISSUER_CERT: certificate,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: certificate,
  CERT_HAS_EXPIRED: {
    failure: 'certificate',
    explain: ({ host }) => `the certificate of ${host} has expired: renew it, or trust it with --insecure`,
  },
  CERT_NOT_YET_VALID: {
    failure: 'certificate',
    explain: ({ host }) => `the certificate of ${host} is not valid yet: are the clocks right?`,
  },
  ERR_TLS_CERT_ALTNAME_INVALID: {
    failure: 'certificate',
    explain: ({ host }) => `the certificate of ${host} is for another name: use that name, or --insecure`,
  },
  ERR_SSL_WRONG_VERSION_NUMBER: plain,
  ERR_SSL_PACKET_LENGTH_TOO_LONG: plain,
  CANCELLED: {
    failure: 'cancelled',
    explain: () => 'given up by a second signal before the answer: the handler may have got it',
  },
};

function causeOf(error: unknown): Cause | undefined {
  for (const code of codesOf(error)) {
    const cause = Object.hasOwn(CAUSES, code) ? CAUSES[code] : undefined;
    if (cause !== undefined) return cause;
    if (code.startsWith('HPE_')) return notHttp;
    if (code.startsWith('ERR_SSL_')) {
      return { failure: 'tls', explain: ({ host }) => `TLS with ${host} failed: ${messageOf(error)}` };
    }
  }
  return undefined;
}

/** What a proxy answered that let no request through; undici says it in words only. */
function proxyStatus(error: unknown): string | undefined {
  const message = error instanceof Error ? error.message : '';
  return (
    /^Proxy response \((\d+)\)/.exec(message)?.[1] ??
    /^Proxy Authentication Required \((407)\)/.exec(message)?.[1]
  );
}

function portOf({ port, protocol, hostname }: URL): string {
  return `port ${port === '' ? (protocol === 'https:' ? 443 : 80) : port} of ${hostname}`;
}

/** The addresses of a name that were tried, where that says more than the URL does. */
function triedAddresses(error: unknown): string {
  const attempts = error instanceof AggregateError ? error.errors : [error];
  const addresses = attempts.flatMap((each: unknown) =>
    each instanceof Error && 'address' in each && typeof each.address === 'string' ? [each.address] : [],
  );
  if (addresses.length === 0) return '';
  const families = [
    ...(addresses.some((address) => !address.includes(':')) ? ['IPv4'] : []),
    ...(addresses.some((address) => address.includes(':')) ? ['IPv6'] : []),
  ];
  return ` (tried ${families.join(' and ')}: ${addresses.join(', ')})`;
}

/** The codes of an error, of its causes and, for several addresses tried, of each attempt. */
function codesOf(error: unknown): string[] {
  if (!(error instanceof Error)) return [];
  const own = 'code' in error && typeof error.code === 'string' ? [error.code] : [];
  // Undici leaves out the code of some of its parser's errors.
  if (error.name === 'HTTPParserError') own.push('HPE_UNKNOWN');
  const attempts = error instanceof AggregateError ? error.errors.flatMap(codesOf) : [];
  return [...attempts, ...codesOf(error.cause), ...own];
}

function messageOf(error: unknown): string {
  if (error instanceof Error && error.cause !== undefined) return messageOf(error.cause);
  return error instanceof Error ? error.message : String(error);
}
