import { describeProblem, type Severity, suggestionOf } from '../domain/validate/problem.ts';
import type { ValidationSummary } from '../domain/validate/tally.ts';
import type { LocatedProblem } from '../domain/validate/text.ts';
import { count } from './count.ts';
import { dottedPath, problemSentence } from './problem-text.ts';
import type { Style } from './style.ts';
import { visible } from './visible.ts';

/** A way to write what a validation finds. Every part ends with a line feed, or is empty. */
export interface ValidationFormat {
  problem(source: string, located: LocatedProblem): string;
  summary(summary: ValidationSummary): string;
}

/** For people: the code and the sentence, then where it is. */
export function prettyFormat(style: Style): ValidationFormat {
  return {
    problem: (source, { problem, line, column }) => {
      const code = severityStyle(problem.severity, style)(`${problem.severity}[${problem.code}]`);
      const path = problem.path === '' ? '' : `  ${visible(dottedPath(problem.path))}`;
      const place = `${visible(source)}:${line}:${column}${path}`;
      return `${code}: ${problemSentence(problem)}\n  ${style.dim('-->')} ${place}\n\n`;
    },
    summary: (summary) => `${summaryLine(summary, style)}\n`,
  };
}

/** For programs: one object a line. */
export const jsonFormat: ValidationFormat = {
  problem: (source, { problem, line, column }) => {
    const { path, severity, code } = problem;
    const message = describeProblem(problem);
    const suggestion = suggestionOf(problem);
    const fact = { type: 'problem', source, line, column, path, severity, code, message, suggestion };
    return `${JSON.stringify(fact)}\n`;
  },
  summary: (summary) => `${JSON.stringify({ type: 'summary', ...summary })}\n`,
};

/** Only the figures of another format. */
export function summaryOnly(format: ValidationFormat): ValidationFormat {
  return { problem: () => '', summary: format.summary };
}

function severityStyle(severity: Severity, style: Style): (text: string) => string {
  if (severity === 'error') return style.red;
  return severity === 'warning' ? style.yellow : style.cyan;
}

function summaryLine(summary: ValidationSummary, style: Style): string {
  const { files, filesWithErrors, events, otherEvents, errors, warnings, notes } = summary;
  const others = otherEvents > 0 ? `, ${count(otherEvents, 'other event')} not checked` : '';
  const checked = `${count(events, 'event')} in ${count(files, 'file')}${others}`;
  const minor = [
    ...(warnings > 0 ? [`, ${count(warnings, 'warning')}`] : []),
    ...(notes > 0 ? [`, ${count(notes, 'note')}`] : []),
  ].join('');
  if (errors === 0) return `${style.green('valid')}: ${checked}${minor}`;
  const where = files === 1 ? '' : ` in ${filesWithErrors} of ${files} files`;
  return `${style.red(count(errors, 'error'))}${where}${minor} (${checked})`;
}
