import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { whyPassedOver } from './passed-over.ts';

/** Names that say JSON; such a file is read whatever it begins with. */
const JSON_NAME = /\.(?:json|ndjson|jsonl|har)(?:\.gz)?$/i;
/** A file to read, or one of a folder that is passed over. */
export interface Source {
  readonly path: string;
  /** Why it is not read, in a few words; undefined where it is to be read. */
  readonly passedOver: string | undefined;
}

/**
 * Lists the files to read for what was named: a file is itself, a folder gives the captures in it and below, in the
 * order of their names. There, a file is a capture if its name or its first character says JSON, or if there is an
 * event in its text; all others are passed over. Hidden files are left out, and a link that leads back into the same
 * folder is not followed again.
 *
 * What cannot be looked at is given as it is, so that whoever opens it says why not.
 */
export async function* listSources(paths: readonly string[]): AsyncGenerator<Source> {
  for (const path of paths) {
    if (path !== '-' && (await kindOf(path)) === 'folder') yield* listFolder(path, new Set());
    else yield { path, passedOver: undefined };
  }
}

/** The path of a file that no link leads to: the same for all names of the file. What has none is given as it is. */
export async function realPathOf(path: string): Promise<string> {
  return path === '-' ? path : realpath(path).catch(() => path);
}

async function* listFolder(folder: string, seen: Set<string>): AsyncGenerator<Source> {
  const real = await realpath(folder);
  if (seen.has(real)) return;
  seen.add(real);
  const names = await readdir(folder).catch(() => undefined);
  if (names === undefined) return yield { path: folder, passedOver: undefined };
  for (const name of names.sort()) {
    if (name.startsWith('.') || name === 'node_modules') continue;
    const path = join(folder, name);
    const kind = await kindOf(path);
    if (kind === 'folder') {
      yield* listFolder(path, seen);
      continue;
    }
    const isNamedJson = JSON_NAME.test(name) && kind !== 'other';
    const passedOver = isNamedJson ? undefined : kind === 'file' ? await whyPassedOver(path) : NO_FILE[kind];
    yield { path, passedOver };
  }
}

const NO_FILE = { missing: 'a link to nothing', other: 'a pipe, a socket or a device' } as const;

async function kindOf(path: string): Promise<'folder' | 'file' | 'other' | 'missing'> {
  const stats = await stat(path).catch(() => undefined);
  if (stats === undefined) return 'missing';
  if (stats.isDirectory()) return 'folder';
  return stats.isFile() ? 'file' : 'other';
}
