import type { Span } from '../validate/position.ts';

/** A replacement of a part of a text. */
export interface TextEdit {
  readonly span: Span;
  readonly replacement: string;
}

/**
 * Replaces parts of a text in place. Everything outside of their spans stays as it is: white space, the order of keys,
 * duplicate keys, escapes and the way numbers are written.
 *
 * @param edits in the order of the text, none overlapping another; a span of length 0 inserts
 */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  if (edits.length === 0) return text;
  const pieces: string[] = [];
  let at = 0;
  for (const { span, replacement } of edits) {
    pieces.push(text.slice(at, span.offset), replacement);
    at = span.offset + span.length;
  }
  pieces.push(text.slice(at));
  return pieces.join('');
}
