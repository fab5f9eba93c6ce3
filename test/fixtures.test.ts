import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SCENARIO_NAMES } from '../src/domain/generate/scenarios.ts';
import { isMessageStatus, MESSAGE_STATUSES } from '../src/domain/status.ts';
import type { ProblemCode } from '../src/domain/validate/problem.ts';
import { RULES } from '../src/domain/validate/rules.ts';
import { validateText } from '../src/domain/validate/text.ts';
import { runCli } from './support/cli.ts';
import { GENERATED_FIXTURES } from './support/fixtures.js';

const names = (folder: string): string[] => readdirSync(`fixtures/${folder}`);

/** `unknown-status.lower-case.json` is a variant of `unknown-status`. */
const subject = (file: string): string => file.split('.', 1)[0] ?? '';

describe('generated fixtures', () => {
  it('are all files of their folders', () => {
    const there = ['statuses', 'scenarios'].flatMap((folder) =>
      names(folder).map((file) => `${folder}/${file}`),
    );
    expect(new Set(there)).toEqual(new Set(GENERATED_FIXTURES.map(({ file }) => file)));
  });

  it('have a file for each status and each scenario', () => {
    expect(new Set(names('statuses').map(subject))).toEqual(new Set(MESSAGE_STATUSES));
    expect(new Set(names('scenarios').map(subject))).toEqual(new Set(SCENARIO_NAMES));
  });

  it.each(GENERATED_FIXTURES)('$file is what simulate prints today', async ({ file, argv }) => {
    const { stdout } = await runCli(argv);
    expect(stdout).toBe(readFileSync(`fixtures/${file}`, 'utf8'));
  });

  it.each(names('statuses'))('%s has nothing wrong but a deprecation', (file) => {
    const { problems } = validateText(readFileSync(`fixtures/statuses/${file}`, 'utf8'));
    const wrong = problems.filter(({ problem }) => problem.severity !== 'note');
    expect(wrong.filter(({ problem }) => problem.code !== 'deprecated-status')).toEqual([]);
  });
});

describe('fixtures/invalid', () => {
  it('has a file for each code, and no other', () => {
    expect(new Set(names('invalid').map(subject))).toEqual(new Set(Object.keys(RULES)));
  });

  it.each(names('invalid'))(
    '%s has exactly the problem it is named after, with its severity',
    async (file) => {
      const code = subject(file) as ProblemCode;
      const argv = ['validate', '--max-event', '64KiB', '--json', `fixtures/invalid/${file}`];
      const { jsonLines, code: exit } = await runCli(argv);
      // What can stand only in a recording comes with the note that it was read as one.
      const isAsked = ({ type, code }: Record<string, unknown>): boolean =>
        type === 'problem' && (code !== 'unwrapped' || code === subject(file));
      const problems = jsonLines.filter(isAsked);
      expect(problems.map((each) => [each.code, each.severity])).toEqual([[code, RULES[code].severity]]);
      expect(exit).toBe(RULES[code].severity === 'error' ? 1 : 0);
    },
  );
});

describe('fixtures/samples', () => {
  const samples = names('samples').filter((file) => file !== 'index.json');

  it.each(samples)(
    '%s in a correct envelope has no error, unless its status is not one of the seven',
    (file) => {
      const raw = readFileSync(`fixtures/samples/${file}`, 'utf8');
      const status = file.split('-')[1] ?? '';
      const text = `{"event":"message_status_updated","payload":{"uuid":"${'a'.repeat(32)}","status":"${status}","messageStatusPayload":${raw}}}`;
      const errors = validateText(text).problems.filter(({ problem }) => problem.severity === 'error');
      const expected = isMessageStatus(status) ? [] : ['unknown-status'];
      expect(errors.map(({ problem }) => problem.code)).toEqual(expected);
    },
  );
});
