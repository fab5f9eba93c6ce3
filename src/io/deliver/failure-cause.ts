/** Puts the reason why a request got no answer into a sentence with a next step. */
export function explainFailure(error: unknown, url: URL): string {
  const codes = codesOf(error);
  const known = codes.map((code) => CAUSES[code]).find((cause) => cause !== undefined);
  if (known !== undefined) return known(url);
  const deepest = deepestCause(error);
  return `no answer: ${deepest instanceof Error ? deepest.message : String(deepest)}`;
}

type Explanation = (url: URL) => string;

const certificate: Explanation = (url) =>
  `the certificate of ${url.host} is not trusted: use http on your own machine, or a certificate your system trusts`;

const reset: Explanation = (url) =>
  `${url.host} closed the connection without an answer: look at the handler's own log, it may have crashed`;

const CAUSES: Readonly<Record<string, Explanation>> = {
  ECONNREFUSED: (url) => `nothing listens on ${hostAndPort(url)}: start the handler, or check the port`,
  ENOTFOUND: (url) => `the name ${url.hostname} does not exist: check its spelling`,
  EAI_AGAIN: (url) => `the name ${url.hostname} could not be looked up: check the network connection`,
  ECONNRESET: reset,
  EPIPE: reset,
  UND_ERR_SOCKET: reset,
  EHOSTUNREACH: (url) => `no route leads to ${url.hostname}: check the address and the network connection`,
  ENETUNREACH: (url) => `no route leads to ${url.hostname}: check the address and the network connection`,
  UND_ERR_CONNECT_TIMEOUT: (url) =>
    `${hostAndPort(url)} did not accept a connection in time: is it behind a firewall?`,
  ETIMEDOUT: (url) => `${hostAndPort(url)} did not accept a connection in time: is it behind a firewall?`,
  UND_ERR_HEADERS_TIMEOUT: () => 'the handler accepted the request but did not answer in time',
  UND_ERR_BODY_TIMEOUT: () => 'the handler began an answer but did not finish it in time',
  DEPTH_ZERO_SELF_SIGNED_CERT: certificate,
  SELF_SIGNED_CERT_IN_CHAIN: certificate,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: certificate,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: certificate,
  CERT_HAS_EXPIRED: (url) => `the certificate of ${url.host} has expired`,
  ERR_TLS_CERT_ALTNAME_INVALID: (url) => `the certificate of ${url.host} is for another name`,
  ERR_SSL_WRONG_VERSION_NUMBER: (url) => `${url.host} does not speak TLS: use http:// instead of https://`,
  ERR_SSL_PACKET_LENGTH_TOO_LONG: (url) => `${url.host} does not speak TLS: use http:// instead of https://`,
  HPE_INVALID_CONSTANT: (url) =>
    `${url.host} does not answer in HTTP: does it want https:// or another port?`,
};

function hostAndPort(url: URL): string {
  if (url.port !== '') return `port ${url.port} of ${url.hostname}`;
  return `port ${url.protocol === 'https:' ? 443 : 80} of ${url.hostname}`;
}

/** The codes of an error, of its causes and, for several addresses tried, of each attempt. */
function codesOf(error: unknown): string[] {
  if (!(error instanceof Error)) return [];
  const own = 'code' in error && typeof error.code === 'string' ? [error.code] : [];
  const attempts = error instanceof AggregateError ? error.errors.flatMap(codesOf) : [];
  return [...attempts, ...codesOf(error.cause), ...own];
}

function deepestCause(error: unknown): unknown {
  return error instanceof Error && error.cause !== undefined ? deepestCause(error.cause) : error;
}
