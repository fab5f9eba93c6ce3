import type { Environment } from '../environment.ts';
import type { ExitCode } from '../exit-code.ts';
import { parsePort } from '../flags.ts';
import type { Program } from '../program.ts';

/** Declares `listen`: receive events locally and show what they are. */
export function addListenCommand(
  program: Program,
  environment: Environment,
  settle: (code: ExitCode) => void,
): void {
  program
    .command('listen')
    .summary('receive events locally and show what they are')
    .description(
      'Receive events on this machine, answer each with 200 and {"status":"ok"}, and print a line for each.',
    )
    .option('-p, --port <port>', 'the port to listen on; 0 picks a free one', parsePort, 3000)
    .option('--json', 'ready, then one arrival a line, then the summary, as JSON')
    .option('-q, --quiet', 'the summary only')
    .addHelpText(
      'after',
      `
Examples:
  $ callbell-status listen --port 3000
  $ callbell-status listen --port 0 --json | jq .status`,
    )
    .action(async (_options, command) => {
      const { listen } = await import('../listen.ts');
      settle(await listen(command.optsWithGlobals(), environment));
    });
}
