import { fromPointer } from '../domain/json.ts';
import { describeProblem, type Problem, suggestionOf } from '../domain/validate/problem.ts';
import { visible } from './visible.ts';

/** Says a problem in one sentence with what was probably meant; the same words everywhere. */
export function problemSentence(problem: Problem): string {
  const suggestion = suggestionOf(problem);
  const meant = suggestion === undefined ? '' : `: ${didYouMean(problem, suggestion)}`;
  return visible(describeProblem(problem) + meant);
}

/** The same behind its place in the event: `payload.contact.tags[0]: this is null, …`. */
export function placedSentence(problem: Problem): string {
  const place = problem.path === '' ? '' : `${visible(dottedPath(problem.path))}: `;
  return place + problemSentence(problem);
}

/** Asks whether a suggestion was meant, as it would stand in the file. Not safe to print yet. */
export function didYouMean({ code, path }: Problem, suggestion: string): string {
  // Gupshup's time is a number (documented), Meta's a text of digits (documented).
  const isNumber = code === 'time-in-milliseconds' && path.endsWith('/ts');
  return `did you mean ${isNumber ? suggestion : JSON.stringify(suggestion)}?`;
}

/** A JSON Pointer as people write paths: `payload.contact.tags[0]`. */
export function dottedPath(pointer: string): string {
  return fromPointer(pointer)
    .map((segment, index) => (/^\d+$/.test(segment) ? `[${segment}]` : `${index > 0 ? '.' : ''}${segment}`))
    .join('');
}
