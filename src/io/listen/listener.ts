import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Arrival, ArrivalInspector, type Inspection } from '../../domain/arrival.ts';
import { roundMs } from '../../domain/delivery.ts';
import { CallbellStatusError } from '../../errors.ts';
import { ArrivalQueue } from './arrival-queue.ts';
import { readBody } from './read-body.ts';

/** How to listen. */
export interface ListenerOptions {
  /**
   * 0 picks a free one.
   * @default 0
   */
  readonly port?: number;
  /** @default '127.0.0.1' */
  readonly host?: string;
  /**
   * Larger bodies are answered 413.
   * @default 1048576
   */
  readonly maxBodyBytes?: number;
}

/** A running listener. */
export interface Listener {
  /** Where to send to, for example `http://127.0.0.1:3000`. */
  readonly url: string;
  readonly port: number;
  /** Every request in the order of its answer; ends after `close()`. To be iterated once. */
  readonly arrivals: AsyncIterable<Arrival>;
  /** Stops accepting, lets what is under way finish (2 s at most), and ends `arrivals`. Idempotent. */
  close(): Promise<void>;
}

const DEFAULT_MAX_BODY_BYTES = 1024 * 1024;
const CLOSE_GRACE_MS = 2000;

/** Callbell expects this body from its periodic checks (documented); every request gets it. */
const OK_BODY = '{"status":"ok"}';

/**
 * Starts to receive webhooks: answers 200 `{"status":"ok"}` to every request, whatever its method and path,
 * and tells what each was.
 *
 * @throws {CallbellStatusError} `address-in-use`, `address-unavailable`
 */
export async function startListener(options: ListenerOptions = {}): Promise<Listener> {
  const { port = 0, host = '127.0.0.1', maxBodyBytes = DEFAULT_MAX_BODY_BYTES } = options;
  const arrivals = new ArrivalQueue<Arrival>();
  const inspector = new ArrivalInspector();
  let n = 0;
  const server = createServer({ headersTimeout: 10_000, requestTimeout: 30_000 }, (request, response) => {
    void receive(request, response, inspector, maxBodyBytes).then((arrival) => {
      if (arrival !== undefined) arrivals.push({ n: ++n, ...arrival });
    });
  });
  await listen(server, port, host);
  const address = server.address() as AddressInfo;
  let closing: Promise<void> | undefined;
  return {
    url: `http://${address.family === 'IPv6' ? `[${address.address}]` : address.address}:${address.port}`,
    port: address.port,
    arrivals,
    close: () => {
      closing ??= closeServer(server).finally(() => arrivals.end());
      return closing;
    },
  };
}

async function listen(server: Server, port: number, host: string): Promise<void> {
  try {
    server.listen(port, host);
    await once(server, 'listening');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EADDRINUSE') {
      throw new CallbellStatusError('address-in-use', `port ${port} is already in use`, {
        hint: 'choose another with --port, or --port 0 for any free one',
        cause: error,
      });
    }
    const why = error instanceof Error ? error.message : String(error);
    throw new CallbellStatusError('address-unavailable', `cannot listen on ${host} port ${port}: ${why}`, {
      hint: 'ports below 1024 may need special rights; the address must be one of this machine',
      cause: error,
    });
  }
}

async function closeServer(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), CLOSE_GRACE_MS);
  await closed;
  clearTimeout(timer);
}

/** Receives and answers one request. Undefined where the sender went away before it was complete. */
async function receive(
  request: IncomingMessage,
  response: ServerResponse,
  inspector: ArrivalInspector,
  maxBodyBytes: number,
): Promise<Omit<Arrival, 'n'> | undefined> {
  const began = performance.now();
  const received = new Date();
  const result = await readBody(request, maxBodyBytes);
  if ('failure' in result && result.failure === 'broken-off') return undefined;
  const body = 'body' in result ? result.body : Buffer.alloc(0);
  const method = request.method ?? '';
  const inspection: Inspection =
    'body' in result
      ? inspector.inspect({ method, body, receivedMilliseconds: received.getTime() })
      : { kind: 'unreadable', problems: [] };
  const answered = 'body' in result ? 200 : 413;
  answer(response, answered);
  return {
    receivedAt: received.toISOString(),
    method,
    path: request.url ?? '',
    headers: request.headers,
    body,
    ...inspection,
    signature: 'unchecked',
    answered,
    ms: roundMs(performance.now() - began),
  };
}

function answer(response: ServerResponse, httpStatus: number): void {
  const body = httpStatus === 200 ? OK_BODY : '{"error":"the body is too large"}';
  response.writeHead(httpStatus, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    // What is left of an oversized body must not be read as the next request.
    ...(httpStatus !== 200 && { connection: 'close' }),
  });
  response.end(body);
}
