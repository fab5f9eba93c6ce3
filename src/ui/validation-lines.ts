import { describeProblem, type Severity, suggestionOf } from '../domain/validate/problem.ts';
import { count } from './count.ts';
import { problemSentence } from './problem-text.ts';
import type { ValidationFormat } from './validation-format.ts';
import { visible } from './visible.ts';

/** For editors: `file:line:column: severity code: message`, one a line, and nothing else. */
export const lineFormat: ValidationFormat = {
  problem: (source, { problem, line, column }) =>
    `${visible(source)}:${line}:${column}: ${problem.severity} ${problem.code}: ${problemSentence(problem)}\n`,
  summary: () => '',
};

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

const GITHUB_COMMANDS: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  note: 'notice',
};

/** For GitHub Actions: a workflow command for each, which becomes an annotation. */
export const githubFormat: ValidationFormat = {
  problem: (source, { problem, line, column }) => {
    const file = githubProperty(source);
    const title = githubProperty(problem.code);
    const place = `file=${file},line=${line},col=${column},title=${title}`;
    return `::${GITHUB_COMMANDS[problem.severity]} ${place}::${githubData(problemSentence(problem))}\n`;
  },
  fileEnd: ({ source, leftOut }) =>
    leftOut === 0
      ? ''
      : `::notice file=${githubProperty(source)}::${count(leftOut, 'more problem')} not shown\n`,
  summary: () => '',
};

function githubData(text: string): string {
  return visible(text).replaceAll('%', '%25');
}

function githubProperty(text: string): string {
  return githubData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
