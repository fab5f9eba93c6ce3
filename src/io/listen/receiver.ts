import { once, setMaxListeners } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { Arrival } from '../../domain/arrival/arrival.ts';
import { MessageHistories } from '../../domain/arrival/message-histories.ts';
import type { ListenerNotice } from '../../domain/arrival/notice.ts';
import { ReplyPlan } from '../../domain/arrival/reply.ts';
import { Resends } from '../../domain/arrival/resends.ts';
import { CallbellStatusError } from '../../errors.ts';
import { bind } from './bind.ts';
import { allowedHosts } from './check-head.ts';
import { Forwarder } from './forwarder.ts';
import { HeldBytes } from './held-bytes.ts';
import { Intake } from './intake.ts';
import type { ListenerOptions } from './listener-options.ts';
import type { Reception } from './reception.ts';
import { RequestRecorder } from './request-recorder.ts';
import { type BoundedServer, createBoundedServer } from './server-limits.ts';

/** What a receiver needs of the world, besides its options. */
export interface ReceiverWorld {
  /** The time in milliseconds since 1970. */
  readonly now: () => number;
  /** A whole number, for what is random about the answers. */
  readonly randomSeed: () => number;
  /** Called for each arrival, right after its answer; must be quick. */
  readonly onArrival: (arrival: Arrival) => void;
  /**
   * Called with each error that is nobody's doing but ours (or a callback's), after the request it happened in was
   * answered 500. Must not throw.
   */
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
export async function startReceiver(options: ListenerOptions, world: ReceiverWorld): Promise<Receiver> {
  const { port = 0, host = '127.0.0.1', timeouts = {} } = options;
  const { onArrival, onFault } = world;
  const onNotice = noticeCaller(options.onNotice, onFault);
  const closing = new AbortController();
  const givingUp = new AbortController();
  // Every answer that waits listens to one of them.
  setMaxListeners(0, closing.signal, givingUp.signal);
  const reception = await prepare(options, world, onNotice, closing.signal, givingUp.signal);
  const resends = new Resends();
  const tell = (arrival: Arrival): void => onArrival(resends.follow(arrival));
  const intake = new Intake(reception, { onArrival: tell, onFault });
  const bounded = createBoundedServer({
    onRequest: (request, response) => intake.receive(request, response),
    onBadRequest: (httpStatus, reason) => onNotice({ code: 'bad-request', httpStatus, reason }),
    timeouts,
    heldBytes: reception.heldBytes,
  });
  const release = async (): Promise<void> => {
    await reception.forwarder?.close();
    await reception.recorder?.close();
  };
  try {
    await bind(bounded.server, port, host);
  } catch (error) {
    await release();
    throw error;
  }
  const address = bounded.server.address() as AddressInfo;
  let closed: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    closing.abort();
    await closeServer(bounded, intake, givingUp);
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

/** An error of a callback that others wrote is reported, and ends nothing that goes on here. */
function noticeCaller(
  onNotice: ListenerOptions['onNotice'],
  onFault: (error: unknown) => void,
): (notice: ListenerNotice) => void {
  return (notice) => {
    try {
      const result: unknown = onNotice?.(notice);
      if (result instanceof Promise) result.catch(onFault);
    } catch (error) {
      onFault(error);
    }
  };
}

async function prepare(
  options: ListenerOptions,
  { now, randomSeed }: ReceiverWorld,
  onNotice: (notice: ListenerNotice) => void,
  closing: AbortSignal,
  givingUp: AbortSignal,
): Promise<Reception> {
  const { host = '127.0.0.1', allowHosts = [], maxBodyBytes = DEFAULT_MAX_BODY_BYTES } = options;
  const { signature, requireSignature = false, record, forward, reply = {}, seed = randomSeed() } = options;
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
    heldBytes: new HeldBytes(maxBodyBytes),
    now,
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

async function closeServer(
  { server, stopAccepting }: BoundedServer,
  intake: Intake,
  givingUp: AbortController,
): Promise<void> {
  const closed = once(server, 'close');
  stopAccepting();
  const timer = setTimeout(() => givingUp.abort(), CLOSE_GRACE_MS);
  givingUp.signal.addEventListener('abort', () => void hangUp(server, intake), { once: true });
  if (givingUp.signal.aborted) void hangUp(server, intake);
  await closed;
  await intake.idle();
  clearTimeout(timer);
}

/** Closes all connections; what was given up a moment ago is recorded first, and gets its answer out. */
async function hangUp(server: BoundedServer['server'], intake: Intake): Promise<void> {
  await Promise.race([intake.idle(), wait(GIVE_UP_GRACE_MS, undefined, { ref: false })]);
  setImmediate(() => server.closeAllConnections());
}
