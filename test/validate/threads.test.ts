import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { exampleEvent } from '../../src/domain/validate/examples.ts';
import { temporaryFile } from '../support/files.ts';

const GOOD = JSON.stringify(exampleEvent('read'));

/** A line of which a later one may tell more, or that is wrong in one way or another. */
function lineOf(index: number): string {
  const line = GOOD.replace('adf3d121', index.toString(16).padStart(8, '0'));
  if (index % 5000 === 4999) return line.replace('"read","contact"', '"raed","contact"');
  if (index % 7000 === 6999) return line.slice(0, -5);
  // It looks like a recording that was cut off, where nothing was recorded.
  if (index % 8000 === 7999) return '{"receivedAt":"2026-01-31T14';
  return index % 9000 === 8999 ? GOOD : line;
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

it.each<[string, (index: number) => string]>([
  ['of lines', lineOf],
  [
    'of lines with documents of several lines behind them',
    (index) =>
      index < 1000 ? lineOf(index) : documentOf(GOOD.replace('adf3d121', `${10_000_000 + index}`), index),
  ],
])(
  'a large file %s, which the built program checks in threads, gets the verdict of one that is piped',
  (_name, entry) => {
    const lines = Array.from({ length: 36_000 }, (_, index) => entry(index));
    const capture = `${lines.join('\n')}\n`;
    const file = temporaryFile(capture, 'capture.ndjson');
    const run = (source: string, input?: string): { status: number | null; stdout: string } =>
      spawnSync(process.execPath, ['bin/callbell-status.js', 'validate', source, '--json'], {
        encoding: 'utf8',
        maxBuffer: 2 ** 28,
        ...(input !== undefined && { input }),
      });
    const inThreads = run(file);
    const inOne = run('-', capture);
    expect(inThreads.status).toBe(entry === lineOf ? 1 : 0);
    expect(inThreads.stdout.replaceAll(JSON.stringify(file), '"-"')).toBe(inOne.stdout);
    expect(capture.length).toBeGreaterThan(16 * 1024 * 1024);
  },
);
