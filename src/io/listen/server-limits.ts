import { createServer, IncomingMessage, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { Connections } from './connections.ts';
import type { HeldBytes } from './held-bytes.ts';
import { QueuedResponse } from './queued-response.ts';

/** Path and query of a request, in characters; more is answered 414. */
export const MAX_URL_LENGTH = 8 * 1024;

/** Headers of a request, by number; more is answered 431. */
export const MAX_HEADERS = 100;

/** Headers of a request, in bytes; more is answered 431 (by Node's parser). */
const MAX_HEADER_BYTES = 16 * 1024;

/** How long sending the headers may take; longer is answered 408. */
const HEADERS_TIMEOUT_MS = 10_000;

/** How long sending the whole request may take; longer is answered 408. */
const REQUEST_TIMEOUT_MS = 30_000;

/** How long a connection may stay open between two requests. */
const IDLE_TIMEOUT_MS = 30_000;

/** Connections at one time; what comes on top is hung up on. */
const MAX_CONNECTIONS = 4096;

/** What a server is built from. */
export interface ServerParts {
  readonly onRequest: (request: IncomingMessage, response: QueuedResponse) => void;
  /** Something came that is no HTTP request; it was answered and hung up on. */
  readonly onBadRequest: (httpStatus: number, reason: string) => void;
  readonly timeouts: ServerTimeouts;
  readonly heldBytes: HeldBytes;
}

/** A server that no client can make wait or grow without bound. */
export interface BoundedServer {
  readonly server: Server<typeof IncomingMessage, typeof QueuedResponse>;
  /** Accepts no more connections, and hangs up on those on which nothing is under way. */
  stopAccepting(): void;
}

/** How long requests may take to come in, in milliseconds. */
export interface ServerTimeouts {
  /** @default 10000 */
  readonly headersMs?: number;
  /** @default 30000 */
  readonly requestMs?: number;
}

/** Makes an HTTP server whose headers, times, connections and memory are bounded. */
export function createBoundedServer(parts: ServerParts): BoundedServer {
  const { onRequest, onBadRequest, timeouts, heldBytes } = parts;
  const { headersMs = HEADERS_TIMEOUT_MS, requestMs = REQUEST_TIMEOUT_MS } = timeouts;
  const connections = new Connections(heldBytes);
  const server = createServer({
    IncomingMessage,
    ServerResponse: QueuedResponse,
    maxHeaderSize: MAX_HEADER_BYTES,
    headersTimeout: headersMs,
    requestTimeout: requestMs,
    keepAliveTimeout: IDLE_TIMEOUT_MS,
    // Node would answer 400 itself, and nobody would know.
    requireHostHeader: false,
    // How often the two time-outs are looked at; Node's own 30 s would let them pass by far.
    connectionsCheckingInterval: Math.min(1000, headersMs),
  });
  const refuse = (response: QueuedResponse, fault: keyof typeof HEAD_FAULTS): void => {
    const { httpStatus, reason } = HEAD_FAULTS[fault];
    response.writeHead(httpStatus, { connection: 'close', 'content-length': 0 }).end();
    onBadRequest(httpStatus, reason);
  };
  server.maxConnections = MAX_CONNECTIONS;
  // One more than allowed, so that too many can be told from just enough.
  server.maxHeadersCount = MAX_HEADERS + 1;
  server.on('connection', (socket) => connections.add(socket));
  server.on('request', (request, response) => {
    connections.begin(request, response);
    if (request.httpVersion === '1.1' && request.headers.host === undefined) refuse(response, 'no-host');
    else onRequest(request, response);
  });
  server.on('checkExpectation', (request, response) => {
    connections.begin(request, response);
    refuse(response, 'expectation');
  });
  // A body that is too large is refused before the sender is asked to send it.
  server.on('checkContinue', (request, response) => {
    connections.begin(request, response);
    request.once('resume', () => response.writeContinue());
    onRequest(request, response);
  });
  // Without this, Node would hang up and say nothing.
  server.on('connect', (_request, socket) => {
    hangUpWith(socket, 405);
    onBadRequest(405, REASONS[405]);
  });
  server.on('clientError', (error: NodeJS.ErrnoException & { rawPacket?: Buffer }, socket) => {
    const httpStatus = statusOfClientError(error);
    if (httpStatus === undefined || !connections.canStillBeTold(socket)) {
      socket.destroy();
      return;
    }
    hangUpWith(socket, httpStatus);
    onBadRequest(httpStatus, REASONS[httpStatus]);
  });
  return {
    server,
    stopAccepting: () => {
      server.close();
      server.closeIdleConnections();
      connections.closeUnused();
    },
  };
}

/** Undefined where there is nobody left to tell. */
function statusOfClientError(
  error: NodeJS.ErrnoException & { rawPacket?: Buffer },
): keyof typeof REASONS | undefined {
  switch (error.code) {
    case 'ECONNRESET':
    case 'EPIPE':
      return undefined;
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return 408;
    case 'HPE_HEADER_OVERFLOW':
      return isUrlToBlame(error.rawPacket) ? 414 : 431;
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
      return 413;
    default:
      return 400;
  }
}

function isUrlToBlame(packet: Buffer | undefined): boolean {
  const endOfLine = packet?.indexOf('\n') ?? 0;
  return endOfLine === -1 || endOfLine > MAX_URL_LENGTH;
}

const REASONS = {
  400: 'it is not HTTP, or its parts contradict each other (is https used where there is only http?)',
  405: 'it asks for a way to somewhere else, and this is no proxy',
  408: 'it was not sent in time',
  413: 'its chunks carry too much',
  414: 'its path is too long',
  431: 'its headers are too large',
} as const;

/** What is HTTP and still no request to answer. */
const HEAD_FAULTS = {
  'no-host': { httpStatus: 400, reason: 'it names no Host, which HTTP/1.1 asks for' },
  expectation: { httpStatus: 417, reason: 'it expects something other than 100-continue' },
} as const;

const PHRASES: Readonly<Record<keyof typeof REASONS, string>> = {
  400: 'Bad Request',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  413: 'Content Too Large',
  414: 'URI Too Long',
  431: 'Request Header Fields Too Large',
};

function hangUpWith(socket: Duplex, httpStatus: keyof typeof REASONS): void {
  const phrase = PHRASES[httpStatus];
  socket.end(`HTTP/1.1 ${httpStatus} ${phrase}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  // A sender that goes on sending is not listened to.
  socket.once('finish', () => socket.destroy());
}
