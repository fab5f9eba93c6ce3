import { describe, expect, it } from 'vitest';
import { exampleEvent } from '../../src/domain/validate/examples.ts';
import { describeProblem, problem } from '../../src/domain/validate/problem.ts';
import { ValidationTally } from '../../src/domain/validate/tally.ts';
import { createStyle } from '../../src/ui/style.ts';
import { prettyFormat } from '../../src/ui/validation-pretty.ts';
import { type CliResult, runCli } from '../support/cli.ts';
import { temporaryFile } from '../support/files.ts';

const GOOD = JSON.stringify(exampleEvent('read'));
const BAD = GOOD.replace('"status":"read"', '"status":"raed"');
const RAW = ['payload', 'messageStatusPayload'] as const;

const check = (stdin: string, ...flags: string[]): Promise<CliResult> =>
  runCli(['validate', '-', '--json', ...flags], { stdin });

describe('an unknown key', () => {
  it.each<[string, readonly (string | number)[], string | undefined]>([
    ['beside the one it resembles', [...RAW, 'destinaton'], 'destination'],
    ['beside the one it resembles, letters swapped', [...RAW, 'destinatoin'], 'destination'],
    ['of the contact, beside the one it resembles', ['payload', 'contact', 'phoneNumbr'], 'phoneNumber'],
    ['of the payload, beside the one it resembles', ['payload', 'contcat'], 'contact'],
    ['in the plural', ['payload', 'contacts'], undefined],
    ['in the plural, of the provider', [...RAW, 'destinations'], undefined],
    ['that is short', [...RAW, 'types'], undefined],
    ['like no other', ['payload', 'contact', 'updatedAt'], undefined],
  ])('%s is said with what was probably meant, and is a note at most', async (_name, at, suggestion) => {
    const { code, jsonLines } = await check(JSON.stringify(exampleEvent('read', { at, to: 'x' })));
    const [found] = jsonLines;
    expect([found?.suggestion, code]).toEqual([suggestion, 0]);
    expect(jsonLines.at(-1)).toMatchObject({ errors: 0, warnings: 0 });
  });
});

describe('a name of every object in JavaScript', () => {
  it.each(['constructor', 'toString', '__proto__', 'hasOwnProperty'])(
    '%s is a name like others',
    async (name) => {
      const named = await check(GOOD.replace('message_status_updated', name));
      expect(named.jsonLines[0]).toMatchObject({ code: 'misspelt-event', path: '/event' });
      const other = await check(JSON.stringify({ event: name, payload: { a: 1 } }));
      expect(other.jsonLines[0]).toMatchObject({ code: 'unknown-event', path: '/event' });
      const keys = await check(GOOD.replace('"uuid"', `"${name}":{"${name}":[null]},"uuid"`));
      expect(keys.jsonLines.map(({ code, path }) => [code, path])).toEqual([
        ['unknown-key', `/payload/${name}`],
        [undefined, undefined],
      ]);
      expect(named.code + other.code + keys.code).toBe(1);
    },
  );
});

describe('what is no event', () => {
  it.each<[string, string, number, number]>([
    ['a page', '<html></html>', 0, 1],
    ['YAML', 'event: x\npayload: y\n', 0, 1],
    ['a number', '42', 0, 1],
    ['other JSON among events', `${GOOD}\n{"a":1}\n${GOOD}\n`, 2, 1],
    ['a broken line among events', `${GOOD}\n{"a":\n`, 1, 1],
    ['a wrong event is one', BAD, 1, 0],
  ])('%s is not counted as one', async (_name, stdin, events, unrecognised) => {
    expect((await check(stdin)).jsonLines.at(-1)).toMatchObject({ events, unrecognised });
  });

  it('makes the figures say so', async () => {
    const { stdout } = await runCli(['validate', '-'], { stdin: '<html></html>' });
    expect(stdout).toContain('1 error (no event in 1 file)');
  });
});

describe('the formats of a line', () => {
  const WRONG = exampleEvent('read', { at: ['payload', 'contact', 'tags'], to: ['a', null] });

  it.each(['line', 'github', 'sarif', 'junit'])('%s says which value a sentence is about', async (format) => {
    const { stdout } = await runCli(['validate', '-', '--format', format], { stdin: JSON.stringify(WRONG) });
    expect(stdout).toContain('payload.contact.tags[1]: this is null');
  });

  it("github writes a file's name with the escapes of GitHub, and nothing that a terminal obeys", async () => {
    const file = temporaryFile(BAD, 'a\n\r%,:\u001b.json');
    const { stdout } = await runCli(['validate', file, '--format', 'github']);
    expect(stdout).toContain('a%0A%0D%25%2C%3A\\u001b.json,line=1');
  });
});

describe('a figure and its noun agree', () => {
  it.each([1, 2])('in the summary, with %i of each', async (times) => {
    const tally = new ValidationTally();
    for (let n = 0; n < times; n += 1) {
      tally.addFile();
      for (const kind of ['status', 'other-event', 'connection-check', 'log-line'] as const) {
        tally.addRecord(kind);
      }
      for (const severity of ['error', 'warning', 'note'] as const) tally.addProblem(severity, true);
    }
    const format = prettyFormat({ style: await createStyle(0), width: 200, wraps: false });
    const said =
      (await format.summary(tally.summary(), { count: times, named: [] })) +
      format.fileEnd?.({ source: 'a', leftOut: times });
    for (const [, figure, noun] of said.matchAll(
      /(\d+) (?:more |other |connection |log |of \d )?([a-z]+)/g,
    )) {
      expect([noun, noun?.endsWith('s')]).toEqual([noun, Number(figure) !== 1]);
    }
    expect(said.match(/\d+/g)?.length).toBeGreaterThan(7);
  });

  it.each([
    [0, 'none of them says'],
    [2, '2 of them say'],
  ])('where of several statuses %i match', (matching, words) => {
    const found = problem('several-statuses', [], { count: 3, matching, outer: 'read' });
    expect(describeProblem(found)).toContain(`3 statuses in here, and ${words} "read"`);
  });
});
