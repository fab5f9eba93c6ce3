import { type JsonObject, jsonType } from '../json.ts';
import { charactersOf, METADATA_LIMITS } from '../metadata-limits.ts';
import type { ProblemList } from './problem-list.ts';

const METADATA = ['payload', 'metadata'] as const;

/** Adds what is wrong with the sender's own pairs, by the limits under which they were sent: they are an echo. */
export function addMetadataProblems(problems: ProblemList, metadata: JsonObject): void {
  let pairs = 0;
  for (const key in metadata) {
    pairs += 1;
    addPairProblems(problems, key, metadata[key]);
  }
  if (pairs > METADATA_LIMITS.pairs) {
    problems.add('metadata-size', METADATA, { limit: 'pairs', size: pairs, most: METADATA_LIMITS.pairs });
  }
}

function addPairProblems(problems: ProblemList, key: string, value: unknown): void {
  const path = [...METADATA, key];
  if (isLonger(key, METADATA_LIMITS.key)) {
    problems.add('metadata-size', path, { limit: 'key', size: charactersOf(key), most: METADATA_LIMITS.key });
  }
  if (typeof value !== 'string') problems.add('metadata-not-text', path, { found: jsonType(value) });
  else if (isLonger(value, METADATA_LIMITS.value)) {
    problems.add('metadata-size', path, {
      limit: 'value',
      size: charactersOf(value),
      most: METADATA_LIMITS.value,
    });
  }
}

/** Whether a text has more characters. */
function isLonger(text: string, most: number): boolean {
  return text.length > most && charactersOf(text) > most;
}
