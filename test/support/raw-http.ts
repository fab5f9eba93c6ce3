import { connect, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** A connection on which anything can be sent. */
export interface RawConnection {
  readonly socket: Socket;
  send(bytes: string | Buffer): void;
  /** Resolves with everything received, when it matches or the other side hangs up. */
  until(expected: RegExp): Promise<string>;
  /** Resolves with everything received, when the other side hangs up. */
  closed(): Promise<string>;
}

/** Opens a raw connection; it is closed when the test ends. */
export function connectRaw(port: number): RawConnection {
  const socket = connect(port, '127.0.0.1');
  let received = '';
  let isClosed = false;
  const watchers = new Set<() => void>();
  const notify = (): void => {
    for (const watch of watchers) watch();
  };
  socket.setEncoding('latin1');
  socket.on('data', (text: string) => {
    received += text;
    notify();
  });
  // A connection that is reset is closed as well.
  socket.on('error', () => {});
  socket.on('close', () => {
    isClosed = true;
    notify();
  });
  onTestFinished(() => {
    socket.destroy();
  });
  const when = (isReached: () => boolean): Promise<string> =>
    new Promise((resolve) => {
      const watch = (): void => {
        if (!isReached()) return;
        watchers.delete(watch);
        resolve(received);
      };
      watchers.add(watch);
      watch();
    });
  return {
    socket,
    send: (bytes) => void socket.write(bytes),
    until: (expected) => when(() => isClosed || expected.test(received)),
    closed: () => when(() => isClosed),
  };
}

/** The status codes of all answers in what was received. */
export function statusesIn(received: string): number[] {
  return [...received.matchAll(/HTTP\/1\.1 (\d{3})/g)].map((match) => Number(match[1]));
}
