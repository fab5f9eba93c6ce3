import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { HeldBytes } from './held-bytes.ts';
import type { QueuedResponse } from './queued-response.ts';

/** Connections that are open without a whole request on them. Of more, the oldest is hung up on. */
const MAX_WAITING = 1024;

/**
 * Requests of one connection that may be unanswered; of more (pipelining), none is read until these are answered. Where
 * much memory is held in all, it is one.
 */
const MAX_PIPELINED = 32;

/**
 * Keeps an eye on all connections, so that neither many that say nothing nor one that says too much can keep
 * others out or fill the memory.
 */
export class Connections {
  readonly #heldBytes: HeldBytes;
  readonly #open = new Map<Duplex, Connection>();
  /** Those that pipelined too much and are answered: they are read from again one by one. */
  readonly #held = new Set<Connection>();
  #waiting = 0;
  #clock = 0;

  constructor(heldBytes: HeldBytes) {
    this.#heldBytes = heldBytes;
  }

  add(socket: Socket): void {
    const connection: Connection = { socket, unanswered: [], waitingSince: undefined, isHeld: false };
    this.#open.set(socket, connection);
    this.#wait(connection);
    // Node resumes a connection for each request that is complete, also when it is told to pause.
    socket.on('resume', () => {
      if (connection.isHeld) socket.pause();
    });
    socket.once('close', () => {
      this.#stopWaiting(connection);
      this.#open.delete(socket);
      for (const response of connection.unanswered) response.loseConnection();
    });
  }

  /** A request has begun on its connection. */
  begin(request: IncomingMessage, response: QueuedResponse): void {
    const connection = this.#open.get(request.socket);
    if (connection === undefined) return;
    const { socket, unanswered } = connection;
    unanswered.push(response);
    const isTooMany =
      unanswered.length >= MAX_PIPELINED || (unanswered.length > 1 && this.#heldBytes.isHalfFull);
    if (isTooMany && !connection.isHeld) {
      connection.isHeld = true;
      socket.pause();
    }
    request.on('end', () => this.#stopWaiting(connection));
    response.on('close', () => {
      unanswered.splice(unanswered.indexOf(response), 1);
      if (socket.destroyed) return;
      if (unanswered.length === 0) this.#wait(connection);
      // The last one may be there in part only, and is answered when the rest of it is read.
      if (connection.isHeld && unanswered.length <= 1) this.#letGoInTurn(connection);
    });
  }

  /** Hangs up on those that never sent anything, which Node does not count as idle. */
  closeUnused(): void {
    for (const { socket } of this.#open.values()) if (socket.bytesRead === 0) socket.destroy();
  }

  /** Whether an error on a connection can still be answered: not in the middle of, or before, another answer. */
  canStillBeTold(socket: Duplex): boolean {
    const [current, ...others] = this.#open.get(socket)?.unanswered ?? [];
    return socket.writable && others.length === 0 && current?.headersSent !== true;
  }

  /**
   * One read brings hundreds of small requests: if all that pipeline were read from at once, whoever sends one
   * request would wait for tens of thousands.
   */
  #letGoInTurn(connection: Connection): void {
    if (this.#held.size === 0) setImmediate(() => this.#letGoNext());
    this.#held.add(connection);
  }

  #letGoNext(): void {
    const [connection] = this.#held;
    if (connection === undefined) return;
    this.#held.delete(connection);
    connection.isHeld = false;
    connection.socket.resume();
    if (this.#held.size > 0) setImmediate(() => this.#letGoNext());
  }

  #wait(connection: Connection): void {
    if (connection.waitingSince === undefined) this.#waiting += 1;
    this.#clock += 1;
    connection.waitingSince = this.#clock;
    if (this.#waiting > MAX_WAITING) this.#hangUpOnOldest();
  }

  #stopWaiting(connection: Connection): void {
    if (connection.waitingSince === undefined) return;
    connection.waitingSince = undefined;
    this.#waiting -= 1;
  }

  /** Looks at all: that is rare, and keeping them in order would cost every request. */
  #hangUpOnOldest(): void {
    let oldest: Connection | undefined;
    for (const connection of this.#open.values()) {
      const { waitingSince = Number.POSITIVE_INFINITY } = connection;
      if (waitingSince < (oldest?.waitingSince ?? Number.POSITIVE_INFINITY)) oldest = connection;
    }
    if (oldest === undefined) return;
    this.#stopWaiting(oldest);
    oldest.socket.destroy();
  }
}

interface Connection {
  readonly socket: Socket;
  /** In the order of their requests. */
  readonly unanswered: QueuedResponse[];
  /** When it began to wait for a whole request, counted; undefined while it does not wait for one. */
  waitingSince: number | undefined;
  /** It pipelined too much and is not read from for now. */
  isHeld: boolean;
}
