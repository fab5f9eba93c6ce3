import { type JsonObject, jsonType } from '../json.ts';
import { type Problem, problem } from './problem.ts';

/** What the send API takes (documented): the metadata of an event is its echo. */
const MOST_PAIRS = 10;
const LONGEST_KEY = 50;
const LONGEST_VALUE = 500;

const METADATA = ['payload', 'metadata'] as const;

/** Checks the sender's own pairs against the limits under which they were sent. */
export function metadataProblems(metadata: JsonObject): Problem[] {
  const pairs = Object.entries(metadata);
  const problems = pairs.flatMap(([key, value]) => pairProblems(key, value));
  if (pairs.length <= MOST_PAIRS) return problems;
  return [...problems, sizeProblem(METADATA, 'pairs', pairs.length, MOST_PAIRS)];
}

function pairProblems(key: string, value: unknown): Problem[] {
  const path = [...METADATA, key];
  const problems: Problem[] = [];
  if (isLonger(key, LONGEST_KEY)) problems.push(sizeProblem(path, 'key', charactersOf(key), LONGEST_KEY));
  if (typeof value !== 'string')
    problems.push(problem('metadata-not-text', path, { found: jsonType(value) }));
  else if (isLonger(value, LONGEST_VALUE))
    problems.push(sizeProblem(path, 'value', charactersOf(value), LONGEST_VALUE));
  return problems;
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

function sizeProblem(
  path: readonly string[],
  limit: 'pairs' | 'key' | 'value',
  size: number,
  most: number,
): Problem {
  return problem('metadata-size', path, { limit, size, most });
}
