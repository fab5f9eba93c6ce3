import { isJsonObject } from '../json.ts';

const MOST_MEMBERS = 3;
const DEEPEST = 2;
const LONGEST_TEXT = 40;

/** A JSON value on one line, with an ellipsis for what an example need not show. */
export function abbreviated(value: unknown, depth = 0): string {
  if (typeof value === 'string') {
    const isLong = depth > 0 && value.length > LONGEST_TEXT;
    return JSON.stringify(isLong ? `${value.slice(0, LONGEST_TEXT)}…` : value);
  }
  if (Array.isArray(value)) {
    return enclosed(
      '[]',
      value.map((element: unknown) => abbreviated(element, depth + 1)),
      depth,
    );
  }
  if (!isJsonObject(value)) return JSON.stringify(value);
  return enclosed(
    '{}',
    Object.entries(value).map(([key, member]) => memberText(key, member, depth + 1)),
    depth,
  );
}

/** A member of an object, with its key. */
export function memberText(key: string, value: unknown, depth = 0): string {
  return `${JSON.stringify(key)}: ${abbreviated(value, depth)}`;
}

function enclosed([open = '', close = '']: string, parts: readonly string[], depth: number): string {
  if (parts.length === 0) return open + close;
  if (depth >= DEEPEST) return `${open}…${close}`;
  const shown = parts.slice(0, MOST_MEMBERS);
  return `${open}${[...shown, ...(parts.length > shown.length ? ['…'] : [])].join(', ')}${close}`;
}

/** Around a member, what else is in an object is only hinted at. */
const BESIDE = DEEPEST;

/**
 * An object where it matters whether a member is there: that one and those beside it.
 *
 * @param full the object with the member; the other one lacks nothing else
 */
export function besideMember(full: object, key: string, isThere: boolean): string {
  const entries = Object.entries(full);
  const at = entries.findIndex(([each]) => each === key);
  const parts = entries.slice(Math.max(0, at - 1), at + 2).flatMap(([each, value]) => {
    if (each !== key) return [memberText(each, value, BESIDE)];
    return isThere ? [memberText(key, value, 1)] : [];
  });
  if (at > 1) parts.unshift('…');
  if (at + 2 < entries.length) parts.push('…');
  return `{${parts.join(', ')}}`;
}
