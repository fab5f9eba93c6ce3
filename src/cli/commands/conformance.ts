import type { Command } from 'commander';
import {
  CASE_OPTIONS,
  CONFORMANCE_OPTIONS,
  OUTPUT_OPTIONS,
  PROBE_OPTIONS,
  TARGET_OPTIONS,
} from '../conformance/options.ts';
import type { Environment } from '../environment.ts';
import type { ExitCode } from '../exit-code.ts';
import { declareOptions, readFlags } from '../options/table.ts';
import type { Program } from '../program.ts';

const EXAMPLES = `
Examples:
  $ callbell-status conformance 3000/webhooks
  $ callbell-status conformance 3000/webhooks --probe '/messages/{uuid}'
  $ callbell-status conformance 3000/webhooks --probe '/messages/{uuid}' -- npm start
  $ callbell-status conformance 3000/webhooks --case late-sent --probe '/messages/{uuid}'
  $ callbell-status conformance --list

The probe answers JSON with "status" and, if it can, "effects": how often something happened for the message
that must happen once for each status. Without a probe only answers are judged.

Exit codes: 0 conformant, 1 not, 3 when it could not be judged: the target was not reached, the app did not
start, the probe makes no sense.`;

/** Declares `conformance`: test whether a handler survives what Callbell really sends. */
export function addConformanceCommand(
  program: Program,
  environment: Environment,
  settle: (code: ExitCode) => void,
): void {
  const command = program
    .command('conformance')
    .summary('test whether a handler survives what Callbell really sends')
    .description(
      'Send a handler what breaks handlers: late, repeated, simultaneous, odd and forged events. Judge its answers and, with a probe, its state.',
    )
    .argument('[url]', "the webhook's URL; a port is enough: 3000/webhooks")
    .argument('[command...]', 'after --: starts the app; it gets the port in PORT')
    .addHelpText('after', EXAMPLES) as unknown as Command;
  declareOptions(command, 'Which cases:', CASE_OPTIONS);
  declareOptions(command, 'State of the app:', PROBE_OPTIONS);
  declareOptions(command, 'Reaching it:', TARGET_OPTIONS);
  declareOptions(command, 'Output:', OUTPUT_OPTIONS);
  command.action(async (url: string | undefined, words: readonly string[]) => {
    const { conformance } = await import('../conformance/conformance.ts');
    const flags = readFlags(command, CONFORMANCE_OPTIONS);
    const { color } = command.optsWithGlobals<{ readonly color?: boolean }>();
    const { rawArgs = [] } = program as unknown as { readonly rawArgs?: readonly string[] };
    settle(
      await conformance({ url, words, hasSeparator: rawArgs.includes('--') }, flags, color, environment),
    );
  });
}
