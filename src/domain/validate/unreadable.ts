import { looksLike } from './looks-like.ts';
import type { Span } from './position.ts';
import { type Problem, problem } from './problem.ts';
import { findSyntaxFault } from './syntax.ts';
import { findInvalidUtf8 } from './utf8.ts';

/** Something wrong with a text as such, and where in it. */
export interface TextFault {
  readonly found: Problem;
  readonly span: Span;
}

/** What is wrong with a text that is not JSON. */
export function syntaxFaultOf(text: string): TextFault {
  const { detail, ...span } = findSyntaxFault(text) ?? {
    offset: 0,
    length: 0,
    detail: 'its syntax is wrong',
  };
  return { found: problem('not-json', [], { detail: looksLike(text) ?? detail }), span };
}

/**
 * Where bytes are not UTF-8, which JSON must be.
 *
 * @param text the bytes as text, in which U+FFFD stands for what is not
 */
export function encodingFaultOf(text: string, bytes: Uint8Array): TextFault | undefined {
  const offset = text.includes('\ufffd') ? findInvalidUtf8(bytes) : undefined;
  return offset === undefined
    ? undefined
    : { found: problem('invalid-utf8', [], {}), span: { offset, length: 1 } };
}

/** What is wrong with a text that is not JSON, and may not be UTF-8: what is no text at all is wrong in one way, not in two. */
export function unreadableFaultOf(text: string, encoding: TextFault | undefined): TextFault {
  const syntax = syntaxFaultOf(text);
  const isSaid =
    encoding !== undefined && encoding.span.offset <= syntax.span.offset && looksLike(text) === undefined;
  return isSaid ? encoding : syntax;
}
