import { type JsonToken, type JsonTokenKind, nextToken } from './json-tokens.ts';
import type { Span } from './position.ts';

/** A place where a text stops being JSON, and why, in plain words. */
export interface SyntaxFault extends Span {
  readonly detail: string;
}

type Bracket = '{' | '[';

/** What may come next. The grammar is a state of this and a stack of open brackets, so nothing recurses. */
type Expected = 'value' | 'value-or-end' | 'key' | 'key-or-end' | 'colon' | 'comma-or-end' | 'nothing';

/** Of a comma before a closing bracket. */
export const COMMA_TOO_MANY = 'this comma is one too many, nothing follows it';

/** Finds the first place where a text is not JSON; undefined where it is JSON. */
export function findSyntaxFault(text: string): SyntaxFault | undefined {
  const open: Bracket[] = [];
  let expected: Expected = 'value';
  let previous: JsonToken | undefined;
  for (let token = nextToken(text, 0); ; token = nextToken(text, token.end)) {
    const span = { offset: token.start, length: token.end - token.start };
    if (token.kind === 'end') {
      if (expected === 'nothing') return undefined;
      return { ...span, detail: endFault(previous, open) };
    }
    if (token.isCutOff && canBeValue(token, expected)) return cutOff(text, token);
    const meant = meantInstead(text, token, expected);
    if (meant !== undefined) return { ...span, detail: meant };
    if (token.fault !== undefined) return { ...span, detail: token.fault };
    const next = step(token.kind, expected, open);
    if (next === undefined) return grammarFault(token, expected, previous);
    expected = next;
    previous = token;
  }
}

/** Whether what is cut off stood where it could have been right. */
function canBeValue({ start }: JsonToken, expected: Expected): boolean {
  return start > 0 && expected !== 'nothing' && expected !== 'comma-or-end' && expected !== 'colon';
}

/** What a writer of another format meant by a token: by its character, what stands around it, and what is expected. */
const MEANT: readonly {
  readonly written: RegExp;
  readonly expected: readonly Expected[];
  readonly detail: string;
}[] = [
  { written: /^=/, expected: ['colon'], detail: 'JSON has a colon between a key and its value, not =' },
  { written: /^;/, expected: ['comma-or-end'], detail: 'JSON has a comma between two values, not ;' },
  {
    written: /^\{\{|^\$\{|^<%/,
    expected: ['value', 'value-or-end', 'key', 'key-or-end', 'comma-or-end'],
    detail: 'this is a template; fill in its values first',
  },
  {
    written: /^\\"/,
    expected: ['value', 'value-or-end', 'key', 'key-or-end', 'comma-or-end', 'colon'],
    detail: 'its quotes are escaped, as inside of a text; take the backslashes out',
  },
];

function meantInstead(text: string, { start }: JsonToken, expected: Expected): string | undefined {
  const written = text.slice(start, start + 2);
  return MEANT.find((each) => each.expected.includes(expected) && each.written.test(written))?.detail;
}

/** The fault of a text that ends inside of a token: where it ends. */
function cutOff(text: string, { start }: JsonToken): SyntaxFault {
  const offset = text.trimEnd().length;
  const inside = text.charAt(start) === '"' || text.charAt(start) === '\\' ? 'a text' : 'a value';
  return { offset, length: 0, detail: `it ends in the middle of ${inside}, the rest is missing` };
}

function step(kind: JsonTokenKind, expected: Expected, open: Bracket[]): Expected | undefined {
  switch (kind) {
    case ',':
      if (expected !== 'comma-or-end') return undefined;
      return open.at(-1) === '{' ? 'key' : 'value';
    case ':':
      return expected === 'colon' ? 'value' : undefined;
    case '}':
      return closeBracket('{', expected, open);
    case ']':
      return closeBracket('[', expected, open);
    default:
  }
  if (kind === 'string' && (expected === 'key' || expected === 'key-or-end')) return 'colon';
  if (expected !== 'value' && expected !== 'value-or-end') return undefined;
  if (kind !== '{' && kind !== '[') return afterValue(open);
  open.push(kind);
  return kind === '{' ? 'key-or-end' : 'value-or-end';
}

function closeBracket(opened: Bracket, expected: Expected, open: Bracket[]): Expected | undefined {
  const whenEmpty = opened === '{' ? 'key-or-end' : 'value-or-end';
  if (open.at(-1) !== opened || (expected !== 'comma-or-end' && expected !== whenEmpty)) return undefined;
  open.pop();
  return afterValue(open);
}

function afterValue(open: readonly string[]): Expected {
  return open.length === 0 ? 'nothing' : 'comma-or-end';
}

function endFault(previous: JsonToken | undefined, open: readonly string[]): string {
  if (previous === undefined) return 'there is nothing here';
  if (previous.kind === ',' || previous.kind === ':') return 'it ends in the middle, the rest is missing';
  const unclosed = open.at(-1);
  return unclosed === undefined ? 'it ends too early' : `it ends before the last ${unclosed} is closed`;
}

/** Why a token cannot stand where it does; of a comma too many, the comma is the fault. */
function grammarFault(token: JsonToken, expected: Expected, previous: JsonToken | undefined): SyntaxFault {
  if (token.kind === ':' && expected === 'nothing' && previous?.kind === 'string') {
    const { start, end } = previous;
    return { offset: start, length: end - start, detail: 'the beginning { is missing before it' };
  }
  const closes = token.kind === '}' || token.kind === ']';
  const { start, end } = closes && previous?.kind === ',' ? previous : token;
  const detail = grammarFaultWords(token, closes, expected, previous?.kind);
  return { offset: start, length: end - start, detail };
}

function grammarFaultWords(
  token: JsonToken,
  closes: boolean,
  expected: Expected,
  previous: JsonTokenKind | undefined,
): string {
  if (closes && previous === ',') return COMMA_TOO_MANY;
  if (closes && (expected === 'nothing' || previous === undefined)) {
    return `this ${token.kind} closes nothing, it is one too many`;
  }
  if (closes && (expected === 'value-or-end' || expected === 'key-or-end')) {
    return `this ${token.kind} closes what it did not open`;
  }
  switch (expected) {
    case 'nothing':
      return token.kind === '{' || token.kind === '['
        ? 'a second document begins here'
        : 'the JSON has ended before it';
    case 'colon':
      return 'a colon is missing before it';
    case 'comma-or-end':
      return closes ? `this ${token.kind} closes what it did not open` : 'a comma is missing before it';
    case 'key':
    case 'key-or-end':
      return 'a key in double quotes is missing here';
    case 'value':
    case 'value-or-end':
      return 'a value is missing here';
    default:
      return expected satisfies never;
  }
}
