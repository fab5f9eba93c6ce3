import { describe, expect, it } from 'vitest';
import { exampleEvent } from '../../src/domain/validate/examples.ts';
import { runCli } from '../support/cli.ts';
import { temporaryFile } from '../support/files.ts';
import { startReceiver } from '../support/receiver.ts';

const EVENT = exampleEvent('read');
const GOOD = JSON.stringify(EVENT);
const PRETTY = JSON.stringify(EVENT, null, 2);
const WRONG = GOOD.replace('"read","contact"', '"raed","contact"');

const errorsOf = async (stdin: string): Promise<readonly (readonly unknown[])[]> => {
  const { jsonLines } = await runCli(['validate', '-', '--json', '--max-problems', '0'], { stdin });
  return jsonLines
    .filter(({ severity }) => severity === 'error')
    .map(({ code, line, column }) => [code, line, column]);
};
const statusColumn = GOOD.indexOf('"read","contact"') + 1;

describe('a list without its brackets', () => {
  it.each([
    ['a line each', `${GOOD},\n${WRONG},\n${WRONG}\n`, [1, GOOD.length + 1], 2],
    ['a comma after the last one, too', `${GOOD},\n${WRONG},\n`, [1, GOOD.length + 1], 1],
    ['on one line', `${GOOD}, ${WRONG}`, [1, GOOD.length + 1], 1],
    ['indented', `${PRETTY},\n${WRONG}`, [PRETTY.split('\n').length, 2], 1],
    ['a comma after the first only', `${GOOD},\n${WRONG}\n${WRONG}\n`, [1, GOOD.length + 1], 2],
  ])('says so once, and checks every event: %s', async (_name, stdin, [line, column] = [], wrong) => {
    const errors = await errorsOf(stdin);
    expect(errors.filter(([code]) => code === 'not-json')).toEqual([['not-json', line, column]]);
    expect(errors.filter(([code]) => code === 'unknown-status')).toHaveLength(wrong);
  });

  it('with its last bracket misses the first', async () => {
    expect(await errorsOf(`${GOOD},\n${WRONG}\n]\n`)).toEqual([
      ['not-json', 1, GOOD.length + 1],
      ['unknown-status', 2, statusColumn],
      ['not-json', 3, 1],
    ]);
  });

  it('is drawn with the text before the comma', async () => {
    const { stdout } = await runCli(['validate', '-'], { stdin: `{"a":1},\n${GOOD},\n` });
    expect(stdout).toMatch(/^ 1 \| \{"a":1\},\n +\| {8}\^/m);
  });

  it('of many events is read as it comes in', async () => {
    const stdin = `${GOOD},\n`.repeat(9000);
    expect(stdin.length).toBeGreaterThan(3_000_000);
    const { jsonLines } = await runCli(['validate', '-', '--json'], { stdin });
    expect(jsonLines.at(-1)).toMatchObject({ events: 9000, unrecognised: 1, errors: 1 });
  });

  it('is delivered, and its commas are said', async () => {
    const receiver = await startReceiver();
    const file = temporaryFile(`${GOOD},\n${WRONG},\n`);
    const { jsonLines } = await runCli(['replay', file, '--to', receiver.url, '--json']);
    expect(jsonLines.at(-1)).toMatchObject({ accepted: 2, notSent: 1 });
  });
});

describe('a whole HTTP message', () => {
  const head = 'POST /webhooks HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n';

  it.each([
    ['a request', `${head}\r\n${GOOD}`],
    ['an indented body', `${head}\r\n${PRETTY}`],
    ['line feeds alone', `${head}\n${GOOD}\n`.replaceAll('\r', '')],
    ['the empty line lost', `${head}${GOOD}`],
    ['an answer', `HTTP/1.1 200 OK\r\nServer: x\r\n\r\n${GOOD}`],
    ['an answer of HTTP/2', `HTTP/2 200\r\nserver: x\r\n\r\n[${GOOD}]`],
    ['large headers', `${head}X-Large: ${'x'.repeat(60_000)}\r\n\r\n${GOOD}`],
  ])('is read for its body, with a note: %s', async (_name, stdin) => {
    const { code, jsonLines } = await runCli(['validate', '-', '--json'], { stdin });
    expect(code).toBe(0);
    expect(jsonLines.at(-1)).toMatchObject({ events: 1, errors: 0 });
    expect(jsonLines.map((each) => each.code)).toContain('unwrapped');
  });

  it('has its problems where they stand', async () => {
    expect(await errorsOf(`${head}\r\n${WRONG}`)).toEqual([['unknown-status', 5, statusColumn]]);
  });

  it('without a body is called one, once', async () => {
    expect(await errorsOf(head)).toEqual([['not-json', 1, 1]]);
  });
});
