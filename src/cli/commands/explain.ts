import type { Environment } from '../environment.ts';
import type { ExitCode } from '../exit-code.ts';
import type { Program } from '../program.ts';

/** Declares `explain`: what a status, a failure code or a problem means. */
export function addExplainCommand(
  program: Program,
  environment: Environment,
  settle: (code: ExitCode) => void,
): void {
  program
    .command('explain')
    .summary('say what a status, a failure code, a problem or a word means')
    .description(
      'Say what a status, a failure code, a problem code or a word like bsuid means, and what a handler should do.',
    )
    .argument('[topics...]', 'failed, 131047, unknown-status; without one, all there are')
    .option('--json', 'one object a line')
    .addHelpText(
      'after',
      `
Examples:
  $ callbell-status explain failed
  $ callbell-status explain 131047
  $ callbell-status explain unknown-status`,
    )
    .action(async (topics, _options, command) => {
      const { explain } = await import('../explain.ts');
      settle(await explain(topics, command.optsWithGlobals(), environment));
    });
}
