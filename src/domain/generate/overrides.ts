import { isJsonObject } from '../json.ts';
import { type EventPath, formatPath, isIndex, valueAt } from './event-path.ts';

/** A change to an event, as it was asked for. */
export type Override = {
  readonly path: EventPath;
  /** The path as it was written. */
  readonly written: string;
} & ({ readonly action: 'set'; readonly value: unknown } | { readonly action: 'unset' });

/** What Callbell documents and an event need not have (documented): it can be set where it is not. */
export const OPTIONAL_PATHS: ReadonlySet<string> = new Set([
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
function isOptional(path: EventPath): boolean {
  const dotted = path.join('.');
  return OPTIONAL_PATHS.has(dotted) || (path.length === 3 && dotted.startsWith('payload.metadata.'));
}

/**
 * Finds why an override cannot change an event: `missing` where the path is not there, else a sentence that says what
 * stands in its way. Undefined where it can.
 */
export function obstacleTo(event: unknown, override: Override, allowNew: boolean): string | undefined {
  const { path, action } = override;
  const isNewAllowed = action === 'set' && (allowNew || isOptional(path));
  let value = event;
  for (const [depth, key] of path.entries()) {
    const inside = valueAt(value, [key]);
    const blocked = inside === undefined ? blockedBy(value, key) : undefined;
    if (blocked !== undefined) return `${formatPath(path.slice(0, depth)) || 'the event'} ${blocked}`;
    value = inside;
  }
  return value === undefined && !isNewAllowed ? 'missing' : undefined;
}

/** What keeps a key from being made in a value that has it not. */
function blockedBy(value: unknown, key: string | number): string | undefined {
  if (value === undefined) return indexOfNothing(key);
  if (Array.isArray(value)) {
    if (!isIndex(key)) return `is a list, its elements have numbers: [0]`;
    const { length } = value;
    return Number(key) > length
      ? `has ${length} element${length === 1 ? '' : 's'}; the next index is ${length}`
      : undefined;
  }
  if (isJsonObject(value)) {
    return typeof key === 'number'
      ? `is an object, its members have names, not the number ${key}`
      : undefined;
  }
  if (value === null) return 'is null, it has no members: replace it as a whole with --set-json';
  return `is a ${typeof value}, it has no members`;
}

/** What is not there becomes an object for a name and a list for a number. */
function indexOfNothing(key: string | number): string | undefined {
  return typeof key === 'number' && key > 0 ? 'is not there; the first index is 0' : undefined;
}

/**
 * Makes the changes on a copy, in their order. What an override does not find is left alone. Where new paths
 * are allowed, objects and lists are made on the way, and a list grows by the element behind its last.
 */
export function applyOverrides<Event>(
  event: Event,
  overrides: readonly Override[],
  allowNew: boolean,
): Event {
  let changed: unknown = event;
  for (const override of overrides) {
    if (obstacleTo(changed, override, allowNew) === undefined)
      changed = change(changed, override.path, override);
  }
  return changed as Event;
}

/** Copies only what lies on the path: the rest is shared between events. */
function change(value: unknown, [key, ...rest]: EventPath, override: Override): unknown {
  if (key === undefined) return override.action === 'set' ? override.value : undefined;
  const isRemoval = rest.length === 0 && override.action === 'unset';
  if (Array.isArray(value) || (value === undefined && typeof key === 'number')) {
    const copy: unknown[] = Array.isArray(value) ? [...value] : [];
    const index = Number(key);
    copy.splice(index, 1, ...(isRemoval ? [] : [change(copy[index], rest, override)]));
    return copy;
  }
  const members = isJsonObject(value) ? value : {};
  if (isRemoval) return Object.fromEntries(Object.entries(members).filter(([each]) => each !== String(key)));
  // A computed key is always one of the object's own, even `__proto__`.
  const inside = Object.hasOwn(members, key) ? members[key] : undefined;
  return { ...members, [key]: change(inside, rest, override) };
}
