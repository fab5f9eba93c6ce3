import { type JsonObject, jsonType } from '../json.ts';
import type { ProblemList } from './problem-list.ts';

/** What the send API takes (documented): the metadata of an event is its echo. */
const MOST_PAIRS = 10;
const LONGEST_KEY = 50;
const LONGEST_VALUE = 500;

const METADATA = ['payload', 'metadata'] as const;

/** Adds what is wrong with the sender's own pairs, by the limits under which they were sent. */
export function addMetadataProblems(problems: ProblemList, metadata: JsonObject): void {
  let pairs = 0;
  for (const key in metadata) {
    pairs += 1;
    addPairProblems(problems, key, metadata[key]);
  }
  if (pairs > MOST_PAIRS) {
    problems.add('metadata-size', METADATA, { limit: 'pairs', size: pairs, most: MOST_PAIRS });
  }
}

function addPairProblems(problems: ProblemList, key: string, value: unknown): void {
  const path = [...METADATA, key];
  if (isLonger(key, LONGEST_KEY)) {
    problems.add('metadata-size', path, { limit: 'key', size: charactersOf(key), most: LONGEST_KEY });
  }
  if (typeof value !== 'string') problems.add('metadata-not-text', path, { found: jsonType(value) });
  else if (isLonger(value, LONGEST_VALUE)) {
    problems.add('metadata-size', path, { limit: 'value', size: charactersOf(value), most: LONGEST_VALUE });
  }
}

/** Whether a text has more characters; an emoji is one, though it is two UTF-16 units. */
function isLonger(text: string, most: number): boolean {
  return text.length > most && charactersOf(text) > most;
}

function charactersOf(text: string): number {
  let count = 0;
  for (const _character of text) count += 1;
  return count;
}
