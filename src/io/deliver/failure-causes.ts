import type { DeliveryFailure } from '../../domain/delivery/delivery.ts';

/** The phases of a request: before it goes out, before its answer begins, before that ends. */
export type RequestPhase = 'connecting' | 'sent' | 'answering';

/** Why a request got no complete answer. */
export interface Cause {
  readonly failure: DeliveryFailure;
  /** What happened. */
  readonly what: (url: URL, error: unknown) => string;
  /** What to do about it. */
  readonly next?: (url: URL) => string;
}

const handlerLog = "look at the handler's own log";

export const closed: Cause = {
  failure: 'closed',
  what: ({ host }) => `${host} closed the connection without an answer`,
  next: ({ protocol }) => `${handlerLog}${protocol === 'http:' ? ', or does it want https://?' : ''}`,
};

export const closedEarly: Cause = {
  failure: 'closed-connecting',
  what: ({ host }) => `${host} closed the connection while it was being made`,
  next: ({ protocol }) => (protocol === 'https:' ? 'does it want http://?' : 'is it very busy?'),
};

export const closedInside: Cause = {
  failure: 'incomplete-answer',
  what: ({ host }) => `${host} began an answer and closed the connection before its end`,
  next: () => handlerLog,
};

export const notHttp: Cause = {
  failure: 'not-http',
  what: ({ host }) => `${host} does not answer in HTTP`,
  next: ({ protocol }) =>
    protocol === 'http:' ? 'does it want https://, or is it another port?' : 'is it another port?',
};

const certificate: Cause = {
  failure: 'certificate',
  what: ({ host }) => `the certificate of ${host} is not trusted`,
  next: () => 'name its authority with --ca, or trust it with --insecure',
};

const noRoute: Cause = {
  failure: 'no-route',
  what: ({ hostname }) => `no route leads to ${hostname}`,
  next: () => 'check the address and the network connection',
};

const connectTimeout: Cause = {
  failure: 'timeout-connect',
  what: (url) => `${portOf(url)} did not complete a connection in time`,
  next: () => 'is it behind a firewall, or very busy?',
};

const plain: Cause = {
  failure: 'tls',
  what: ({ host }) => `${host} does not speak TLS`,
  next: () => 'use http:// instead of https://',
};

const givenUp: Cause = {
  failure: 'cancelled',
  what: () => 'given up before the answer, because we were told to stop',
  next: () => 'the handler may have got it',
};

/** The cause of each error code of Node, OpenSSL and undici that says enough by itself. */
export const CAUSES: Readonly<Record<string, Cause>> = {
  ECONNREFUSED: {
    failure: 'connection-refused',
    what: (url, error) => `nothing listens on ${portOf(url)}${triedAddresses(error)}`,
    next: () => 'start the handler, or check the port',
  },
  ENOTFOUND: {
    failure: 'name-not-found',
    what: ({ hostname }) => `the name ${hostname} does not exist`,
    next: () => 'check its spelling',
  },
  EAI_AGAIN: {
    failure: 'name-not-found',
    what: ({ hostname }) => `the name ${hostname} could not be looked up`,
    next: () => 'check the network connection',
  },
  ECONNRESET: closed,
  EPIPE: closed,
  UND_ERR_SOCKET: closed,
  // What the parser says where HTTP should begin.
  HPE_INVALID_CONSTANT: notHttp,
  EHOSTUNREACH: noRoute,
  ENETUNREACH: noRoute,
  EADDRNOTAVAIL: noRoute,
  UND_ERR_CONNECT_TIMEOUT: connectTimeout,
  ETIMEDOUT: connectTimeout,
  UND_ERR_HEADERS_TIMEOUT: {
    failure: 'timeout-headers',
    what: () => 'the handler took the request but did not answer in time (--timeout)',
  },
  UND_ERR_BODY_TIMEOUT: {
    failure: 'timeout-body',
    what: () => 'the handler began an answer but did not finish its body in time (--timeout)',
  },
  DEPTH_ZERO_SELF_SIGNED_CERT: {
    failure: 'certificate',
    what: ({ host }) => `the certificate of ${host} is self-signed`,
    next: () => 'name it with --ca, or trust it with --insecure',
  },
  SELF_SIGNED_CERT_IN_CHAIN: certificate,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: certificate,
  UNABLE_TO_GET_ISSUER_CERT: certificate,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: certificate,
  CERT_HAS_EXPIRED: {
    failure: 'certificate',
    what: ({ host }) => `the certificate of ${host} has expired`,
    next: () => 'renew it, or trust it with --insecure',
  },
  CERT_NOT_YET_VALID: {
    failure: 'certificate',
    what: ({ host }) => `the certificate of ${host} is not valid yet`,
    next: () => 'are the clocks right?',
  },
  ERR_TLS_CERT_ALTNAME_INVALID: {
    failure: 'certificate',
    what: ({ host }) => `the certificate of ${host} is for another name`,
    next: () => 'use that name, or --insecure',
  },
  ERR_SSL_WRONG_VERSION_NUMBER: plain,
  ERR_SSL_PACKET_LENGTH_TOO_LONG: plain,
  CANCELLED: {
    failure: 'cancelled',
    what: () => 'given up by a second signal before the answer',
    next: () => 'the handler may have got it',
  },
  ABORT_ERR: givenUp,
  UND_ERR_ABORTED: givenUp,
  UND_ERR_DESTROYED: givenUp,
  UND_ERR_CLOSED: givenUp,
};

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
