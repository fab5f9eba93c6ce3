import { isJsonObject } from '../json.ts';
import { isMessageStatus, MESSAGE_STATUSES } from '../status.ts';
import type { ProbeReading } from './probe.ts';

/** Where the status and the effects stand in what a probe printed, and in which words. */
export interface ReadingOptions {
  /** Keys to the status; undefined looks at `status`, `message.status` and `data.status`. */
  readonly statusAt: readonly string[] | undefined;
  /** Keys to the effects: a number, or a list that is counted. @default effects */
  readonly effectsAt: readonly string[] | undefined;
  /** The app's own words in lower case, with the status that each means. */
  readonly states: ReadonlyMap<string, string>;
}

const USUAL_PLACES: readonly (readonly string[])[] = [['status'], ['message', 'status'], ['data', 'status']];

/**
 * Reads what a probe printed: JSON with the status at its place, or a text with one known word.
 *
 * @returns undefined where it says no status
 */
export function readingOf(text: string, options: ReadingOptions): ProbeReading | undefined {
  const trimmed = text.trim();
  if (trimmed === '' || trimmed === 'null') return { status: undefined, effects: undefined };
  const value = parsed(trimmed);
  if (value !== undefined && typeof value === 'object') return readingOfJson(value, options);
  const word =
    typeof value === 'string' || typeof value === 'number' ? String(value) : oneWordOf(trimmed, options);
  return word === undefined ? undefined : { status: translated(word, options.states), effects: undefined };
}

function readingOfJson(
  value: unknown,
  { statusAt, effectsAt, states }: ReadingOptions,
): ProbeReading | undefined {
  const places = statusAt === undefined ? USUAL_PLACES : [statusAt];
  const found = places.map((place) => at(value, place)).find((each) => each !== undefined);
  if (found === null) return { status: undefined, effects: undefined };
  if (typeof found !== 'string' && typeof found !== 'number') return undefined;
  const effects = at(value, effectsAt ?? ['effects']);
  return {
    status: translated(String(found), states),
    effects: Array.isArray(effects) ? effects.length : typeof effects === 'number' ? effects : undefined,
  };
}

function at(value: unknown, path: readonly string[]): unknown {
  let current = value;
  for (const key of path) {
    const isInside = (isJsonObject(current) || Array.isArray(current)) && Object.hasOwn(current, key);
    if (!isInside) return undefined;
    current = (current as Record<string, unknown>)[key];
  }
  return current;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A text may say more than the status: the one known word in it counts, or a text of one word as it is. */
function oneWordOf(text: string, { states }: ReadingOptions): string | undefined {
  const words = text.split(/[^\p{L}\p{N}_-]+/u).filter((word) => word !== '');
  if (words.length === 1) return words[0];
  const known = new Set(
    words.filter((word) => states.has(word.toLowerCase()) || isMessageStatus(word.toLowerCase())),
  );
  return known.size === 1 ? [...known][0] : undefined;
}

/** A word that is none of ours stays as it is: it then is a wrong state, and shown. */
function translated(word: string, states: ReadonlyMap<string, string>): string {
  const lower = word.toLowerCase();
  return states.get(lower) ?? MESSAGE_STATUSES.find((status) => status === lower) ?? word;
}
