import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { realpathSync, rmSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { platform, tmpdir } from 'node:os';
import { join } from 'node:path';

/** A file that is ours until it is released, or until this process ends in whatever way. */
export interface FileLock {
  release(): Promise<void>;
}

/**
 * Takes a file for this process alone; undefined where another one (or another part of this one) has it.
 *
 * What is held is a local socket with a name made from the file's path: the system lets go of it when the
 * process dies, also by SIGKILL, so no lock is ever left behind and nothing lies beside the file.
 *
 * @param file an existing file
 */
export async function lockFile(file: string): Promise<FileLock | undefined> {
  return lockPath(realpathSync(file));
}

/**
 * The same for a file that need not exist yet.
 *
 * @param path one without links in it: the file has no other name
 */
export async function lockPath(path: string): Promise<FileLock | undefined> {
  const address = addressFor(path);
  const server = (await hold(address)) ?? ((await isLeftOver(address)) ? await hold(address) : undefined);
  if (server === undefined) return undefined;
  return {
    release: async () => {
      server.close();
      await once(server, 'close');
    },
  };
}

async function hold(address: string): Promise<Server | undefined> {
  const server = createServer((socket) => socket.destroy());
  server.listen(address);
  try {
    await once(server, 'listening');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') return undefined;
    throw error;
  }
  return server.unref();
}

function addressFor(path: string): string {
  const name = `callbell-status-${createHash('sha256').update(path).digest('hex').slice(0, 32)}`;
  if (platform() === 'linux') return `\0${name}`;
  return platform() === 'win32' ? `\\\\.\\pipe\\${name}` : join(tmpdir(), `${name}.sock`);
}

/** Only where sockets are files can one outlive its process; nobody answers behind it then. */
async function isLeftOver(address: string): Promise<boolean> {
  if (!address.startsWith('/')) return false;
  const socket = connect(address);
  try {
    await once(socket, 'connect');
    return false;
  } catch {
    rmSync(address, { force: true });
    return true;
  } finally {
    socket.destroy();
  }
}
