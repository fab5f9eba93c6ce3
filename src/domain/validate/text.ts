import { fromPointer } from '../json.ts';
import { type Validation, validateEvent } from './event.ts';
import { locate as locatePath, type Position, positionAt, type Span } from './position.ts';
import { type Problem, problem } from './problem.ts';
import { findSyntaxFault } from './syntax.ts';

/** A problem and the place in the text that it is about. */
export interface LocatedProblem extends Position, Span {
  readonly problem: Problem;
}

/** What {@link validateText} found. */
export interface TextValidation {
  readonly kind: Validation['kind'];
  readonly problems: readonly LocatedProblem[];
}

/**
 * Checks the JSON text of one event, and says for each problem where it stands. The text is parsed once;
 * positions are computed only for what is wrong.
 */
export function validateText(text: string): TextValidation {
  let input: unknown;
  try {
    input = JSON.parse(text);
  } catch {
    const { detail, ...span } = findSyntaxFault(text) ?? {
      offset: 0,
      length: 0,
      detail: 'its syntax is wrong',
    };
    return { kind: 'unrecognised', problems: [locate(text, problem('not-json', [], { detail }), span)] };
  }
  const { kind, problems } = validateEvent(input);
  const located = problems.map((found) =>
    locate(text, found, locatePath(text, fromPointer(found.path)).value),
  );
  return { kind, problems: located };
}

function locate(text: string, found: Problem, span: Span): LocatedProblem {
  return { problem: found, ...span, ...positionAt(text, span.offset) };
}
