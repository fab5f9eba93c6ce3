import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { exampleDocument, exampleEvent } from '../../src/domain/validate/examples.ts';
import { runCli } from '../support/cli.ts';
import { temporaryFile } from '../support/files.ts';

const BAD = exampleDocument(exampleEvent('read', { at: ['payload', 'status'], to: 'deliverd' }));

const run = async (
  format: string,
  content = BAD,
  columns = 100,
): Promise<{ file: string; stdout: string }> => {
  const file = temporaryFile(content, 'a&b,c:d.json');
  const { stdout } = await runCli(['validate', file, '--format', format], { columns });
  return { file, stdout: stdout.replaceAll(file, 'FILE') };
};

describe('the formats of validate', () => {
  it('pretty draws the line, carets under the value, what was meant, and the way to more', async () => {
    expect((await run('pretty')).stdout).toMatchInlineSnapshot(`
      "error[unknown-status]: "deliverd" is not a status
       --> FILE:5:15  payload.status
         |
       4 |     "uuid": "adf3d1216d4c4dcd908199d6700f2381",
       5 |     "status": "deliverd",
         |               ^^^^^^^^^^ did you mean "delivered"?
         |
         = help: callbell-status explain unknown-status

      1 error (1 event in 1 file)
      "
    `);
  });

  it.each([60, 200])('pretty keeps every line of a frame within %i columns', async (columns) => {
    const { stdout } = await run(
      'pretty',
      JSON.stringify(JSON.parse(BAD.replace('Ada', '漢'.repeat(500)))),
      columns,
    );
    const frame = stdout.split('\n').filter((line) => /^ *\d* \|/.test(line));
    expect(frame.length).toBeGreaterThan(2);
    for (const line of frame) expect(stringWidth(line)).toBeLessThanOrEqual(columns);
  });

  it('pretty keeps the figures within a terminal', async () => {
    const stdin = `${BAD}\n${BAD.replace('"uuid"', '"x": 1, "uuid"')}{"event":"message_created","payload":{}}\n`;
    const { stdout } = await runCli(['validate', '-', '--quiet'], { stdin, columns: 40 });
    const lines = stdout.trimEnd().split('\n');
    expect(lines.length).toBeGreaterThan(1);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(40);
  });

  it.each([
    ['wide characters', '"漢字漢字": 1, ', 8],
    ['combining characters', '"e\u0301e\u0301": 1, ', 0],
    ['tabs', '\t\t', 0],
  ])('pretty puts the carets under the value behind %s', async (_name, before) => {
    const { stdout } = await run('pretty', BAD.replace('    "status"', `${before}"status"`));
    const lines = stdout.split('\n');
    const at = lines.findIndex((line) => line.includes('^^^'));
    const [head = ''] = (lines[at - 1] ?? '').split('"deliverd"');
    expect((lines[at] ?? '').indexOf('^')).toBe(stringWidth(head));
  });

  it.each([
    ['--quiet', '--format', 'sarif'],
    ['--quiet', '--format', 'junit'],
    ['--json', '--format', 'line'],
  ])('%s %s %s is refused instead of leaving one of them out', async (...flags) => {
    const { code, stdout } = await runCli(['validate', '-', ...flags], { stdin: BAD });
    expect([code, stdout]).toEqual([2, '']);
  });
});

const LONG = JSON.stringify(JSON.parse(BAD.replace('"uuid"', `"a": "${'x'.repeat(100_000)}", "uuid"`)));

describe('positions', () => {
  it.each([
    ['CRLF', BAD.replaceAll('\n', '\r\n'), 5, 15],
    ['a byte order mark', `\ufeff${BAD}`, 5, 15],
    ['an escape in a key', BAD.replace('"status"', '"st\\u0061tus"'), 5, 20],
    ['astral characters before it', BAD.replace('    "status"', '"😀": 1, "status"'), 5, 20],
    ['a line of 100,000 characters', LONG, 1, LONG.indexOf('"deliverd"') + 1],
  ])('are right with %s', async (_name, stdin, line, column) => {
    const { jsonLines } = await runCli(['validate', '-', '--json'], { stdin });
    const found = jsonLines.find(({ code }) => code === 'unknown-status');
    expect([found?.line, found?.column]).toEqual([line, column]);
  });

  it('are right in the last of many lines', async () => {
    const good = JSON.stringify(exampleEvent('read'));
    const stdin = `${good}\n`.repeat(20_000) + JSON.stringify(JSON.parse(BAD));
    const { jsonLines } = await runCli(['validate', '-', '--json'], { stdin });
    expect(jsonLines.find(({ code }) => code === 'unknown-status')).toMatchObject({ line: 20_001 });
  });
});
