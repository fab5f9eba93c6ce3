import type { Environment } from '../environment.ts';
import type { ExitCode } from '../exit-code.ts';
import { parseTarget } from '../flags.ts';
import type { Program } from '../program.ts';

/** Declares `replay`: deliver captured events, byte for byte. */
export function addReplayCommand(
  program: Program,
  environment: Environment,
  settle: (code: ExitCode) => void,
): void {
  program
    .command('replay')
    .summary('deliver captured events to a URL, byte for byte')
    .description('Deliver captured events to a URL, one after another, as the bytes they are in the file.')
    .argument('<files...>', 'JSON, a JSON array or NDJSON; - is standard input')
    .requiredOption('--to <url>', 'where to deliver; a port is enough', parseTarget)
    .option('-y, --yes', 'deliver to another machine without asking')
    .option('--json', 'one delivery a line, then the summary, as JSON')
    .option('-q, --quiet', 'the summary only')
    .addHelpText(
      'after',
      `
Examples:
  $ callbell-status replay captured.json --to 3000/webhooks
  $ callbell-status simulate --status all | callbell-status replay - --to 3000`,
    )
    .action(async (files, _options, command) => {
      const { deliverEvents } = await import('../deliver-events.ts');
      const { readDeliverables } = await import('../read-deliverables.ts');
      settle(
        await deliverEvents(readDeliverables(files, environment), command.optsWithGlobals(), environment),
      );
    });
}
