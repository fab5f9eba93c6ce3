import { describeProblem, type Severity, suggestionOf } from '../domain/validate/problem.ts';
import { count } from './count.ts';
import { placedSentence } from './problem-text.ts';
import type { ValidationFormat } from './validation-format.ts';
import { visible } from './visible.ts';
import { visibleJson } from './visible-json.ts';

/** For editors: `file:line:column: severity code: message`, one a line, and nothing else. */
export const lineFormat: ValidationFormat = {
  problem: (source, { problem, line, column }) =>
    `${visible(source)}:${line}:${column}: ${problem.severity} ${problem.code}: ${placedSentence(problem)}\n`,
  summary: () => '',
};

/** For programs: one object a line. */
export const jsonFormat: ValidationFormat = {
  problem: (source, { problem, line, column }) => {
    const { path, severity, code } = problem;
    const message = describeProblem(problem);
    const suggestion = suggestionOf(problem);
    const fact = { type: 'problem', source, line, column, path, severity, code, message, suggestion };
    return `${visibleJson(JSON.stringify(fact))}\n`;
  },
  summary: (summary, { count: passedOver, named: passedOverFiles }) => {
    const fact = { type: 'summary', ...summary, passedOver, passedOverFiles };
    return `${visibleJson(JSON.stringify(fact))}\n`;
  },
};

const GITHUB_COMMANDS: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  note: 'notice',
};

/**
 * For GitHub Actions: a workflow command for each, which becomes an annotation. Written as GitHub's own toolkit
 * writes them, the properties in its order.
 */
export const githubFormat: ValidationFormat = {
  problem: (source, { problem, line, column }) => {
    const { code, severity } = problem;
    const sentence = placedSentence(problem);
    // There is no file to put an annotation beside.
    if (source === '-') {
      return command(GITHUB_COMMANDS[severity], { title: code }, `stdin:${line}:${column}: ${sentence}`);
    }
    return command(GITHUB_COMMANDS[severity], { title: code, file: source, line, col: column }, sentence);
  },
  fileEnd: ({ source, leftOut, fault }) =>
    [
      fault === undefined ? '' : command('error', placeOf(source), fault),
      leftOut === 0 ? '' : command('notice', placeOf(source), `${count(leftOut, 'more problem')} not shown`),
    ].join(''),
  summary: () => '',
};

function placeOf(source: string): Readonly<Record<string, string>> {
  return source === '-' ? {} : { file: source };
}

function command(
  name: string,
  properties: Readonly<Record<string, string | number>>,
  message: string,
): string {
  const list = Object.entries(properties).map(([key, value]) => `${key}=${githubProperty(String(value))}`);
  return `::${name}${list.length === 0 ? '' : ` ${list.join(',')}`}::${githubData(message)}\n`;
}

/** Line breaks have an escape of GitHub's own; whatever else a terminal would obey is shown as everywhere. */
function githubData(text: string): string {
  return visible(text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A'));
}

function githubProperty(text: string): string {
  return githubData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
