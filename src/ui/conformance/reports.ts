import type { CaseResult } from '../../domain/conformance/case.ts';
import { CASE_GROUPS } from '../../domain/conformance/case.ts';
import { describeFailedCase } from '../../domain/conformance/describe.ts';
import type { Verdict } from '../../domain/conformance/verdict.ts';
import { visible } from '../visible.ts';
import { escapeXml } from '../xml.ts';

/** Everything that a report is made of. */
export interface ConformanceReport {
  readonly results: readonly CaseResult[];
  readonly verdict: Verdict;
}

/** Formats a JUnit report: a suite a group; a case that is only risky has passed, and says why in its output. */
export function conformanceJunit({ results }: ConformanceReport): string {
  const suites = CASE_GROUPS.map((group) => ({
    group,
    cases: results.filter((each) => each.group === group),
  }));
  const body = suites
    .filter(({ cases }) => cases.length > 0)
    .map(({ group, cases }) => {
      const failures = cases.filter(({ outcome }) => outcome === 'fail').length;
      const skipped = cases.filter(({ outcome }) => outcome === 'skip').length;
      const counts = `tests="${cases.length}" failures="${failures}" errors="0" skipped="${skipped}"`;
      return `  <testsuite name="callbell-status.${group}" ${counts}>\n${cases.map(junitCase).join('')}  </testsuite>\n`;
    });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${body.join('')}</testsuites>\n`;
}

function junitCase(result: CaseResult): string {
  const { id, group, ms, outcome, skipped } = result;
  const head = `    <testcase name="${id}" classname="callbell-status.${group}" time="${(ms / 1000).toFixed(3)}">`;
  const details = escapeXml(outcome === 'pass' ? '' : describeFailedCase(result));
  const inside = {
    pass: '',
    warn: `<system-out>${details}</system-out>`,
    fail: `<failure message="${escapeXml(firstFailure(result))}" type="${id}">${details}</failure>`,
    skip: `<skipped message="${escapeXml(skipped ?? '')}"/>`,
  }[outcome];
  return `${head}${inside}</testcase>\n`;
}

function firstFailure({ failed: [first] }: CaseResult): string {
  return first === undefined ? '' : `expected ${first.expected}, got ${first.got}`;
}

/** Formats a report as markdown: the verdict, a table of what is wrong, and each exchange folded. */
export function conformanceMarkdown({ results, verdict }: ConformanceReport): string {
  const wrong = results.filter(({ outcome }) => outcome === 'fail' || outcome === 'warn');
  const rows = wrong.map(
    (result) =>
      `| \`${result.id}\` | ${result.outcome} | ${cell(result.title)} | ${cell(firstFailure(result))} |`,
  );
  const table =
    rows.length === 0
      ? []
      : ['| case | | what a right handler does | here |', '|---|---|---|---|', ...rows, ''];
  const folded = wrong.flatMap((result) => [
    `<details><summary><code>${result.id}</code></summary>`,
    '',
    '```text',
    ...describeFailedCase(result)
      .split('\n')
      .map((line) => visible(line).replaceAll('```', "'''")),
    '```',
    '',
    '</details>',
    '',
  ]);
  const { passed, failed, warned, skipped } = verdict;
  const figures = `${passed} passed, ${failed.length} failed, ${warned.length} risky, ${skipped.length} skipped`;
  return [`## Webhook conformance: ${verdict.verdict}`, '', figures, '', ...table, ...folded].join('\n');
}

function cell(text: string): string {
  return visible(text).replaceAll('|', '\\|').replaceAll('<', '&lt;');
}

/** Formats results as lines of JSON: a case a line, then the verdict. */
export function conformanceJson(
  { results, verdict }: ConformanceReport,
  again: (id: string) => string,
): string {
  return results.map((result) => caseJson(result, again(result.id))).join('') + verdictJson(verdict);
}

/** Formats one case as a line of JSON. */
export function caseJson(
  { failed, exchanges, exchangesLeftOut, ...result }: CaseResult,
  again: string,
): string {
  const [first] = failed;
  const line = {
    type: 'case',
    ...result,
    ...(first !== undefined && { expected: first.expected, got: first.got, failed, again }),
    exchanges: exchanges.map(({ answer, state, ...exchange }) => ({ ...exchange, ...answer, state })),
    exchangesLeftOut,
  };
  return `${JSON.stringify(line)}\n`;
}

/** Formats the verdict as a line of JSON. */
export function verdictJson(verdict: Verdict): string {
  return `${JSON.stringify({ type: 'verdict', ...verdict })}\n`;
}
