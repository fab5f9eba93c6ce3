import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { uuidIn } from './captures.ts';

/** A handler that remembers each event it was asked to take, and which of them it has acknowledged. */
export interface CountingHandler {
  readonly url: string;
  /** How often each event came, by the uuid of its message. */
  readonly received: ReadonlyMap<string, number>;
  /** The body of each event that was answered with 200, by uuid. */
  readonly acknowledged: ReadonlyMap<string, string>;
  /** Closes it at once, also while requests are open. */
  kill(): void;
}

/** What a handler does with one request; `n` counts from 1. */
export type Behaviour = (n: number, answer: (httpStatus: number) => void) => void;

/** Starts a handler on a free port of this machine. */
export async function startCountingHandler(behave: Behaviour): Promise<CountingHandler> {
  const received = new Map<string, number>();
  const acknowledged = new Map<string, string>();
  let n = 0;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      const uuid = uuidIn(body);
      received.set(uuid, (received.get(uuid) ?? 0) + 1);
      n += 1;
      behave(n, (httpStatus) => {
        if (httpStatus === 200) acknowledged.set(uuid, body);
        response.writeHead(httpStatus).end('{"status":"ok"}');
      });
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const kill = (): void => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${port}`, received, acknowledged, kill };
}
