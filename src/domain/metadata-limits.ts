/** Callbell's limits to what a sender may attach to a message, in pairs and in characters (documented on its send API). */
export const METADATA_LIMITS = { pairs: 10, key: 50, value: 500 } as const;

/** Counts characters: an emoji is one, though it is two UTF-16 units. */
export function charactersOf(text: string): number {
  let count = 0;
  for (const _character of text) count += 1;
  return count;
}
