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
  if (key.length > LONGEST_KEY) problems.push(sizeProblem(path, 'key', key.length, LONGEST_KEY));
  if (typeof value !== 'string')
    problems.push(problem('metadata-not-text', path, { found: jsonType(value) }));
  else if (value.length > LONGEST_VALUE)
    problems.push(sizeProblem(path, 'value', value.length, LONGEST_VALUE));
  return problems;
}

function sizeProblem(
  path: readonly string[],
  limit: 'pairs' | 'key' | 'value',
  size: number,
  most: number,
): Problem {
  return problem('metadata-size', path, { limit, size, most });
}
