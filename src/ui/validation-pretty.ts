import { fromPointer } from '../domain/json.ts';
import { describeProblem, type Problem, type Severity, suggestionOf } from '../domain/validate/problem.ts';
import { characterNameIn } from '../domain/validate/stray-character.ts';
import type { ValidationSummary } from '../domain/validate/tally.ts';
import { codeFrame } from './code-frame.ts';
import { count } from './count.ts';
import { didYouMean, dottedPath } from './problem-text.ts';
import type { Style } from './style.ts';
import { measureFor } from './text-width.ts';
import type { ValidationFormat } from './validation-format.ts';
import { visible } from './visible.ts';

/** How it is written. */
export interface PrettyLook {
  readonly style: Style;
  /** Of a terminal or a page, in columns. */
  readonly width: number;
  /** Sentences are broken between words where they are wider; what goes to a file keeps them on one line. */
  readonly wraps: boolean;
}

/** For people: the code and the sentence, the place, and a picture of it. Explains each code once. */
export function prettyFormat({ style, width, wraps }: PrettyLook): ValidationFormat {
  const explained = new Set<string>();
  return {
    problem: async (source, { problem, line, column, excerpt }) => {
      const emphasis = severityStyle(problem.severity, style);
      const path = problem.path === '' ? '' : `  ${style.dim(visible(dottedPath(problem.path)))}`;
      const title = `${problem.severity}[${problem.code}]`;
      const sentence = await sentenceLines(
        visible(describeProblem(problem)),
        title.length + 2,
        wraps ? width : undefined,
      );
      const head = [
        `${emphasis(title)}: ${sentence.map((each) => style.bold(each)).join('\n  ')}`,
        ` ${style.dim('-->')} ${visible(source)}:${line}:${column}${path}`,
      ];
      const help = explained.has(problem.code)
        ? ''
        : `${' '.repeat(String(line).length + 2)}${style.dim('=')} help: callbell-status explain ${problem.code}\n`;
      explained.add(problem.code);
      const label = labelOf(problem);
      if (excerpt === undefined) return `${head.join('\n')}\n${label === '' ? '' : `   ${label}\n`}${help}\n`;
      const measure = await measureFor(excerpt.line.text, excerpt.before?.text ?? '');
      return `${head.join('\n')}\n${codeFrame(excerpt, label, { width, style, emphasis, measure })}${help}\n`;
    },
    fileEnd: ({ source, leftOut }) =>
      leftOut === 0
        ? ''
        : `${style.dim(`… ${count(leftOut, 'more problem')} in ${visible(source)} (--max-problems 0 shows all)`)}\n\n`,
    summary: async (summary, passedOver) => {
      const lines = await sentenceLines(
        summaryLine(summary, passedOver.count, style),
        0,
        wraps ? width : undefined,
      );
      return `${lines.join('\n  ')}\n`;
    },
  };
}

const LEAST_ROOM = 20;

/** A sentence behind something on its first line, broken between words where it would be wider than a terminal. */
async function sentenceLines(
  text: string,
  behind: number,
  width: number | undefined,
): Promise<readonly string[]> {
  if (width === undefined || behind + text.length <= width || behind + LEAST_ROOM > width) return [text];
  const { wrap } = await import('./columns.ts');
  if (behind === 0) return wrap(text, width - 2);
  // What stands before it on the first line is a word to the wrapping.
  const [first = '', ...rest] = wrap(`${'x'.repeat(behind - 1)} ${text}`, width - 2);
  return [first.slice(behind), ...rest];
}

/** What stands beside the carets: what was probably meant, or what is missing. */
function labelOf(problem: Problem): string {
  const suggestion = suggestionOf(problem);
  if (suggestion !== undefined) return visible(didYouMean(problem, suggestion));
  if (problem.code === 'not-json') return characterNameIn(problem.detail) ?? '';
  const isMissing = problem.severity === 'error' && problem.code.startsWith('missing-');
  if (!isMissing || problem.path === '') return '';
  return visible(`${JSON.stringify(fromPointer(problem.path).at(-1))} belongs in here`);
}

function severityStyle(severity: Severity, style: Style): (text: string) => string {
  if (severity === 'error') return style.red;
  return severity === 'warning' ? style.yellow : style.cyan;
}

function summaryLine(summary: ValidationSummary, passedOver: number, style: Style): string {
  const { files, filesWithErrors, events, otherEvents, connectionChecks, logLines } = summary;
  const { errors, warnings, notes, unreadable, interrupted } = summary;
  const others = [
    ...(otherEvents > 0 ? [`, ${count(otherEvents, 'other event')} not checked`] : []),
    ...(connectionChecks > 0 ? [`, ${count(connectionChecks, 'connection check')}`] : []),
    ...(logLines > 0 ? [`, ${count(logLines, 'log line')} without one`] : []),
    ...(unreadable > 0 && (errors > 0 || interrupted) ? [`, ${count(unreadable, 'file')} not read`] : []),
    ...(passedOver > 0 ? [`, ${count(passedOver, 'file')} passed over`] : []),
  ].join('');
  const checked = `${events === 0 ? 'no event' : count(events, 'event')} in ${count(files, 'file')}${others}`;
  const minor = [
    ...(warnings > 0 ? [`, ${count(warnings, 'warning')}`] : []),
    ...(notes > 0 ? [`, ${count(notes, 'note')}`] : []),
  ].join('');
  if (errors === 0) return `${verdict(summary, style)}: ${checked}${minor}`;
  const where = files === 1 ? '' : ` in ${filesWithErrors} of ${files} files`;
  return `${style.red(count(errors, 'error'))}${where}${minor} (${checked})`;
}

/** What is said where no error was found; only what was read, and to its end, can be called valid. */
function verdict(summary: ValidationSummary, style: Style): string {
  const { interrupted, unreadable, events, otherEvents, connectionChecks } = summary;
  if (interrupted) return style.red('interrupted');
  if (unreadable > 0) return style.red(`${count(unreadable, 'file')} not read`);
  return events + otherEvents + connectionChecks > 0 ? style.green('valid') : style.red('nothing checked');
}
