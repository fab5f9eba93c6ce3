import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { exampleEvent } from '../../src/domain/validate/examples.ts';

const GOOD = JSON.stringify(exampleEvent('read'));

/** What a whole run with a small heap came to: it is killed where it holds something for each line. */
async function runWithSmallHeap(
  line: string,
  times: number,
  flags: readonly string[],
): Promise<{ readonly code: unknown; readonly signal: unknown; readonly last: string }> {
  const argv = ['--max-old-space-size=64', 'bin/callbell-status.js', 'validate', '-', '--json', ...flags];
  const child = spawn(process.execPath, argv, { stdio: ['pipe', 'pipe', 'ignore'] });
  const exited = once(child, 'exit');
  let last = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    last = (last + text).slice(-2000);
  });
  // The program may end before it has read everything: its code is what is asked for.
  child.stdin.on('error', () => {});
  const part = Math.min(times, Math.ceil(60_000 / (line.length + 1)));
  const text = `${line}\n`.repeat(part);
  for (let written = 0; written < times; written += part) {
    const rest = Math.min(part, times - written);
    const isOpen = child.stdin.write(rest === part ? text : `${line}\n`.repeat(rest));
    if (!isOpen) await Promise.race([once(child.stdin, 'drain'), exited]);
  }
  child.stdin.end();
  const [code, signal] = await exited;
  return { code, signal, last: last.trim().split('\n').at(-1) ?? '' };
}

describe('memory does not grow with the length of a capture', () => {
  it.each<[string, string, number, readonly string[], object]>([
    ['wrong lines', '{}', 600_000, [], { errors: 600_000, unrecognised: 600_000, leftOut: 599_980 }],
    ['lines that are not JSON', '{bad}', 150_000, [], { unrecognised: 150_000 }],
    [
      'other events',
      '{"event":"message_created","payload":{}}',
      300_000,
      [],
      { otherEvents: 300_000, errors: 0 },
    ],
    [
      'problems that are all shown',
      GOOD.replace('"read","contact"', '"raed","contact"'),
      60_000,
      ['--max-problems', '0'],
      { errors: 60_000, leftOut: 0 },
    ],
  ])(
    'of %s',
    async (_name, line, times, flags, figures) => {
      const { code, signal, last } = await runWithSmallHeap(line, times, flags);
      expect(signal).toBeNull();
      expect(JSON.parse(last)).toMatchObject({ type: 'summary', ...figures });
      expect(code).toBe('errors' in figures && figures.errors === 0 ? 0 : 1);
    },
    60_000,
  );
});
