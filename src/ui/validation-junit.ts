import type { LocatedProblem } from '../domain/validate/text.ts';
import { count } from './count.ts';
import { placedSentence } from './problem-text.ts';
import type { FileFacts, ValidationFormat } from './validation-format.ts';
import { escapeXml } from './xml.ts';

/** Cases of one file: they are held until its end, because their number comes first. */
const MOST_CASES = 10_000;

/** What a report says of the run that made it. */
export interface JunitRun {
  readonly version: string;
  now(): Date;
}

/**
 * For test reports: a suite a file, in it a case for each problem: an error or a warning is a failed one, a
 * note a passed one that the suite's output explains. A file without problems is one passed case, one that
 * could not be read to its end has a case with an error.
 *
 * The elements and attributes are those that both published schemas know, Jenkins' and Apache Ant's. A file's
 * problems are held until it ends, because its suite begins with their number; those over a limit are counted.
 */
export function junitFormat({ version, now }: JunitRun): ValidationFormat {
  let held: LocatedProblem[] = [];
  let notHeld = 0;
  let began = now();
  let suites = 0;
  return {
    begin: () => '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n',
    problem: (_source, { problem, line, column }) => {
      if (held.length < MOST_CASES) held.push({ problem, line, column });
      else notHeld += 1;
      return '';
    },
    fileEnd: (facts) => {
      const ended = now();
      const seconds = Math.max(0, (ended.getTime() - began.getTime()) / 1000);
      // Ant's schema takes a time without a zone.
      const timestamp = began.toISOString().slice(0, 19);
      const head = `id="${suites}" timestamp="${timestamp}" time="${seconds.toFixed(3)}"`;
      const { leftOut } = facts;
      const suite = suiteOf({ ...facts, leftOut: leftOut + notHeld }, held, head, version);
      held = [];
      notHeld = 0;
      began = ended;
      suites += 1;
      return suite;
    },
    summary: () => '</testsuites>\n',
  };
}

function suiteOf(
  { source, leftOut, fault }: FileFacts,
  problems: readonly LocatedProblem[],
  head: string,
  version: string,
): string {
  const name = escapeXml(source);
  const cases = problems.map((each) => problemCase(source, each));
  if (fault !== undefined) cases.push(errorCase(source, fault));
  if (cases.length === 0) cases.push(testCase(source, 'valid'));
  const failures = problems.filter(({ problem }) => problem.severity !== 'note').length;
  const counts = `tests="${cases.length}" failures="${failures}" errors="${fault === undefined ? 0 : 1}"`;
  const remarks = [
    ...problems.filter(({ problem }) => problem.severity === 'note').map((each) => remarkOf(source, each)),
    ...(leftOut === 0 ? [] : [`${count(leftOut, 'more problem')} not shown`]),
  ];
  return [
    `  <testsuite name="${name}" package="callbell-status" hostname="localhost" ${head} ${counts}>\n`,
    `    <properties><property name="callbell-status" value="${escapeXml(version)}"/></properties>\n`,
    ...cases,
    `    <system-out>${escapeXml(remarks.join('\n'))}</system-out>\n`,
    '    <system-err/>\n',
    '  </testsuite>\n',
  ].join('');
}

function problemCase(source: string, { problem, line, column }: LocatedProblem): string {
  const { code, severity, path } = problem;
  const name = `${code} ${line}:${column}`;
  if (severity === 'note') return testCase(source, name);
  const message = escapeXml(placedSentence(problem));
  const place = escapeXml(`${source}:${line}:${column} ${path}`.trimEnd());
  return testCase(source, name, `<failure message="${message}" type="${code}">${place}</failure>`);
}

function errorCase(source: string, fault: string): string {
  const message = escapeXml(fault);
  return testCase(source, 'read', `<error message="${message}" type="unreadable">${message}</error>`);
}

/** @param outcome an element; without one the case has passed */
function testCase(source: string, name: string, outcome = ''): string {
  return `    <testcase name="${name}" classname="${escapeXml(source)}" time="0">${outcome}</testcase>\n`;
}

function remarkOf(source: string, { problem, line, column }: LocatedProblem): string {
  return `${source}:${line}:${column}: ${problem.severity} ${problem.code}: ${placedSentence(problem)}`;
}
