import { realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';

/** Whether two paths lead to one file, or would if there were one. */
export async function isSameFile(path: string, other: string): Promise<boolean> {
  const [one, two] = await Promise.all([path, other].map((each) => stat(each).catch(() => undefined)));
  if (one !== undefined || two !== undefined) return one?.dev === two?.dev && one?.ino === two?.ino;
  const [place, otherPlace] = await Promise.all([path, other].map(placeOf));
  return place === otherPlace;
}

/** A path with the links in its folders followed. */
async function placeOf(path: string): Promise<string> {
  const folder = dirname(resolve(path));
  return join(await realpath(folder).catch(() => folder), basename(path));
}
