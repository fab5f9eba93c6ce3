import { type JsonToken, nextToken } from './json-tokens.ts';
import { ProblemList } from './problem-list.ts';

/**
 * Finds keys that an object has twice. `JSON.parse` keeps the last and says nothing. A text that is as short
 * as its value can be written has no room for a second member; otherwise the members of the text are counted,
 * and only where they are more than the keys of the value is the text walked.
 */
export function duplicateKeyProblems(text: string, value: unknown): ProblemList {
  const { keys, shortest } = measure(value);
  if (text.length === shortest || countMembers(text) === keys) return NO_PROBLEMS;
  return findDuplicates(text);
}

const NO_PROBLEMS = new ProblemList();

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

/** Where the text that begins before an index ends. Searching for its quote is much faster than walking to it. */
function endOfText(text: string, from: number): number {
  let end = text.indexOf('"', from);
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end === -1 ? text.length : end;
}

function isEscaped(text: string, quote: number): boolean {
  let at = quote - 1;
  while (text.charCodeAt(at) === BACKSLASH) at -= 1;
  return (quote - at) % 2 === 0;
}

/**
 * How many keys all objects in a value have, and how many UTF-16 units the shortest JSON text of it has; NaN
 * where that is not known at once. Without recursion.
 */
function measure(value: unknown): { readonly keys: number; readonly shortest: number } {
  const open: object[] = [];
  let keys = 0;
  let shortest = lengthOf(value, open);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    let members = 0;
    if (Array.isArray(next)) {
      members = next.length;
      for (const element of next) shortest += lengthOf(element, open);
    } else {
      for (const key in next) {
        members += 1;
        shortest += key.length + QUOTES_AND_COLON + lengthOf((next as Record<string, unknown>)[key], open);
      }
      keys += members;
    }
    // Two brackets, and a comma between members.
    shortest += members === 0 ? 2 : members + 1;
  }
  return { keys, shortest };
}

const QUOTES_AND_COLON = 3;

/** The length of a value by itself. A container is put aside, and counts nothing yet. */
function lengthOf(value: unknown, open: object[]): number {
  if (typeof value === 'string') return value.length + 2;
  if (typeof value === 'number') return lengthOfNumber(value);
  if (value === null) return NULL.length;
  if (typeof value === 'boolean') return String(value).length;
  open.push(value as object);
  return 0;
}

const NULL = 'null';

/** An exponent can make the text of a number shorter than its digits are: of those nothing is said. */
function lengthOfNumber(value: number): number {
  if (!Number.isSafeInteger(value) || (value % 1000 === 0 && value !== 0)) return Number.NaN;
  return String(value).length;
}

interface OpenContainer {
  /** The keys so far; undefined for an array. */
  readonly keys: Set<string> | undefined;
  /** The key or index of the value that is next. */
  segment: string | number;
  atKey: boolean;
}

function findDuplicates(text: string): ProblemList {
  const open: OpenContainer[] = [];
  const problems = new ProblemList();
  for (let token = nextToken(text, 0); token.kind !== 'end'; token = nextToken(text, token.end)) {
    const key = follow(open, token, text);
    if (key === undefined) continue;
    // Not all of them: a path is as long as the nesting is deep.
    const path = problems.isFull('duplicate-key') ? [] : open.map(({ segment }) => segment);
    problems.add('duplicate-key', path, { key });
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
