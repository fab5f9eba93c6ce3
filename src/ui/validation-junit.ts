import type { LocatedProblem } from '../domain/validate/text.ts';
import { problemSentence } from './problem-text.ts';
import type { ValidationFormat } from './validation-format.ts';
import { visible } from './visible.ts';

/**
 * For test reports: a suite a file, in it a case for each problem: an error or a warning is a failed one, a
 * note a passed one with a remark. A file without problems is one passed case. A file's problems are held
 * until it ends, because its suite begins with their number; they are as many as are shown.
 */
export function junitFormat(): ValidationFormat {
  let held: LocatedProblem[] = [];
  return {
    begin: () => '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="callbell-status validate">\n',
    problem: (_source, located) => {
      held.push(located);
      return '';
    },
    fileEnd: ({ source, leftOut }) => {
      const failures = held.filter(({ problem }) => problem.severity !== 'note').length;
      const cases = held.length === 0 ? [passedCase(source)] : held.map((each) => problemCase(source, each));
      const remark = leftOut === 0 ? '' : `    <system-out>${leftOut} more not shown</system-out>\n`;
      held = [];
      return [
        `  <testsuite name="${escapeXml(source)}" tests="${cases.length}" failures="${failures}" errors="0" skipped="0">\n`,
        ...cases,
        remark,
        '  </testsuite>\n',
      ].join('');
    },
    summary: () => '</testsuites>\n',
  };
}

function passedCase(source: string): string {
  return `    <testcase name="valid" classname="${escapeXml(source)}"/>\n`;
}

function problemCase(source: string, { problem, line, column }: LocatedProblem): string {
  const { code, severity, path } = problem;
  const place = `${source}:${line}:${column}`;
  const text = `${place} ${path}`;
  const body =
    severity === 'note'
      ? `<system-out>${escapeXml(problemSentence(problem))}</system-out>`
      : `<failure message="${escapeXml(problemSentence(problem))}" type="${code}">${escapeXml(text)}</failure>`;
  return `    <testcase name="${code} ${line}:${column}" classname="${escapeXml(source)}">${body}</testcase>\n`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** What XML cannot hold (control characters, lone surrogates) is shown as escapes first. */
function escapeXml(text: string): string {
  return visible(text).replace(/[&<>"'\ufffe\uffff]/g, (character) => ENTITIES[character] ?? '\ufffd');
}
