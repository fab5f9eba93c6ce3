import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { fstatSync, realpathSync, rmSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { platform, tmpdir } from 'node:os';
import { join } from 'node:path';

/** A file that is ours until it is released, or until this process ends in whatever way. */
export interface FileLock {
  release(): Promise<void>;
}

/** The lock of a file that may be moved away and begun anew while it is held. */
export interface OpenFileLock extends FileLock {
  /** Holds another file instead, which has taken the place of the first; its name stays held. */
  follow(descriptor: number): void;
}

/**
 * Takes a file for this process alone; undefined where another one (or another part of this one) has it.
 *
 * Held are two local sockets: one named after the path, one after the device and inode, so that hard links and a file
 * that was renamed are known as the same. The system lets go of them when the process dies, also by SIGKILL: no lock is
 * ever left behind and nothing lies beside the file. Containers with networks of their own do not see each other's.
 *
 * @param file an existing file
 * @param descriptor the same file, open
 */
export async function lockFile(file: string, descriptor: number): Promise<OpenFileLock | undefined> {
  const name = await lockPath(realpathSync(file));
  if (name === undefined) return undefined;
  const content = await lockPath(identityOf(descriptor));
  if (content === undefined) {
    await name.release();
    return undefined;
  }
  let current = Promise.resolve<FileLock | undefined>(content);
  return {
    follow: (other) => {
      const identity = identityOf(other);
      current = current.then(async (held) => {
        await held?.release();
        // Who has it was told by the name already, which is ours.
        return lockPath(identity).catch(() => undefined);
      });
    },
    release: async () => {
      await (await current)?.release();
      await name.release();
    },
  };
}

function identityOf(descriptor: number): string {
  const { dev, ino } = fstatSync(descriptor, { bigint: true });
  return `${dev}:${ino}`;
}

/**
 * Takes a name for this process alone, that of a file which need not exist yet for example.
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

function addressFor(held: string): string {
  const name = `callbell-status-${createHash('sha256').update(held).digest('hex').slice(0, 32)}`;
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
