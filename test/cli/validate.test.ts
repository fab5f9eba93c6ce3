import { describe, expect, it } from 'vitest';
import { OBEYED, runCli } from '../support/cli.ts';
import { minimalEvent, sampleEvent } from '../support/events.ts';
import { temporaryFile } from '../support/files.ts';

const BAD = JSON.stringify(JSON.parse(minimalEvent('a'.repeat(32), 'deliverd')), null, 2);
const GOOD = JSON.stringify(sampleEvent('read'));

/** The example of Callbell's page, as it is printed there. */
const PAGE_EXAMPLE = 'fixtures/callbell-example.json';

describe('validate', () => {
  it("finds nothing at all wrong with the example of Callbell's page", async () => {
    const { code, jsonLines } = await runCli(['validate', PAGE_EXAMPLE, '--json']);
    expect(code).toBe(0);
    expect(jsonLines).toEqual([
      expect.objectContaining({ type: 'summary', events: 1, errors: 0, warnings: 0, notes: 0 }),
    ]);
  });

  it('says code, severity, place, path and suggestion', async () => {
    const file = temporaryFile(BAD);
    const { code, jsonLines } = await runCli(['validate', file, '--json']);
    expect(code).toBe(1);
    expect(jsonLines[0]).toMatchObject({
      type: 'problem',
      source: file,
      line: 5,
      column: 15,
      path: '/payload/status',
      severity: 'error',
      code: 'unknown-status',
      suggestion: 'delivered',
    });
  });

  it.each([
    ['NDJSON', `${GOOD}\n${JSON.stringify(JSON.parse(BAD))}\n`, 2],
    ['an array', `[${GOOD},\n\n${JSON.stringify(JSON.parse(BAD))}]`, 3],
  ])('finds the line in %s', async (_name, capture, line) => {
    const { code, jsonLines } = await runCli(['validate', '-', '--json'], { stdin: capture });
    expect(code).toBe(1);
    const errors = jsonLines.filter(({ severity }) => severity === 'error');
    expect(errors).toMatchObject([{ source: '-', line, code: 'unknown-status' }]);
    expect(jsonLines.at(-1)).toMatchObject({ type: 'summary', files: 1, events: 2, errors: 1 });
  });

  it('counts other Callbell events and does not call them wrong', async () => {
    const { code, jsonLines } = await runCli(['validate', 'fixtures/invalid/other-event.json', '--json']);
    expect(code).toBe(0);
    expect(jsonLines.at(-1)).toMatchObject({ events: 0, otherEvents: 1, errors: 0 });
  });

  it('accepts keys that nobody documented', async () => {
    const event = sampleEvent('read');
    const odd = {
      ...event,
      createdAt: '2026',
      payload: { ...event.payload, new: 1, contact: { bsuid: 'IN.1', x: {} } },
    };
    expect((await runCli(['validate', '-'], { stdin: JSON.stringify(odd) })).code).toBe(0);
  });

  it('checks the other files when one cannot be read, and exits 3', async () => {
    const { code, stderr, jsonLines } = await runCli([
      'validate',
      '/nowhere.json',
      temporaryFile(BAD),
      '--json',
    ]);
    expect(code).toBe(3);
    expect(stderr).toContain('/nowhere.json');
    expect(jsonLines.at(-1)).toMatchObject({ files: 2, events: 1, errors: 1 });
  });

  it('shows escape sequences of a file, and obeys none', async () => {
    const event = minimalEvent('a'.repeat(32), '\u001b]0;owned\u0007\u202e');
    const { stdout } = await runCli(['validate', '-'], { stdin: event });
    expect(stdout).toContain('unknown-status');
    expect(stdout).not.toMatch(OBEYED);
  });
});

describe('what is not JSON', () => {
  it.each([
    ['a trailing comma', '{"a":1,}', 1, 7],
    ['single quotes', "{'a':1}", 1, 2],
    ['a bare key', '{\n  a: 1}', 2, 3],
    ['a truncated file', '{"event":"message', 1, 18],
    ['a missing bracket', '{"a":[1,2', 1, 10],
    ['half a second document', '{"a":\n1}\n{"b":\n2', 4, 2],
    ['a comment', '{\n// x\n"a":1}', 2, 1],
    ['a missing comma', '{"a":1 "b":2}', 1, 8],
    ['a missing colon', '{"a" 1}', 1, 6],
    ['an unknown escape', '{"a":"\\q"}', 1, 7],
    ['NaN', '{"a":NaN}', 1, 6],
    ['a leading zero', '{"a":01}', 1, 6],
    ['a trailing comma in an array', '[{"event":"x"},\n]', 1, 15],
    ['an array without end', '[{"event":"x"},', 1, 16],
    ['text behind an array', '[{"event":"x"}]\nx', 2, 1],
  ])('%s is found where it is', async (_name, capture, line, column) => {
    const { code, jsonLines } = await runCli(['validate', '-', '--json'], { stdin: capture });
    expect(code).toBe(1);
    expect(jsonLines.filter(({ code: each }) => each === 'not-json')).toMatchObject([{ line, column }]);
  });
});
