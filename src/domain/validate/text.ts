import { is } from '../check-options.ts';
import { fromPointer } from '../json.ts';
import { duplicateKeyProblems } from './duplicate-keys.ts';
import { type Validation, validateEvent } from './event.ts';
import { type Beginning, type Excerpt, excerptOf } from './excerpt.ts';
import { type LocatedValue, locate, locateAll, type Position, positionAt, type Span } from './position.ts';
import type { Problem } from './problem.ts';
import { type LeftOut, NOTHING_LEFT_OUT } from './problem-list.ts';
import { syntaxFaultOf } from './unreadable.ts';

/** A problem and the place in the file that it is about. */
export interface LocatedProblem extends Position {
  readonly problem: Problem;
  /** What is to be seen there; absent where the file is not at hand. */
  readonly excerpt?: Excerpt;
}

/** What {@link validateText} found. */
export interface TextValidation {
  readonly kind: Validation['kind'];
  /** At most 20 of each code. */
  readonly problems: readonly LocatedProblem[];
  /** How many more there are of each code. */
  readonly leftOut: LeftOut;
}

/**
 * Checks the JSON text of one event, and says for each problem where it stands. The text is parsed once;
 * positions are computed only for what is wrong.
 *
 * @example
 * ```ts
 * for (const { problem, line, column } of validateText(text).problems) {
 *   console.log(`${line}:${column} ${describeProblem(problem)}`);
 * }
 * ```
 *
 * @throws {CallbellStatusError} `usage` for what is no text
 */
export function validateText(text: string): TextValidation {
  isText(text, 'text', 'validateText');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { kind: 'unrecognised', problems: [syntaxProblem(text)], leftOut: NOTHING_LEFT_OUT };
  }
  const { kind, problems, leftOut } = validateEvent(value);
  const duplicates = duplicateKeyProblems(text, value);
  const all = [...problems, ...duplicates.kept];
  return {
    kind,
    problems: placeAll(all, text),
    leftOut: { ...leftOut, ...duplicates.leftOut },
  };
}

const isText = is(
  (value) => typeof value === 'string',
  'the JSON text of an event; what is parsed is for validateEvent',
);

function syntaxProblem(text: string): LocatedProblem {
  const { found, span } = syntaxFaultOf(text);
  return placeAt(found, text, span);
}

const FILE_START: Beginning = { line: 1, column: 1 };

/** Puts a problem into a text that begins somewhere in a file. */
export function placeAt(
  found: Problem,
  text: string,
  span: Span,
  begins: Beginning = FILE_START,
): LocatedProblem {
  const { line, column } = positionAt(text, span.offset);
  return {
    problem: found,
    line: begins.line + line - 1,
    column: line === 1 ? begins.column + column - 1 : column,
    excerpt: excerptOf(text, span, begins),
  };
}

/** Puts problems into a text that stands alone, after one walk over it. */
function placeAll(problems: readonly Problem[], text: string): LocatedProblem[] {
  if (problems.length === 0) return [];
  const paths = problems.map(({ path }) => fromPointer(path));
  const placeOf = locateAll(text, paths);
  return problems.map((found, index) =>
    placeAt(found, text, spanAt(found, paths[index] ?? [], placeOf(paths[index] ?? []), text)),
  );
}

/** The problems that are about a key, not about its value. */
function isAboutKey(found: Problem): boolean {
  if (found.code === 'metadata-size') return found.limit === 'key';
  return (
    found.code === 'unknown-key' ||
    found.code === 'misspelt-key' ||
    found.code === 'provider-unknown-key' ||
    found.code === 'provider-misspelt-key' ||
    found.code === 'duplicate-key'
  );
}

const EMPTY_CONTAINER = /^.[ \t]*.$/;

/**
 * Where in a text a problem stands.
 *
 * @param from where the value begins that the problem's path starts from
 */
export function spanOf(found: Problem, text: string, from = 0, prefix: readonly string[] = []): Span {
  const path = [...prefix, ...fromPointer(found.path)];
  return spanAt(found, path, locate(text, path, from), text);
}

function spanAt(
  found: Problem,
  path: readonly string[],
  { value, key, depth }: LocatedValue,
  text: string,
): Span {
  const isThere = depth === path.length;
  if (isThere && isAboutKey(found) && key !== undefined) return key;
  // An object or an array is shown by the bracket that opens it. So is the one in which something is missing.
  const isContainer = /[[{]/.test(text.charAt(value.offset));
  const isEmpty = isContainer && EMPTY_CONTAINER.test(text.slice(value.offset, value.offset + value.length));
  return isThere && (!isContainer || isEmpty) ? value : { offset: value.offset, length: 1 };
}
