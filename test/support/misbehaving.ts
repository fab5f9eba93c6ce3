import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { temporaryFolder } from './files.ts';

/** Starts a server that speaks raw TCP, on a free port; it is closed when the test ends. */
export async function startRawServer(talk: (socket: Socket) => void, host = '127.0.0.1'): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    talk(socket);
  });
  server.listen(0, host);
  await once(server, 'listening');
  closeAtEnd(server, sockets);
  return (server.address() as AddressInfo).port;
}

/** Closes a server with all its connections when the test ends. */
function closeAtEnd(server: Server, sockets: ReadonlySet<Socket>): void {
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, 'close');
  });
}

/** Answers every request on a connection once its head has come, with raw bytes. */
export function answering(reply: (socket: Socket) => void): (socket: Socket) => void {
  return (socket) => {
    socket.on('data', (chunk: Buffer) => {
      if (chunk.includes('\r\n\r\n')) reply(socket);
    });
  };
}

/** A self-signed certificate for `localhost`, made by openssl. */
export function selfSignedCertificate(): {
  readonly key: string;
  readonly cert: string;
  readonly file: string;
} {
  const folder = temporaryFolder();
  const keyFile = join(folder, 'key.pem');
  const file = join(folder, 'cert.pem');
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
  execFileSync(
    'openssl',
    [
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:prime256v1',
      '-nodes',
      '-days',
      '2',
      ...subject,
      '-keyout',
      keyFile,
      '-out',
      file,
    ],
    { stdio: 'ignore' },
  );
  return { key: readFileSync(keyFile, 'utf8'), cert: readFileSync(file, 'utf8'), file };
}
