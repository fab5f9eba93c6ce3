import { fstatSync, type Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { listSources } from '../../io/capture/list-sources.ts';
import { isSameFile } from '../../io/output/same-file.ts';

/** What is known of a file that is read; of what is redirected to standard input, too. Undefined where it is nothing. */
export async function statOfSource(file: string, stdin: Readable): Promise<Stats | undefined> {
  if (file !== '-') return stat(file).catch(() => undefined);
  const fd: unknown = 'fd' in stdin ? stdin.fd : undefined;
  return typeof fd === 'number' ? fstatSync(fd) : undefined;
}

/** Whether a file is among those that are read, under whatever name, or in a folder that is read. */
export async function readsFrom(path: string, files: readonly string[], stdin: Readable): Promise<boolean> {
  const wanted = await stat(path).catch(() => undefined);
  for await (const { path: file, passedOver } of listSources(files)) {
    if (passedOver !== undefined) continue;
    const found = wanted && (await statOfSource(file, stdin));
    if (found ? found.ino === wanted.ino && found.dev === wanted.dev : await isSameFile(file, path))
      return true;
  }
  return false;
}
