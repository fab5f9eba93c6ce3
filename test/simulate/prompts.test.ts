import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { runCli, startCli } from '../support/cli.ts';
import { temporaryFolder } from '../support/files.ts';
import { startReceiver } from '../support/receiver.ts';

const DOWN = '\u001b[B';
const ENTER = '\r';

const FIXED = ['--seed', '7', '--now', '2026-01-31T14:03:00Z'];

/** Answers one question after another, each when it is asked. */
async function converse(argv: string[], answers: readonly (readonly [RegExp, string])[]) {
  const stdin = new PassThrough();
  const run = startCli(['simulate', ...argv], { terminal: true, stdin });
  for (const [question, keys] of answers) {
    await run.stderr.until(question);
    stdin.write(keys);
  }
  const code = await run.exitCode;
  const command = /callbell-status simulate (.*)$/m.exec(run.stderr.text)?.[1] ?? '';
  return { code, stdout: run.stdout.text, command };
}

describe('the questions of simulate', () => {
  it('lead to a printed event, and to the command that does the same', async () => {
    const { code, stdout, command } = await converse(FIXED, [
      [/What happens/, ENTER],
      [/Which provider/, ENTER],
      [/Where to/, ENTER],
    ]);
    expect({ code, command }).toEqual({ code: 0, command: `--status enqueued ${FIXED.join(' ')}` });
    expect((await runCli(['simulate', ...command.split(' ')])).stdout).toBe(stdout);
  });

  it('ask why something fails, and for a file', async () => {
    const file = join(temporaryFolder(), 'failed.json');
    const { code, command } = await converse(FIXED, [
      [/What happens/, DOWN.repeat(4) + ENTER],
      [/Which provider/, DOWN + ENTER],
      [/Why\?/, 'healthy ecosystem'],
      [/› .*131049|❯ 131049/, ENTER],
      [/Where to/, DOWN.repeat(2) + ENTER],
      [/File/, `${file}${ENTER}`],
    ]);
    expect({ code, command }).toEqual({
      code: 0,
      command: `--status failed --provider cloud --failure 131049 -o ${file} ${FIXED.join(' ')}`,
    });
    expect(readFileSync(file, 'utf8')).toContain('131049');
  });

  it('ask only for what the flags leave open', async () => {
    const { requests, url } = await startReceiver();
    const { code } = await converse(['--provider', 'none', '--to', url], [[/What happens/, ENTER]]);
    expect({ code, requests: requests.length }).toEqual({ code: 0, requests: 1 });
  });
});
