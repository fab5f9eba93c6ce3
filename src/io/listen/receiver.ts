import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { Arrival } from '../../domain/arrival/arrival.ts';
import { MessageHistories } from '../../domain/arrival/message-histories.ts';
import type { ListenerNotice } from '../../domain/arrival/notice.ts';
import { ReplyPlan, type ReplyPlanOptions } from '../../domain/arrival/reply.ts';
import type { SignatureCheck } from '../../domain/arrival/signature.ts';
import { CallbellStatusError } from '../../errors.ts';
import { allowedHosts } from './check-head.ts';
import { Forwarder, type ForwardOptions } from './forwarder.ts';
import { Intake } from './intake.ts';
import type { Reception } from './reception.ts';
import { type RecordOptions, RequestRecorder } from './request-recorder.ts';
import { createBoundedServer, type ServerTimeouts } from './server-limits.ts';

/** How to receive. */
export interface ReceiverOptions {
  /**
   * 0 picks a free one.
   * @default 0
   */
  readonly port?: number;
  /**
   * The address to listen on. Another than this machine's own lets everybody in who can reach it.
   * @default '127.0.0.1'
   */
  readonly host?: string;
  /** Names besides this machine's own that a `Host` header may have, a tunnel's for example. */
  readonly allowHosts?: readonly string[];
  /**
   * Larger bodies are answered 413; counted as sent and as unpacked.
   * @default 1048576
   */
  readonly maxBodyBytes?: number;
  /** Verifies signatures with this secret. */
  readonly signature?: SignatureCheck;
  /**
   * Answers 401 to what is not verified. A check of the connection, which has no event, is answered as usual and
   * not passed on.
   * @default false
   */
  readonly requireSignature?: boolean;
  /** Writes each request to a file before it is answered. */
  readonly record?: RecordOptions;
  /** Passes each request on, and gives the sender the first target's answer. */
  readonly forward?: ForwardOptions;
  /** Answers otherwise than with an immediate 200. */
  readonly reply?: ReplyPlanOptions;
  /** For what is random about the answers. */
  readonly seed?: number;
  readonly timeouts?: ServerTimeouts;
  /** Told of what is not an arrival: a capture that cannot be written, a target that went away. */
  readonly onNotice?: (notice: ListenerNotice) => void;
  /** Called for each arrival, right after its answer; must be quick and must not throw. */
  readonly onArrival: (arrival: Arrival) => void;
  /** Called with what should never happen: an error of our own while a request was received. */
  readonly onFault: (error: unknown) => void;
}

/** A running server that receives. */
export interface Receiver {
  readonly url: string;
  readonly port: number;
  /** Stops accepting, lets what is under way finish (2 s at most), writes what is to be written. Idempotent. */
  close(): Promise<void>;
  /** Ends the wait for what is under way: it is answered 502, kept as not forwarded, and told of. */
  giveUp(): void;
}

const DEFAULT_MAX_BODY_BYTES = 1024 * 1024;
const CLOSE_GRACE_MS = 2000;

/** How long answering and recording what was given up may take. */
const GIVE_UP_GRACE_MS = 250;

/** @throws {CallbellStatusError} `address-in-use`, `address-unavailable`, `write-failed` */
export async function startReceiver(options: ReceiverOptions): Promise<Receiver> {
  const { port = 0, host = '127.0.0.1', onArrival, onFault, onNotice = () => {}, timeouts } = options;
  const closing = new AbortController();
  const givingUp = new AbortController();
  const reception = await prepare(options, onNotice, closing.signal, givingUp.signal);
  const intake = new Intake(reception, { onArrival, onFault });
  const server = createBoundedServer({
    onRequest: (request, response) => intake.receive(request, response),
    onBadRequest: (httpStatus, reason) => onNotice({ code: 'bad-request', httpStatus, reason }),
    ...(timeouts !== undefined && { timeouts }),
  });
  const release = async (): Promise<void> => {
    await reception.forwarder?.close();
    await reception.recorder?.close();
  };
  try {
    await listen(server, port, host);
  } catch (error) {
    await release();
    throw error;
  }
  const address = server.address() as AddressInfo;
  let closed: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    closing.abort();
    await closeServer(server, intake, givingUp);
    await release();
  };
  return {
    url: `http://${reachableName(address)}:${address.port}`,
    port: address.port,
    close: () => {
      closed ??= close();
      return closed;
    },
    giveUp: () => givingUp.abort(),
  };
}

async function prepare(
  options: ReceiverOptions,
  onNotice: (notice: ListenerNotice) => void,
  closing: AbortSignal,
  givingUp: AbortSignal,
): Promise<Reception> {
  const { host = '127.0.0.1', allowHosts = [], maxBodyBytes = DEFAULT_MAX_BODY_BYTES } = options;
  const {
    signature,
    requireSignature = false,
    record,
    forward,
    reply = {},
    seed = randomInt(2 ** 32),
  } = options;
  if (requireSignature && signature === undefined) {
    throw new CallbellStatusError(
      'usage',
      'a signature cannot be required without a secret to verify it with',
    );
  }
  return {
    hosts: allowedHosts(host, allowHosts),
    maxBodyBytes,
    histories: new MessageHistories(),
    signature,
    requireSignature,
    plan: new ReplyPlan(reply, seed),
    recorder: record && (await RequestRecorder.open(record, onNotice)),
    forwarder:
      forward && forward.targets.length > 0 ? await Forwarder.create(forward, onNotice, givingUp) : undefined,
    closing,
    givingUp,
  };
}

/** The address as it stands in a URL; an open one is reached on this machine by its loopback address. */
function reachableName({ address, family }: AddressInfo): string {
  if (address === '0.0.0.0') return '127.0.0.1';
  if (family !== 'IPv6') return address;
  return address === '::' ? '[::1]' : `[${address}]`;
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
    const { why, hint } = whyUnavailable(error, code);
    throw new CallbellStatusError('address-unavailable', `cannot listen on ${host} port ${port}: ${why}`, {
      ...(hint !== undefined && { hint }),
      cause: error,
    });
  }
}

const UNAVAILABLE: Readonly<Record<string, { readonly why: string; readonly hint: string }>> = {
  EACCES: { why: 'permission denied', hint: 'ports below 1024 need special rights: choose a higher one' },
  EADDRNOTAVAIL: {
    why: 'this is no address of this machine',
    hint: 'the usual one is 127.0.0.1; 0.0.0.0 is all addresses this machine has',
  },
  ENOTFOUND: { why: 'there is no such name', hint: 'check its spelling, or use an address: 127.0.0.1' },
  EAI_AGAIN: { why: 'the name could not be looked up', hint: 'use an address: 127.0.0.1' },
};

function whyUnavailable(error: unknown, code: unknown): { readonly why: string; readonly hint?: string } {
  return UNAVAILABLE[String(code)] ?? { why: error instanceof Error ? error.message : String(error) };
}

async function closeServer(server: Server, intake: Intake, givingUp: AbortController): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  const timer = setTimeout(() => givingUp.abort(), CLOSE_GRACE_MS);
  givingUp.signal.addEventListener('abort', () => void hangUp(server, intake), { once: true });
  if (givingUp.signal.aborted) void hangUp(server, intake);
  await closed;
  await intake.idle();
  clearTimeout(timer);
}

/** Closes all connections; what was given up a moment ago is recorded first, and gets its answer out. */
async function hangUp(server: Server, intake: Intake): Promise<void> {
  await Promise.race([intake.idle(), wait(GIVE_UP_GRACE_MS, undefined, { ref: false })]);
  setImmediate(() => server.closeAllConnections());
}
