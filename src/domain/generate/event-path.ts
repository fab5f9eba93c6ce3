import { isJsonObject } from '../json.ts';
import { nearest } from '../nearest.ts';

/** The keys and indexes that lead to a value; an index that was written in brackets is a number. */
export type EventPath = readonly (string | number)[];

const SEGMENT = /(?:^|\.)([^.[\]"']+)|\[(\d{1,9})\]|\[("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')\]/y;

/** Nothing that an event has lies deeper. */
const LONGEST_PATH = 64;

/**
 * Parses a path as people write it: `payload.contact.tags[0]`, `payload.metadata["a.b"]`, `payload.contact['name']`.
 * Undefined where it is none.
 */
export function parsePath(written: string): EventPath | undefined {
  const path: (string | number)[] = [];
  SEGMENT.lastIndex = 0;
  while (SEGMENT.lastIndex < written.length) {
    const match = SEGMENT.exec(written);
    if (match === null || path.length === LONGEST_PATH) return undefined;
    const [, key, index, quoted = ''] = match;
    path.push(key ?? (index === undefined ? unquoted(quoted) : Number(index)));
  }
  return path.length === 0 ? undefined : path;
}

function unquoted(quoted: string): string {
  const inside = quoted.slice(1, -1);
  const json = quoted.startsWith('"') ? quoted : `"${inside.replaceAll("\\'", "'").replaceAll('"', '\\"')}"`;
  try {
    return String(JSON.parse(json));
  } catch {
    return inside;
  }
}

/** Writes a path as people do. */
export function formatPath(path: EventPath): string {
  return path.reduce<string>((written, key) => {
    if (typeof key === 'number') return `${written}[${key}]`;
    if (!/^[^.[\]"']+$/.test(key)) return `${written}[${JSON.stringify(key)}]`;
    return written === '' ? key : `${written}.${key}`;
  }, '');
}

/** Whether a key is an index of a list; `tags.0` is one too. */
export function isIndex(key: string | number): boolean {
  return /^(?:0|[1-9]\d{0,8})$/.test(String(key));
}

/** The value at a path; undefined where there is none, which JSON cannot mean. */
export function valueAt(event: unknown, path: EventPath): unknown {
  let value = event;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    // A list has a member `length`, which JSON has not.
    if (Array.isArray(value) && !isIndex(key)) return undefined;
    value = (value as Record<string | number, unknown>)[key];
  }
  return value;
}

/** Finds the path that is nearest to one that none of the events has. */
export function nearestPath(
  events: readonly unknown[],
  written: string,
  optional: Iterable<string>,
): string | undefined {
  const paths = [...new Set([...events.flatMap((event) => pathsOf(event)), ...optional])];
  // A key that is right in the wrong place is likelier meant than a path that is spelled alike.
  const lastKey = written.split(/[.[\]"']+/).findLast((part) => part !== '') ?? '';
  const byPath = nearest(written, paths) ?? paths.find((path) => path.endsWith(`.${lastKey}`));
  if (byPath !== undefined) return byPath;
  const lastKeys = paths.map((path) => path.slice(path.lastIndexOf('.') + 1));
  const meant = nearest(lastKey, lastKeys);
  return meant === undefined ? undefined : paths[lastKeys.indexOf(meant)];
}

/** Lists every path that an event has, as people write it; what lies deeper than any event is left out. */
export function pathsOf(value: unknown, inside: EventPath = []): string[] {
  if (inside.length >= LONGEST_PATH) return [];
  const members: [string | number, unknown][] = Array.isArray(value)
    ? value.map((item: unknown, index) => [index, item])
    : isJsonObject(value)
      ? Object.entries(value)
      : [];
  return members.flatMap(([key, member]) => {
    const path = [...inside, key];
    return [formatPath(path), ...pathsOf(member, path)];
  });
}
