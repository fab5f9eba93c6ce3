import { strayCharacterFault } from './stray-character.ts';

/**
 * The tokens of a JSON text (RFC 8259), with their places. `JSON.parse` says that a text is wrong, and on
 * some versions not even where; this says where every token stands, and what a stray one probably was.
 *
 * Runs only on texts that have something wrong, holds no state but an offset, and never recurses.
 */
export type JsonTokenKind =
  | '{'
  | '}'
  | '['
  | ']'
  | ':'
  | ','
  | 'string'
  | 'number'
  | 'word'
  | 'end'
  | 'fault';

/** One token, from `start` up to but not including `end`, in UTF-16 units. */
export interface JsonToken {
  readonly kind: JsonTokenKind;
  readonly start: number;
  readonly end: number;
  /** What is wrong with it, in plain words; only on a `fault`. */
  readonly fault?: string;
  /** The text ends inside of it, so that it may have been right before it was cut off. */
  readonly isCutOff?: true;
}

/** The first token at or after an offset; `end` when only white space is left. */
export function nextToken(text: string, offset: number): JsonToken {
  const start = skipWhiteSpace(text, offset);
  if (start >= text.length) return { kind: 'end', start: text.length, end: text.length };
  const first = text.charAt(start);
  if ('{}[]:,'.includes(first)) return { kind: first as JsonTokenKind, start, end: start + 1 };
  if (first === '"') return stringToken(text, start);
  return matchNumber(text, start) ?? matchWord(text, start) ?? strayToken(text, start);
}

function skipWhiteSpace(text: string, offset: number): number {
  let at = offset;
  while (WHITE_SPACE.has(text.charCodeAt(at))) at += 1;
  return at;
}

const WHITE_SPACE: ReadonlySet<number> = new Set([0x20, 0x09, 0x0a, 0x0d]);
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

function stringToken(text: string, start: number): JsonToken {
  let at = start + 1;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return { kind: 'string', start, end: at + 1 };
    if (code === BACKSLASH) {
      ESCAPE.lastIndex = at;
      if (!ESCAPE.test(text)) return escapeFault(text, at);
      at = ESCAPE.lastIndex;
    } else if (code === 0x0a || code === 0x0d) {
      const isCutOff = text.slice(at).trim() === '' && { isCutOff: true as const };
      return {
        kind: 'fault',
        start,
        end: at,
        fault: 'this text has no closing quote on its line',
        ...isCutOff,
      };
    } else if (code < 0x20) {
      const fault = 'a control character inside a text must be written as an escape';
      return { kind: 'fault', start: at, end: at + 1, fault };
    } else at += 1;
  }
  return { kind: 'fault', start, end: text.length, fault: 'this text has no closing quote', isCutOff: true };
}

function escapeFault(text: string, start: number): JsonToken {
  const end = Math.min(start + 2, text.length);
  const isCutOff = /^\\(?:u[\dA-Fa-f]{0,3})?\s*$/.test(text.slice(start, start + LONGEST_ESCAPE)) && {
    isCutOff: true as const,
  };
  return { kind: 'fault', start, end, fault: 'JSON has no such escape', ...isCutOff };
}

const LONGEST_ESCAPE = 6;

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.+-])/y;
const WORD = /(?:true|false|null)(?!\w)/y;
const STRAY = /[\w.+$-]+|\/[/*]|<{7}|={7}|>{7}|[\s\S]/uy;

function matchNumber(text: string, start: number): JsonToken | undefined {
  NUMBER.lastIndex = start;
  return NUMBER.test(text) ? { kind: 'number', start, end: NUMBER.lastIndex } : undefined;
}

function matchWord(text: string, start: number): JsonToken | undefined {
  WORD.lastIndex = start;
  return WORD.test(text) ? { kind: 'word', start, end: WORD.lastIndex } : undefined;
}

function strayToken(text: string, start: number): JsonToken {
  STRAY.lastIndex = start;
  STRAY.test(text);
  const end = STRAY.lastIndex;
  const written = text.slice(start, end);
  // A word or a number that could go on, were this not the end.
  const isCutOff = BEGUN.test(written) && text.slice(end).trim() === '' && { isCutOff: true as const };
  return { kind: 'fault', start, end, fault: strayFault(written), ...isCutOff };
}

const BEGUN = /^(?:t(?:ru?)?|f(?:a(?:ls?)?)?|n(?:ul?)?|-|-?(?:0|[1-9]\d*)(?:\.|(?:\.\d+)?[eE][+-]?))$/;

function strayFault(written: string): string {
  if (written === '//' || written === '/*' || written === '#') return 'JSON has no comments';
  if (/^[<=>]{7}$/.test(written)) return 'a merge left this mark here, with both sides around it';
  if (/^\.{2,}$|^\u2026$/.test(written)) return 'something was left out here';
  if (/^[-+]?\.?\d/.test(written)) return 'this is not how JSON writes a number';
  if (/^(?:NaN|-?Infinity|undefined|None|True|False|nil)$/.test(written)) return 'JSON has no such value';
  if (/^[\w$]/.test(written)) return 'a text or a key must stand in double quotes';
  return strayCharacterFault(written);
}
