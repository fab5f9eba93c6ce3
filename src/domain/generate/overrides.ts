import { isJsonObject } from '../json.ts';
import { nearest } from '../nearest.ts';

/** A change to an event, as it was asked for. */
export type Override = {
  readonly path: readonly string[];
  /** The path as it was written. */
  readonly written: string;
} & ({ readonly action: 'set'; readonly value: unknown } | { readonly action: 'unset' });

const SEGMENT = /(?:^|\.)([^.[\]"]+)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]/y;

/**
 * The keys and indexes of a path as people write it: `payload.contact.tags[0]`, `payload.metadata["a.b"]`.
 * Undefined where it is none.
 */
export function parsePath(written: string): string[] | undefined {
  const path: string[] = [];
  SEGMENT.lastIndex = 0;
  while (SEGMENT.lastIndex < written.length) {
    const match = SEGMENT.exec(written);
    if (match === null) return undefined;
    const [, key, index, quoted] = match;
    path.push(key ?? index ?? unquote(quoted ?? '""'));
  }
  return path.length === 0 ? undefined : path;
}

function unquote(quoted: string): string {
  try {
    return String(JSON.parse(quoted));
  } catch {
    return quoted.slice(1, -1);
  }
}

/** What Callbell documents and an event need not have (documented): it can be set where it is not. */
const OPTIONAL_PATHS: ReadonlySet<string> = new Set([
  'payload.metadata',
  'payload.contact',
  'payload.messageStatusPayload',
  ...['uuid', 'name', 'phoneNumber', 'avatarUrl', 'createdAt', 'closedAt', 'blockedAt', 'source'].map(
    ofContact,
  ),
  ...['href', 'conversationHref', 'tags', 'assignedUser', 'customFields', 'funnelId', 'team'].map(ofContact),
  ...['channel', 'bsuid', 'note'].map(ofContact),
]);

function ofContact(key: string): string {
  return `payload.contact.${key}`;
}

/** Whether an override is about something an event may have: optional, or a pair of the sender's own. */
function isOptional(path: readonly string[]): boolean {
  const dotted = path.join('.');
  return OPTIONAL_PATHS.has(dotted) || (path.length === 3 && dotted.startsWith('payload.metadata.'));
}

/** Whether an override changes an event. */
export function isApplicable(event: unknown, { path, action }: Override, allowNew: boolean): boolean {
  return valueAt(event, path) !== undefined || (action === 'set' && (allowNew || isOptional(path)));
}

/** The value at a path; undefined where there is none, which JSON cannot mean. */
export function valueAt(event: unknown, path: readonly string[]): unknown {
  let value = event;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}

/**
 * Makes the changes on a copy, in their order. What an override does not find is left alone. Where new paths
 * are allowed, objects are made on the way, and an array grows by the element behind its last.
 */
export function applyOverrides<Event>(
  event: Event,
  overrides: readonly Override[],
  allowNew: boolean,
): Event {
  let changed: unknown = event;
  for (const override of overrides) {
    if (isApplicable(changed, override, allowNew)) changed = change(changed, override.path, override);
  }
  return changed as Event;
}

/** Copies only what lies on the path: the rest is shared between events. */
function change(value: unknown, [key, ...rest]: readonly string[], override: Override): unknown {
  if (key === undefined) return override.action === 'set' ? override.value : undefined;
  if (Array.isArray(value)) return changeElement(value, key, rest, override);
  if (value !== undefined && !isJsonObject(value)) return value;
  if (rest.length === 0 && override.action === 'unset') {
    return Object.fromEntries(Object.entries(value ?? {}).filter(([each]) => each !== key));
  }
  // A computed key is always one of the object's own, even `__proto__`.
  const inside = value !== undefined && Object.hasOwn(value, key) ? value[key] : undefined;
  return { ...value, [key]: change(inside, rest, override) };
}

function changeElement(
  list: readonly unknown[],
  key: string,
  rest: readonly string[],
  override: Override,
): unknown[] {
  const index = Number(key);
  if (!/^\d+$/.test(key) || index > list.length) return [...list];
  if (rest.length === 0 && override.action === 'unset') return list.toSpliced(index, 1);
  const copy = [...list];
  copy[index] = change(list[index], rest, override);
  return copy;
}

/** The path of an event, of those it has, that is nearest to one that it has not. */
export function nearestPath(events: readonly unknown[], written: string): string | undefined {
  const paths = new Set([...events.flatMap((event) => pathsOf(event)), ...OPTIONAL_PATHS]);
  // A key that is right in the wrong place is likelier meant than a path that is spelled alike.
  const lastKey = written.split(/[.[\]"]+/).findLast((part) => part !== '');
  return (
    nearest(written, [...paths]) ??
    [...paths].find((path) => path.endsWith(`.${lastKey}`)) ??
    nearestByKey(lastKey ?? '', [...paths])
  );
}

function nearestByKey(key: string, paths: readonly string[]): string | undefined {
  const lastKeys = paths.map((path) => path.slice(path.lastIndexOf('.') + 1));
  const meant = nearest(key, lastKeys);
  return meant === undefined ? undefined : paths[lastKeys.indexOf(meant)];
}

/** Every path that an event has, as people write it. */
export function pathsOf(value: unknown, prefix = ''): string[] {
  if (Array.isArray(value)) {
    return value.flatMap((item: unknown, index) => pathAndBelow(item, `${prefix}[${index}]`));
  }
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([key, member]) => {
    const segment = /^[^.[\]"]+$/.test(key)
      ? `${prefix === '' ? '' : '.'}${key}`
      : `[${JSON.stringify(key)}]`;
    return pathAndBelow(member, prefix + segment);
  });
}

function pathAndBelow(value: unknown, path: string): string[] {
  return [path, ...pathsOf(value, path)];
}
