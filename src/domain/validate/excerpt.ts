import type { Position, Span } from './position.ts';

/** Part of a line of a file. */
export interface ExcerptLine {
  /** From 1, in the file. */
  readonly number: number;
  /** At most {@link LONGEST_PART} UTF-16 units of it. */
  readonly text: string;
  readonly cutBefore: boolean;
  readonly cutAfter: boolean;
}

/** The lines around a place in a file, as much of them as one wants to see. */
export interface Excerpt {
  /** The line before, where there is one that is held. */
  readonly before?: ExcerptLine;
  readonly line: ExcerptLine;
  /** What is meant: where it begins in the text of {@link line}, and how long it is there. */
  readonly mark: Span;
}

const LONGEST_PART = 400;
const PART_BEFORE_MARK = 160;

/** Where in a file a text begins. */
export interface Beginning extends Position {
  /** What stands before it on that line, where it is at hand. */
  readonly lead?: string | undefined;
}

/**
 * Cuts out of a text what is to be seen of a place in it, however long its lines are.
 *
 * @param text may begin in the middle of a line of the file: at `begins`
 */
export function excerptOf(text: string, span: Span, { line, column, lead }: Beginning): Excerpt {
  if (lead !== undefined) {
    const moved = { offset: lead.length + span.offset, length: span.length };
    return cutOut(lead + text, moved, { line, column: 1 });
  }
  return cutOut(text, span, { line, column });
}

function cutOut(text: string, span: Span, begins: Position): Excerpt {
  const offset = Math.min(span.offset, text.length);
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const found = text.indexOf('\n', offset);
  const end = found === -1 ? text.length : found;
  const number = begins.line + countLineFeeds(text, start);
  const from = offset - start > PART_BEFORE_MARK ? offset - PART_BEFORE_MARK : start;
  const to = Math.min(end, from + LONGEST_PART);
  const line = part(text, from, to, number, from > start || (start === 0 && begins.column > 1), to < end);
  const length = Math.max(0, Math.min(span.length, to - offset, line.text.length - (offset - from)));
  const mark = { offset: offset - from, length };
  if (start === 0) return { line, mark };
  const beforeStart = text.lastIndexOf('\n', start - 2) + 1;
  const beforeEnd = Math.min(start - 1, beforeStart + LONGEST_PART);
  const cutBefore = beforeStart === 0 && begins.column > 1;
  const before = part(text, beforeStart, beforeEnd, number - 1, cutBefore, beforeEnd < start - 1);
  return { before, line, mark };
}

function part(
  text: string,
  from: number,
  to: number,
  number: number,
  cutBefore: boolean,
  cutAfter: boolean,
): ExcerptLine {
  return { number, text: text.slice(from, to).replace(/\r$/, ''), cutBefore, cutAfter };
}

function countLineFeeds(text: string, before: number): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at !== -1 && at < before; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
