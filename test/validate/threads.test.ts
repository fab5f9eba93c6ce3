import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { exampleEvent } from '../../src/domain/validate/examples.ts';
import { temporaryFile } from '../support/files.ts';

it('a large file, which the built program checks in threads, gets the verdict of one that is piped', () => {
  const good = JSON.stringify(exampleEvent('read'));
  const lines = Array.from({ length: 36_000 }, (_, index) => {
    const line = good.replace('adf3d121', index.toString(16).padStart(8, '0'));
    // Of some messages a second event comes much later; some lines are wrong in one way or another.
    if (index % 5000 === 4999) return line.replace('"read","contact"', '"raed","contact"');
    if (index % 7000 === 6999) return line.slice(0, -5);
    // It looks like a recording that was cut off, where nothing was recorded.
    if (index % 8000 === 7999) return '{"receivedAt":"2026-01-31T14';
    return index % 9000 === 8999 ? good : line;
  });
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
  expect(inThreads.status).toBe(1);
  expect(inThreads.stdout.replaceAll(JSON.stringify(file), '"-"')).toBe(inOne.stdout);
  expect(capture.length).toBeGreaterThan(16 * 1024 * 1024);
});
