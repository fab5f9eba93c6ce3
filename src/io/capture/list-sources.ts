import { open, readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, constants as zlib } from 'node:zlib';
import { beginsLikeLog } from '../../domain/validate/log-head.ts';

/** Names that say JSON; such a file is read whatever it begins with. */
const JSON_NAME = /\.(?:json|ndjson|jsonl|har)(?:\.gz)?$/i;
const HEAD_BYTES = 4096;

/**
 * The files to read for what was named: a file is itself, a folder gives the captures in it and below, in the
 * order of their names. There, a file is a capture if its name or its first character says JSON; hidden ones,
 * pipes, sockets and devices are left out, and a link that leads back into the same folder is not followed again.
 *
 * What cannot be looked at is given as it is, so that whoever opens it says why not.
 */
export async function* listSources(paths: readonly string[]): AsyncGenerator<string> {
  for (const path of paths) {
    if (path !== '-' && (await kindOf(path)) === 'folder') yield* listFolder(path, new Set());
    else yield path;
  }
}

/** The path of a file that no link leads to: the same for all names of the file. What has none is given as it is. */
export async function realPathOf(path: string): Promise<string> {
  return path === '-' ? path : realpath(path).catch(() => path);
}

async function* listFolder(folder: string, seen: Set<string>): AsyncGenerator<string> {
  const real = await realpath(folder);
  if (seen.has(real)) return;
  seen.add(real);
  const names = await readdir(folder).catch(() => undefined);
  if (names === undefined) return yield folder;
  for (const name of names.sort()) {
    if (name.startsWith('.') || name === 'node_modules') continue;
    const path = join(folder, name);
    const kind = await kindOf(path);
    if (kind === 'folder') yield* listFolder(path, seen);
    else if (kind === 'missing' && JSON_NAME.test(name)) yield path;
    else if (kind === 'file' && (JSON_NAME.test(name) || (await beginsLikeJson(path)))) yield path;
  }
}

async function kindOf(path: string): Promise<'folder' | 'file' | 'other' | 'missing'> {
  const stats = await stat(path).catch(() => undefined);
  if (stats === undefined) return 'missing';
  if (stats.isDirectory()) return 'folder';
  return stats.isFile() ? 'file' : 'other';
}

/** Whether the first character of a file, unzipped, is a bracket. */
async function beginsLikeJson(path: string): Promise<boolean> {
  const file = await open(path).catch(() => undefined);
  if (file === undefined) return false;
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    const head = buffer.subarray(0, bytesRead);
    const plain = head[0] === 0x1f && head[1] === 0x8b ? unzipHead(head) : head;
    const text = plain.toString('utf8');
    // The time or the level in brackets with which a line of a log begins.
    return /^(?:\ufeff)?\s*[{[]/.test(text) && !beginsLikeLog(text);
  } finally {
    await file.close();
  }
}

function unzipHead(head: Buffer): Buffer {
  try {
    // The head of the file is not the whole of it: what there is is given without the end being checked.
    return gunzipSync(head, { finishFlush: zlib.Z_SYNC_FLUSH, maxOutputLength: 16 * 1024 * 1024 });
  } catch {
    return Buffer.alloc(0);
  }
}
