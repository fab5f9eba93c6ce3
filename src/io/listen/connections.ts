import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/** Connections that are open without a whole request on them. Of more, the oldest is hung up on. */
const MAX_WAITING = 1024;

/** Requests of one connection that may be unanswered; of more (pipelining), none is read for now. */
const MAX_PIPELINED = 32;

/**
 * Keeps an eye on all connections, so that neither many that say nothing nor one that says too much can keep
 * others out or fill the memory.
 */
export class Connections {
  /** In the order in which they began to wait for a request. */
  readonly #waiting = new Set<Duplex>();
  readonly #unanswered = new WeakMap<Duplex, Set<ServerResponse>>();

  add(socket: Socket): void {
    this.#wait(socket);
    socket.once('close', () => this.#waiting.delete(socket));
  }

  /** A request has begun on its connection. */
  begin(request: IncomingMessage, response: ServerResponse): void {
    const { socket } = request;
    const unanswered = this.#unanswered.get(socket) ?? new Set();
    this.#unanswered.set(socket, unanswered.add(response));
    if (unanswered.size >= MAX_PIPELINED) socket.pause();
    request.once('end', () => this.#waiting.delete(socket));
    response.once('close', () => {
      unanswered.delete(response);
      if (socket.destroyed) return;
      if (socket.isPaused()) socket.resume();
      if (unanswered.size === 0) this.#wait(socket);
    });
  }

  /** Whether an error on a connection can still be answered: not in the middle of, or before, another answer. */
  canStillBeTold(socket: Duplex): boolean {
    const [current, ...others] = this.#unanswered.get(socket) ?? [];
    return socket.writable && others.length === 0 && current?.headersSent !== true;
  }

  #wait(socket: Duplex): void {
    this.#waiting.delete(socket);
    this.#waiting.add(socket);
    if (this.#waiting.size <= MAX_WAITING) return;
    for (const oldest of this.#waiting) {
      this.#waiting.delete(oldest);
      oldest.destroy();
      return;
    }
  }
}
