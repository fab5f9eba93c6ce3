import { describe, expect, it } from 'vitest';
import { exampleEvent } from '../../src/domain/validate/examples.ts';
import { runCli } from '../support/cli.ts';

const event = exampleEvent('read') as { readonly payload: object };
const pretty = JSON.stringify(event, null, 2);
const misspelt = pretty.replace('"status": "read"', '"status": "raed"');

describe('documents one after another', () => {
  it.each([
    ['indented', `${pretty}\n${pretty}\n`],
    ['indented, with nothing between', pretty + pretty],
    ['indented, then on a line', `${pretty}\n${JSON.stringify(event)}\n`],
    ['run together on one line', JSON.stringify(event).repeat(2)],
    ['on a line, then indented', `${JSON.stringify(event)}\n${pretty}\n`],
    ['on a line, then an indented array', `${JSON.stringify(event)}\n${JSON.stringify([event], null, 2)}`],
    ['with a byte order mark each', `\ufeff${pretty}\n\ufeff${pretty}`],
    ['on lines with a byte order mark each', `\ufeff${JSON.stringify(event)}\n`.repeat(2)],
    ['arrays with a byte order mark each', `\ufeff${JSON.stringify([event], null, 1)}\n`.repeat(2)],
    ['an indented array, then an object', `${JSON.stringify([event], null, 2)}\n${pretty}`],
    ['arrays run together', JSON.stringify([event]).repeat(2)],
    ['in UTF-16 with a mark each', Buffer.from(`\ufeff${pretty}\n`.repeat(2), 'utf16le')],
    ['in UTF-16 without a mark', Buffer.from(`${pretty}\n`.repeat(2), 'utf16le')],
  ])('%s, are each an event', async (name, stdin) => {
    const { code, jsonLines } = await runCli(['validate', '-', '--json'], { stdin });
    expect(jsonLines.filter(({ severity }) => severity === 'error')).toEqual([]);
    if (!name.startsWith('on lines')) expect(jsonLines.map((each) => each.code)).toContain('unwrapped');
    expect([code, jsonLines.at(-1)?.events]).toEqual([0, 2]);
  });

  it.each([
    ['indented', `${pretty}\n\n${misspelt}\n`],
    ['on a line, then indented', `${JSON.stringify(event)}\n${misspelt}\n`],
    ['an array, then indented', `[\n${pretty}\n]\n${misspelt}`],
    [
      'a line after a byte order mark',
      `${JSON.stringify(event)}\n\ufeff${JSON.stringify(JSON.parse(misspelt))}\n`,
    ],
  ])('%s, have their problems where they stand', async (_name, stdin) => {
    const { jsonLines } = await runCli(['validate', '-', '--json'], { stdin });
    const found = jsonLines.find((each) => each.code === 'unknown-status');
    const line = stdin.split('\n')[Number(found?.line) - 1] ?? '';
    expect(line.slice(Number(found?.column) - 1)).toMatch(/^"raed"/);
  });

  it.each<[string, string, number, number, number]>([
    ['cut off', `${pretty}\n${pretty.slice(0, -2)}`, 1, 0, 4],
    ['wrong inside', `${pretty}\n${pretty}\n${pretty.replace('"read"', 'read')}`, 2, 5, 15],
    ['a prompt of a shell', `${pretty}\n$ `, 1, 0, 1],
  ])('are read up to one that is broken: %s', async (_name, stdin, events, lineInLast, column) => {
    const { code, jsonLines } = await runCli(
      ['validate', '-', '--json', '--ignore', 'unwrapped,repeated-status'],
      {
        stdin,
      },
    );
    const lines = pretty.split('\n').length;
    const line = lineInLast > 0 ? events * lines + lineInLast : stdin.split('\n').length;
    expect([code, jsonLines.length, jsonLines.at(-1)?.events]).toEqual([1, 2, events]);
    expect(jsonLines[0]).toMatchObject({ code: 'not-json', line, ...(column > 0 && { column }) });
  });

  it('are not read so where anything is between them', async () => {
    const { code, jsonLines } = await runCli(['validate', '-', '--json'], {
      stdin: `${pretty}\nx\n${pretty}`,
    });
    expect(code).toBe(1);
    expect(jsonLines.map((each) => each.code)).toContain('not-json');
  });
});

describe('what is said of an event', () => {
  it('counts characters of the metadata, not their halves', async () => {
    const withNote = (text: string) => ({
      ...event,
      payload: { ...event.payload, metadata: { text } },
    });
    for (const [length, codes] of [
      [500, []],
      [501, ['metadata-size']],
    ] as const) {
      const stdin = JSON.stringify(withNote('😀'.repeat(length)));
      const { jsonLines } = await runCli(['validate', '-', '--json'], { stdin });
      expect(jsonLines.filter(({ type }) => type === 'problem').map((each) => each.code)).toEqual(codes);
    }
  });

  it('names errors before notes, and suggests no other spelling of a number that is fine', async () => {
    const stdin = `[${JSON.stringify(event)
      .replace(/"phoneNumber":"\d+"/, '"phoneNumber":"+34 612"')
      .replace('"status":"read"', '"status":"raed"')}]`;
    const { jsonLines } = await runCli(['validate', '-', '--json'], { stdin });
    const problems = jsonLines.filter(({ type }) => type === 'problem');
    expect(problems[0]?.code).toBe('unknown-status');
    const number = problems.find((each) => each.code === 'contact-number-format');
    expect(number).toBeDefined();
    expect(number?.suggestion).toBeUndefined();
  });
});
