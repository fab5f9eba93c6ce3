import { type JsonToken, nextToken } from './json-tokens.ts';
import { type Problem, problem } from './problem.ts';

/**
 * Finds keys that an object has twice. `JSON.parse` keeps the last and says nothing, so the members of the
 * text are counted, which is quick; only where they are more than the keys of the value is the text walked.
 */
export function duplicateKeyProblems(text: string, value: unknown): Problem[] {
  return countMembers(text) === countKeys(value) ? [] : findDuplicates(text);
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;

/** The colons outside of texts: in JSON each belongs to a member. */
function countMembers(text: string): number {
  let members = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === COLON) members += 1;
    else if (code === QUOTE) at = endOfText(text, at + 1);
  }
  return members;
}

function endOfText(text: string, from: number): number {
  let at = from;
  for (let code = text.charCodeAt(at); code !== QUOTE && at < text.length; code = text.charCodeAt(at)) {
    at += code === BACKSLASH ? 2 : 1;
  }
  return at;
}

/** The keys of all objects in a value, without recursion. */
function countKeys(value: unknown): number {
  const open: unknown[] = [value];
  let keys = 0;
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next !== 'object' || next === null) continue;
    const isArray = Array.isArray(next);
    for (const key in next) {
      if (!isArray) keys += 1;
      const member = (next as Record<string, unknown>)[key];
      if (typeof member === 'object' && member !== null) open.push(member);
    }
  }
  return keys;
}

interface OpenContainer {
  /** The keys so far; undefined for an array. */
  readonly keys: Set<string> | undefined;
  /** The key or index of the value that is next. */
  segment: string | number;
  atKey: boolean;
}

function findDuplicates(text: string): Problem[] {
  const open: OpenContainer[] = [];
  const problems: Problem[] = [];
  for (let token = nextToken(text, 0); token.kind !== 'end'; token = nextToken(text, token.end)) {
    const key = follow(open, token, text);
    if (key === undefined) continue;
    problems.push(
      problem(
        'duplicate-key',
        open.map(({ segment }) => segment),
        { key },
      ),
    );
  }
  return problems;
}

/** Follows one token; gives back its key where the object has that already. */
function follow(open: OpenContainer[], token: JsonToken, text: string): string | undefined {
  const container = open.at(-1);
  switch (token.kind) {
    case '{':
      open.push({ keys: new Set(), segment: '', atKey: true });
      return undefined;
    case '[':
      open.push({ keys: undefined, segment: 0, atKey: false });
      return undefined;
    case '}':
    case ']':
      open.pop();
      return undefined;
    case ',':
      if (container?.keys !== undefined) container.atKey = true;
      else if (container !== undefined) container.segment = Number(container.segment) + 1;
      return undefined;
    case 'string':
      return container?.atKey ? takeKey(container, token, text) : undefined;
    default:
      return undefined;
  }
}

function takeKey(container: OpenContainer, token: JsonToken, text: string): string | undefined {
  const key = JSON.parse(text.slice(token.start, token.end)) as string;
  container.segment = key;
  container.atKey = false;
  if (container.keys?.has(key)) return key;
  container.keys?.add(key);
  return undefined;
}
