import type { Problem, ProblemCode } from '../domain/validate/problem.ts';
import { RULES } from '../domain/validate/rules.ts';
import type { LocatedProblem } from '../domain/validate/text.ts';
import { dottedPath, problemSentence } from './problem-text.ts';
import type { ValidationFormat } from './validation-format.ts';

const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';

/** For code scanning: one SARIF 2.1.0 log, written as it grows. */
export function sarifFormat(version: string): ValidationFormat {
  const rules = (Object.keys(RULES) as ProblemCode[]).map((code) => ({
    id: code,
    shortDescription: { text: code.replaceAll('-', ' ') },
    defaultConfiguration: { level: RULES[code].severity },
  }));
  const driver = { name: 'callbell-status', semanticVersion: version, rules };
  const indexes = new Map(rules.map(({ id }, index) => [id, index]));
  let first = true;
  return {
    begin: () =>
      `{"$schema":${JSON.stringify(SCHEMA)},"version":"2.1.0","runs":[{"tool":${JSON.stringify({ driver })},"columnKind":"utf16CodeUnits","results":[\n`,
    problem: (source, located) => {
      const separator = first ? '' : ',';
      first = false;
      return `${separator}${JSON.stringify(resultOf(source, located, indexes.get(located.problem.code)))}\n`;
    },
    summary: () => ']}]}\n',
  };
}

function resultOf(source: string, { problem, line, column }: LocatedProblem, ruleIndex = -1): object {
  const uri =
    source === '-'
      ? 'stdin'
      : encodeURI(source.replaceAll('\\', '/')).replaceAll('#', '%23').replaceAll('?', '%3F');
  return {
    ruleId: problem.code,
    ruleIndex,
    level: problem.severity,
    message: { text: problemSentence(problem) },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri }, region: { startLine: line, startColumn: column } },
        ...logicalPlace(problem),
      },
    ],
  };
}

function logicalPlace({ path }: Problem): object {
  return path === '' ? {} : { logicalLocations: [{ fullyQualifiedName: dottedPath(path), kind: 'member' }] };
}
