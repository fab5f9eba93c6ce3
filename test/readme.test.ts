import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runCli, startCli } from './support/cli.ts';
import { temporaryFile } from './support/files.ts';
import { startReceiver } from './support/receiver.ts';

const README = readFileSync('README.md', 'utf8');

const shellLines = [...README.matchAll(/^```sh\n([\s\S]*?)^```/gm)]
  .flatMap(([, block = '']) => block.split('\n'))
  .filter((line) => line !== '');

const commands = shellLines.filter((line) => line.startsWith('callbell-status '));

/** Commands that stay until Ctrl+C. */
const isListener = (line: string): boolean => line.startsWith('callbell-status listen');

/** What is typed and what it prints, in the sessions that are shown. */
const sessions = [...README.matchAll(/^```console\n\$ (callbell-status .*)\n([\s\S]*?)^```/gm)].map(
  ([, command = '', printed = '']) => ({ command, printed }),
);

/** The files that the sessions name. */
const FILES: Readonly<Record<string, () => string>> = {
  'captured.json': () =>
    `{\n  "event": "message_status_updated",\n  "payload": {\n    "uuid": "adf3d1216d4c4dcd908199d6700f2381",
    "status": "deliverd",\n    "messageStatusPayload": { "id": "gBEGRHcAkAEDAgnZxQ3JmKK6Wvg", "type": "delivered", "destination": "447700900103", "payload": { "ts": 1686563913 } }\n  }\n}\n`,
  'monday.ndjson': () => readFileSync('fixtures/scenarios/read.ndjson', 'utf8'),
  'left.ndjson': () => '',
};

/** A session's command with files and a port that are there, and the files by the names they have now. */
function prepare(command: string, port: number): { argv: string[]; names: Map<string, string> } {
  const names = new Map<string, string>();
  const argv = command
    .split(' ')
    .slice(1)
    .map((argument) => {
      const content = FILES[argument];
      if (content === undefined) return argument.replace(/^3000/, String(port));
      const file = temporaryFile(content(), argument);
      names.set(file, argument);
      return file;
    });
  return { argv, names };
}

describe('the sessions of the README', () => {
  it.each(sessions.filter(({ command }) => !isListener(command) && !command.includes(' conformance ')))(
    '$command',
    async ({ command, printed }) => {
      const { port } = await startReceiver();
      const { argv, names } = prepare(command, port);
      const { code, stdout } = await runCli(argv);
      if (!command.includes(' validate ')) return expect(code).toBe(0);
      expect(code).toBe(1);
      const shown = [...names].reduce((text, [file, name]) => text.replaceAll(file, name), stdout);
      expect(shown).toBe(printed);
    },
  );
});

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

  const listeners = [...commands, ...sessions.map(({ command }) => command)].filter(isListener);

  it.each(listeners)('%s listens until Ctrl+C', async (line) => {
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
