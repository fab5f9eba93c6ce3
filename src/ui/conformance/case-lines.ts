import type { CaseResult } from '../../domain/conformance/case.ts';
import { type CaseId, caseOf } from '../../domain/conformance/cases.ts';
import { exchangeLines } from '../../domain/conformance/describe.ts';
import type { Verdict } from '../../domain/conformance/verdict.ts';
import { wrap } from '../columns.ts';
import { count } from '../count.ts';
import type { Style } from '../style.ts';
import { visible } from '../visible.ts';

/** How results are printed. */
export interface CaseLook {
  readonly width: number;
  readonly style: Style;
}

const ID_WIDTH = 24;
const INDENT = ' '.repeat(6);

/** Formats a case: a line where it passed, with its exchange, reason and fix where it did not. */
export function formatCase(result: CaseResult, again: string, { width, style }: CaseLook): string {
  const { id, outcome, title, skipped, ms } = result;
  const word = { pass: 'pass', warn: 'warn', fail: 'FAIL', skip: 'skip' }[outcome];
  const paint = { pass: style.green, warn: style.yellow, fail: style.red, skip: style.dim }[outcome];
  const said = outcome === 'skip' ? (skipped ?? '') : title;
  const time = outcome === 'skip' ? '' : `  ${ms} ms`;
  const head = `${paint(word)}  ${style.bold(id.padEnd(ID_WIDTH))}`;
  const [first = '', ...rest] = wrap(
    `${visible(said)}${style.dim(time)}`,
    Math.max(20, width - ID_WIDTH - 7),
  );
  const lines = [`${head} ${first}`, ...rest.map((line) => `${' '.repeat(ID_WIDTH + 7)}${line}`)];
  if (outcome === 'warn' || outcome === 'fail') lines.push(...detailLines(result, again, width, style));
  return `${lines.join('\n')}\n`;
}

function detailLines(result: CaseResult, again: string, width: number, style: Style): string[] {
  const { why, fix } = caseOf(result.id as CaseId);
  const labelled = (label: string, text: string): string[] =>
    wrap(text, Math.max(20, width - INDENT.length - 7)).map(
      (line, n) => `${INDENT}${style.dim((n === 0 ? label : '').padEnd(7))}${line}`,
    );
  const rounds = result.rounds === undefined ? [] : labelled('rounds', roundsInWords(result.rounds));
  return [
    ...exchangeLines(result).map((line) => `${INDENT}${style.dim(visible(line))}`),
    ...result.failed.flatMap(({ level, expected, got }) =>
      labelled(
        level === 'required' ? 'wrong' : 'risky',
        `expected ${visible(expected)}, got ${visible(got)}`,
      ),
    ),
    ...rounds,
    ...labelled('why', why),
    ...labelled('do', fix),
    // Never broken: it is to be copied.
    `${INDENT}${style.dim('again'.padEnd(7))}${visible(again)}`,
  ];
}

function roundsInWords({ run, failed }: { readonly run: number; readonly failed: number }): string {
  return `${failed} of ${run} lost the race`;
}

/** Formats the verdict in one paragraph. */
export function formatVerdict(verdict: Verdict, hasEffects: boolean, { width, style }: CaseLook): string {
  const { failed, warned, skipped, passed, knownFailing, unexpectedPasses } = verdict;
  const word = { conformant: 'conformant', 'not-conformant': 'not conformant', interrupted: 'interrupted' }[
    verdict.verdict
  ];
  const paint = verdict.verdict === 'conformant' ? style.green : style.red;
  const named = (ids: readonly string[], what: string): string[] =>
    ids.length === 0 ? [] : [`${ids.length} ${what} (${ids.join(', ')})`];
  const parts = [
    `${passed} passed`,
    ...named(failed, 'failed'),
    ...named(warned, 'risky'),
    ...named(knownFailing, 'known to fail'),
    ...named(unexpectedPasses, 'passed although they are named by --known-failing: take them off'),
    ...(skipped.length > 0 ? [`${count(skipped.length, 'case')} skipped`] : []),
    ...(hasEffects ? [] : ['effects not observed']),
  ];
  const [first = '', ...rest] = wrap(`${word}: ${parts.join(' · ')}`, width);
  return `\n${[first.replace(word, paint(word)), ...rest].join('\n')}\n`;
}

/** Formats the list of all cases. */
export function formatCaseList(ids: readonly CaseId[], { width, style }: CaseLook): string {
  return ids
    .map((id) => {
      const { group, level, needs, title } = caseOf(id);
      const needed = needs.length === 0 ? '' : ` (needs ${needs.join(', ')})`;
      const indent = ' '.repeat(ID_WIDTH + 2);
      const [first = '', ...rest] = wrap(`${title}${needed}`, Math.max(20, width - ID_WIDTH - 2));
      const head = `${style.bold(id.padEnd(ID_WIDTH))}  ${first}`;
      const facts = `${indent}${style.dim(`${group}, ${level}`)}`;
      return `${[head, ...rest.map((line) => indent + line), facts].join('\n')}\n`;
    })
    .join('');
}
