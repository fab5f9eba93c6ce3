import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runCli, startCli } from './support/cli.ts';
import { startReceiver } from './support/receiver.ts';

const README = readFileSync('README.md', 'utf8');

const shellLines = [...README.matchAll(/^```sh\n([\s\S]*?)^```/gm)]
  .flatMap(([, block = '']) => block.split('\n'))
  .filter((line) => line !== '');

const commands = shellLines.filter((line) => line.startsWith('callbell-status '));

/** Commands that stay until Ctrl+C. */
const isListener = (line: string): boolean => line.startsWith('callbell-status listen');

describe('the README', () => {
  it('sets a fresh clone up with two commands, which are those that CI runs', () => {
    const setUp = shellLines.filter((line) => line.startsWith('npm '));
    expect(setUp).toEqual(['npm ci && npx callbell-status simulate --status failed', 'npm ci && npm test']);
    expect(readFileSync('.ci/run', 'utf8')).toContain(`\n${setUp[1]}\n`);
  });

  it('shows nothing in its command blocks but set-up and commands', () => {
    expect(shellLines.filter((line) => !/^(npm ci && |callbell-status )/.test(line))).toEqual([]);
  });

  it.each(commands.filter((line) => !isListener(line)))('%s does what it says', async (line) => {
    const { port } = await startReceiver();
    // Whatever port the reader's handler has, here it is the receiver's.
    const pipeline = line.replace(/--to 3000/, `--to ${port}`).split(' | ');
    let stdin = '';
    for (const command of pipeline) {
      const argv = command.split(' ').slice(1);
      const { code, stdout, stderr } = await runCli(argv, { stdin });
      expect({ code, stderr }, command).toMatchObject({ code: 0 });
      expect(stdout).not.toBe('');
      stdin = stdout;
    }
  });

  it.each(commands.filter(isListener))('%s listens until Ctrl+C', async (line) => {
    const argv = line
      .replace(/--port 3000/, '--port 0')
      .split(' ')
      .slice(1);
    const run = startCli(argv);
    await Promise.race([run.stderr.until(/listening on http/), run.stdout.until(/"type":"ready"/)]);
    run.interrupt();
    expect(await run.exitCode).toBe(0);
  });
});
