import { lstat, readlink } from 'node:fs/promises';
import { dirname, isAbsolute, sep } from 'node:path';

/** As many as Linux follows. */
const MOST_LINKS = 40;

/** The path that a link leads to, through further links; there may be nothing yet. */
export async function followLinks(path: string): Promise<string> {
  let place = path;
  for (let left = MOST_LINKS; left > 0; left -= 1) {
    const found = await lstat(place).catch(() => undefined);
    if (found?.isSymbolicLink() !== true) return place;
    const to = await readlink(place);
    // Not joined: a folder before `..` may be a link, too.
    place = isAbsolute(to) ? to : `${dirname(place)}${sep}${to}`;
  }
  return place;
}
