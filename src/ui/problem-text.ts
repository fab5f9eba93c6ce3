import { fromPointer } from '../domain/json.ts';
import { describeProblem, type Problem, suggestionOf } from '../domain/validate/problem.ts';
import { visible } from './visible.ts';

/** Says a problem in one sentence with what was probably meant; the same words everywhere. */
export function problemSentence(problem: Problem): string {
  const suggestion = suggestionOf(problem);
  const meant = suggestion === undefined ? '' : `: did you mean ${JSON.stringify(suggestion)}?`;
  return visible(describeProblem(problem) + meant);
}

/** A JSON Pointer as people write paths: `payload.contact.tags[0]`. */
export function dottedPath(pointer: string): string {
  return fromPointer(pointer)
    .map((segment, index) => (/^\d+$/.test(segment) ? `[${segment}]` : `${index > 0 ? '.' : ''}${segment}`))
    .join('');
}
