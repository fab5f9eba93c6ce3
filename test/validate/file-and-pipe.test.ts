import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { exampleEvent } from '../../src/domain/validate/examples.ts';
import { runCli } from '../support/cli.ts';
import { temporaryFile } from '../support/files.ts';

const GOOD = JSON.stringify(exampleEvent('read'));

/** A line of which a later one may tell more, or that is wrong in one way or another. */
function lineOf(index: number): string {
  const line = GOOD.replace('adf3d121', index.toString(16).padStart(8, '0'));
  if (index % 1000 === 999) return line.replace('"read","contact"', '"raed","contact"');
  if (index % 1400 === 1399) return line.slice(0, -5);
  // It looks like a recording that was cut off, where nothing was recorded.
  if (index % 1600 === 1599) return '{"receivedAt":"2026-01-31T14';
  return index % 1800 === 1799 ? GOOD : line;
}

/** The same over several lines, or in a list of lines. */
function documentOf(line: string, index: number): string {
  const value: unknown = JSON.parse(line);
  const other = line.replace('Ada', 'Bo');
  const ways = [
    line,
    JSON.stringify(value, null, 2),
    JSON.stringify(value, null, 1).replace(/^ +/gm, ''),
    `[\n${line},\n${other}\n]\r\n`,
    JSON.stringify(value, null, '\t').replaceAll('\n', '\r\n'),
  ];
  return ways[index % ways.length] ?? line;
}

const LINES = 7000;

it.each<[string, (index: number) => string]>([
  ['of lines', lineOf],
  [
    'of lines with documents of several lines behind them',
    (index) =>
      index < 1000 ? lineOf(index) : documentOf(GOOD.replace('adf3d121', `${10_000_000 + index}`), index),
  ],
  ['of log lines without an event', (index) => `{"level":30,"time":${1769868180 + index},"msg":"listening"}`],
  ['of braces', () => '{}'],
  ['of array elements that are missing', (index) => (index === 0 ? '[' : ',,,')],
])('a large file %s gets the report of one that is piped', async (_name, entry) => {
  const capture = `${Array.from({ length: LINES }, (_, index) => entry(index)).join('\n')}\n`;
  const file = temporaryFile(capture, 'capture.ndjson');
  for (const format of ['json', 'pretty']) {
    const [fromFile, piped] = [
      await runCli(['validate', file, '--format', format]),
      await runCli(['validate', '-', '--format', format], { stdin: inChunks(capture) }),
    ];
    const named = fromFile.stdout.replaceAll(JSON.stringify(file), '"-"').replaceAll(file, '-');
    expect(named).toBe(piped.stdout);
    expect(fromFile.code).toBe(piped.code);
  }
});

/** A pipe's chunks: they end in the middle of lines and of characters. */
function inChunks(text: string): PassThrough {
  const bytes = Buffer.from(text);
  const stream = new PassThrough();
  for (let at = 0; at < bytes.length; at += 65_521) stream.write(bytes.subarray(at, at + 65_521));
  stream.end();
  return stream;
}
