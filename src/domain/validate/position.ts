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

/** A place that is looked for, with those below it. */
interface Wanted {
  readonly inside: Map<string, Wanted>;
  found: { start: number; end: number; key: Span | undefined; container: Container | undefined } | undefined;
}

interface Container {
  readonly isObject: boolean;
  /** What is looked for at this place and below it; undefined for nothing. */
  readonly wanted: Wanted | undefined;
  /** The key, or the index as text, that the next value belongs to. */
  segment: string;
  /** Where that key stands. */
  key: Span | undefined;
  /** The next token is a key. */
  atKey: boolean;
}

/**
 * Finds the value at a path in a JSON text, from an offset on; what follows the value there does not matter.
 * Where the path leads to nothing (a missing key), the nearest value on the way is meant.
 */
export function locate(text: string, path: readonly string[], from = 0): LocatedValue {
  return locateAll(text, [path], from)(path);
}

/**
 * Finds the values at several paths in one walk over a JSON text, as {@link locate} does for one. Iterative, so
 * that deep nesting cannot exhaust the stack.
 *
 * @returns a function that gives the place of each of the paths
 */
export function locateAll(
  text: string,
  paths: Iterable<readonly string[]>,
  from = 0,
): (path: readonly string[]) => LocatedValue {
  const root: Wanted = { inside: new Map(), found: undefined };
  for (const path of paths) addPath(root, path);
  const open: Container[] = [];
  let at = from;
  do {
    const token = nextToken(text, at);
    at = token.end;
    if (isOver(token)) break;
    if (token.kind === '}' || token.kind === ']') {
      const closed = open.pop();
      const found = closed?.wanted?.found;
      if (found !== undefined && found.container === closed) found.end = token.end;
    } else takeValue(token, open, root, text);
  } while (open.length > 0);
  return (path) =>
    placeOf(root, path) ?? { value: { offset: from, length: text.length - from }, key: undefined, depth: -1 };
}

function addPath(root: Wanted, path: readonly string[]): void {
  let wanted = root;
  for (const segment of path) {
    const next: Wanted = wanted.inside.get(segment) ?? { inside: new Map(), found: undefined };
    wanted.inside.set(segment, next);
    wanted = next;
  }
}

function placeOf(root: Wanted, path: readonly string[]): LocatedValue | undefined {
  let wanted = root;
  let depth = 0;
  for (const segment of path) {
    const next = wanted.inside.get(segment);
    if (next?.found === undefined) break;
    wanted = next;
    depth += 1;
  }
  if (wanted.found === undefined) return undefined;
  const { start, end, key } = wanted.found;
  return { value: { offset: start, length: end - start }, key, depth };
}

function isOver({ kind }: JsonToken): boolean {
  return kind === 'end' || kind === 'fault';
}

/** Takes one token that closes nothing, and notes where it begins a value that is looked for. */
function takeValue(token: JsonToken, open: Container[], root: Wanted, text: string): void {
  const parent = open.at(-1);
  if (parent !== undefined && separates(token, parent, text)) return;
  const wanted = parent === undefined ? root : parent.wanted?.inside.get(parent.segment);
  const container = openContainer(token, wanted);
  if (container !== undefined) open.push(container);
  // Of duplicate keys the last one counts, as it does for JSON.parse.
  if (wanted !== undefined) {
    wanted.found = { start: token.start, end: token.end, key: parent?.key, container };
  }
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

function openContainer(token: JsonToken, wanted: Wanted | undefined): Container | undefined {
  if (token.kind === '{') return { isObject: true, wanted, segment: '', key: undefined, atKey: true };
  if (token.kind === '[') return { isObject: false, wanted, segment: '0', key: undefined, atKey: false };
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
