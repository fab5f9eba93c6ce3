import { type JsonToken, nextToken } from './json-tokens.ts';

/** A stretch of a text, in UTF-16 units from its beginning. */
export interface Span {
  readonly offset: number;
  readonly length: number;
}

/** A place in a text as editors count it: from 1, columns in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** The line and column of an offset. A line ends at LF or CRLF. */
export function positionAt(text: string, offset: number): Position {
  let line = 1;
  let lineStart = 0;
  for (let end = text.indexOf('\n'); end !== -1 && end < offset; end = text.indexOf('\n', lineStart)) {
    line += 1;
    lineStart = end + 1;
  }
  return { line, column: offset - lineStart + 1 };
}

/** A value in a JSON text, and how one gets to it. */
export interface LocatedValue {
  readonly value: Span;
  /** Its key with the quotes; undefined for an element of an array and for the whole text. */
  readonly key: Span | undefined;
  /** How many segments of the path lead somewhere: fewer than all where the path ends in nothing. */
  readonly depth: number;
}

interface Container {
  readonly isObject: boolean;
  /** All keys and indexes that lead here are those of the path. */
  readonly onPath: boolean;
  /** The key, or the index as text, that the next value belongs to. */
  segment: string;
  /** Where that key stands. */
  key: Span | undefined;
  /** The next token is a key. */
  atKey: boolean;
}

interface Found {
  readonly start: number;
  readonly end: number;
  readonly key: Span | undefined;
  readonly depth: number;
  /** Where it is a container: its end is known only when it is closed. */
  readonly container: Container | undefined;
}

/**
 * Finds the value at a path in a JSON text, from an offset on; what follows the value there does not matter.
 * Where the path leads to nothing (a missing key), the nearest value on the way is meant. Iterative, so that
 * deep nesting cannot exhaust the stack.
 */
export function locate(text: string, path: readonly string[], from = 0): LocatedValue {
  const open: Container[] = [];
  let best: Found = { start: from, end: text.length, key: undefined, depth: -1, container: undefined };
  let at = from;
  do {
    const token = nextToken(text, at);
    at = token.end;
    if (isOver(token)) break;
    if (token.kind === '}' || token.kind === ']') {
      if (open.pop() === best.container) best = { ...best, end: token.end };
      continue;
    }
    const found = takeValue(token, open, path, text);
    // `>=`: of duplicate keys the last one counts, as it does for JSON.parse.
    if (found !== undefined && found.depth >= best.depth) best = found;
  } while (open.length > 0);
  return { value: { offset: best.start, length: best.end - best.start }, key: best.key, depth: best.depth };
}

function isOver({ kind }: JsonToken): boolean {
  return kind === 'end' || kind === 'fault';
}

/** Takes one token that closes nothing; gives it back where it begins a value on the path. */
function takeValue(
  token: JsonToken,
  open: Container[],
  path: readonly string[],
  text: string,
): Found | undefined {
  const parent = open.at(-1);
  if (parent !== undefined && separates(token, parent, text)) return undefined;
  const depth = open.length;
  const onPath = parent === undefined || (parent.onPath && parent.segment === path[depth - 1]);
  const container = openContainer(token, onPath);
  if (container !== undefined) open.push(container);
  return onPath ? { start: token.start, end: token.end, key: parent?.key, depth, container } : undefined;
}

/** Takes a token that is no value of its own: a comma, a colon or a key. */
function separates(token: JsonToken, parent: Container, text: string): boolean {
  if (token.kind === ',') {
    if (parent.isObject) parent.atKey = true;
    else parent.segment = String(Number(parent.segment) + 1);
    return true;
  }
  if (token.kind === ':') {
    parent.atKey = false;
    return true;
  }
  if (!parent.atKey) return false;
  parent.segment = JSON.parse(text.slice(token.start, token.end)) as string;
  parent.key = { offset: token.start, length: token.end - token.start };
  return true;
}

function openContainer(token: JsonToken, onPath: boolean): Container | undefined {
  if (token.kind === '{') return { isObject: true, onPath, segment: '', key: undefined, atKey: true };
  if (token.kind === '[') return { isObject: false, onPath, segment: '0', key: undefined, atKey: false };
  return undefined;
}

/** Where each element of an array stands, in one walk; the array begins at or after an offset. */
export function locateElements(text: string, from = 0): Span[] {
  const spans: Span[] = [];
  for (let at = nextToken(text, from).end; ; ) {
    const token = nextToken(text, at);
    if (token.kind === ']' || isOver(token)) return spans;
    if (token.kind === ',') at = token.end;
    else {
      const { value } = locate(text, [], token.start);
      spans.push(value);
      at = value.offset + value.length;
    }
  }
}
