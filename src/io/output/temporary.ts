import { createHash, randomBytes } from 'node:crypto';
import { readdir, realpath, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { lockPath } from '../capture/file-lock.ts';

/** Something under a temporary name, held by this process. */
export interface Temporary<Made> {
  readonly path: string;
  readonly made: Made;
  /** Says that it is not used any more, under this name. */
  release(): Promise<void>;
}

/** Longer names are cut, so that the temporary one is not too long for the file system. */
const MOST_OF_NAME = 40;

/** A lock is seen on this machine only; what another one is writing into a shared folder is not ours to judge. */
const MACHINE = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);

/**
 * Makes a file or folder under a temporary name beside its final one, so that renaming it never has to copy. What a
 * process left behind that was killed while it wrote to the same place is removed first. The name begins with a dot:
 * who reads the folder passes over it.
 */
export async function createTemporary<Made>(
  target: string,
  make: (path: string) => Promise<Made>,
): Promise<Temporary<Made>> {
  const folder = await realpath(dirname(target));
  const head = `.${basename(target).slice(0, MOST_OF_NAME)}.${MACHINE}-`;
  await removeLeftOvers(folder, head);
  const path = join(folder, `${head}${randomBytes(6).toString('hex')}.part`);
  const lock = await lockPath(path).catch(() => undefined);
  const release = async (): Promise<void> => await lock?.release();
  try {
    return { path, made: await make(path), release };
  } catch (error) {
    await release();
    throw error;
  }
}

async function removeLeftOvers(folder: string, head: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    if (!name.startsWith(head) || !/^[0-9a-f]{12}\.part$/.test(name.slice(head.length))) continue;
    const path = join(folder, name);
    const lock = await lockPath(path).catch(() => undefined);
    if (lock === undefined) continue;
    await rm(path, { recursive: true, force: true }).catch(() => {});
    await lock.release();
  }
}
