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

interface Container {
  readonly isObject: boolean;
  /** All keys and indexes that lead here are those of the path. */
  readonly onPath: boolean;
  /** The key, or the index as text, that the next value belongs to. */
  segment: string;
  /** The next token is a key. */
  atKey: boolean;
}

/**
 * Finds the value at a path in a JSON text that parses. Where the path leads to nothing (a missing key), the
 * nearest value on the way is meant. Iterative, so that deep nesting cannot exhaust the stack.
 */
export function locateValue(text: string, path: readonly string[]): Span {
  const open: Container[] = [];
  let best: Found = { start: 0, end: text.length, depth: -1, container: undefined };
  for (let token = nextToken(text, 0); token.kind !== 'end'; token = nextToken(text, token.end)) {
    const parent = open.at(-1) ?? ROOT;
    if (token.kind === '}' || token.kind === ']') {
      open.pop();
      if (parent === best.container) best = { ...best, end: token.end };
      continue;
    }
    if (separates(token, parent, text)) continue;
    const depth = open.length;
    const onPath = leadsOn(parent, path, depth);
    const container = openContainer(token, onPath);
    if (container !== undefined) open.push(container);
    // `>=`: of duplicate keys the last one counts, as it does for JSON.parse.
    if (onPath && depth >= best.depth) best = { start: token.start, end: token.end, depth, container };
  }
  return { offset: best.start, length: best.end - best.start };
}

/** What a whole document stands in. */
const ROOT: Container = { isObject: false, onPath: true, segment: '', atKey: false };

interface Found {
  readonly start: number;
  readonly end: number;
  readonly depth: number;
  /** Where it is a container: its end is known only when it is closed. */
  readonly container: Container | undefined;
}

/** Whether the next value of a container at that depth is on the path. */
function leadsOn(parent: Container, path: readonly string[], depth: number): boolean {
  return parent === ROOT || (parent.onPath && parent.segment === path[depth - 1]);
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
  if (parent.atKey) parent.segment = JSON.parse(text.slice(token.start, token.end)) as string;
  return parent.atKey;
}

function openContainer(token: JsonToken, onPath: boolean): Container | undefined {
  if (token.kind === '{') return { isObject: true, onPath, segment: '', atKey: true };
  if (token.kind === '[') return { isObject: false, onPath, segment: '0', atKey: false };
  return undefined;
}
