/** Deeper JSON is read, but not written anew: it would take a stack of its own depth. No webhook is a tenth as deep. */
export const MOST_DEPTH = 1000;

/** Whether a parsed JSON value is nested more than {@link MOST_DEPTH} levels deep. */
export function isTooDeep(value: unknown, left: number = MOST_DEPTH): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (left === 0) return true;
  return Object.values(value).some((member) => isTooDeep(member, left - 1));
}
