import type { Problem, ProblemCode } from '../domain/validate/problem.ts';
import { RULE_PAGES } from '../domain/validate/rule-pages.ts';
import { RULES } from '../domain/validate/rules.ts';
import type { LocatedProblem } from '../domain/validate/text.ts';
import { count } from './count.ts';
import { dottedPath, placedSentence } from './problem-text.ts';
import type { FileFacts, ValidationFormat } from './validation-format.ts';
import { visible } from './visible.ts';

const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';

/** For code scanning: one SARIF 2.1.0 log, written as it grows. */
export function sarifFormat(version: string): ValidationFormat {
  const rules = (Object.keys(RULES) as ProblemCode[]).map((code) => ({
    id: code,
    shortDescription: { text: code.replaceAll('-', ' ') },
    fullDescription: { text: RULE_PAGES[code].explanation },
    defaultConfiguration: { level: RULES[code].severity },
  }));
  const driver = { name: 'callbell-status', semanticVersion: version, rules };
  const indexes = new Map(rules.map(({ id }, index) => [id, index]));
  const notifications: object[] = [];
  let first = true;
  let executionSuccessful = true;
  return {
    begin: () =>
      `{"$schema":${JSON.stringify(SCHEMA)},"version":"2.1.0","runs":[{"tool":${JSON.stringify({ driver })},"columnKind":"utf16CodeUnits","results":[\n`,
    problem: (source, located) => {
      const separator = first ? '' : ',';
      first = false;
      return `${separator}${JSON.stringify(resultOf(source, located, indexes.get(located.problem.code)))}\n`;
    },
    fileEnd: (facts) => {
      notifications.push(...notificationsOf(facts));
      if (facts.fault !== undefined) executionSuccessful = false;
      return '';
    },
    summary: () => {
      const invocation = { executionSuccessful, toolExecutionNotifications: notifications };
      return `],"invocations":[${JSON.stringify(invocation)}]}]}\n`;
    },
  };
}

function resultOf(source: string, { problem, line, column }: LocatedProblem, ruleIndex = -1): object {
  return {
    ruleId: problem.code,
    ruleIndex,
    level: problem.severity,
    message: { text: placedSentence(problem) },
    locations: [
      {
        physicalLocation: { ...placeOf(source), region: { startLine: line, startColumn: column } },
        ...logicalPlace(problem),
      },
    ],
  };
}

function logicalPlace({ path }: Problem): object {
  if (path === '') return {};
  return { logicalLocations: [{ fullyQualifiedName: visible(dottedPath(path)), kind: 'member' }] };
}

function placeOf(source: string): object {
  return { artifactLocation: { uri: uriOf(source) } };
}

/** A path as a reference that no reader takes for anything else: relative, or with the scheme of files. */
function uriOf(source: string): string {
  if (source === '-') return 'stdin';
  const path = source.replaceAll('\\', '/').replace(/\p{Cs}/gu, '\ufffd');
  const encoded = encodeURI(path).replaceAll('#', '%23').replaceAll('?', '%3F');
  if (path.startsWith('/')) return `file://${encoded}`;
  if (/^[a-z]:\//i.test(path)) return `file:///${encoded}`;
  // A colon would make the first segment a scheme.
  return encoded.replaceAll(':', '%3A');
}

/** What is to be said of a file besides its problems: that it was not read, or that not all is here. */
function notificationsOf({ source, leftOut, fault }: FileFacts): object[] {
  const locations = [{ physicalLocation: placeOf(source) }];
  return [
    ...(fault === undefined ? [] : [{ level: 'error', message: { text: visible(fault) }, locations }]),
    ...(leftOut === 0
      ? []
      : [{ level: 'note', message: { text: `${count(leftOut, 'more problem')} not shown` }, locations }]),
  ];
}
