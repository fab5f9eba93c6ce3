import type { Environment } from '../environment.ts';
import type { ExitCode } from '../exit-code.ts';
import type { Program } from '../program.ts';

/** Declares `validate`: check captured files, and say where and why they are wrong. */
export function addValidateCommand(
  program: Program,
  environment: Environment,
  settle: (code: ExitCode) => void,
): void {
  program
    .command('validate')
    .summary('check captured files, and say where and why they are wrong')
    .description('Check captured events against what is known of message_status_updated.')
    .argument('<files...>', 'JSON, a JSON array or NDJSON; - is standard input')
    .option('--json', 'one problem a line, then the summary, as JSON')
    .option('-q, --quiet', 'the summary only')
    .addHelpText(
      'after',
      `
Examples:
  $ callbell-status validate captured.json
  $ callbell-status simulate --status all | callbell-status validate -`,
    )
    .action(async (files, _options, command) => {
      const { validateFiles } = await import('../validate-files.ts');
      settle(await validateFiles(files, command.optsWithGlobals(), environment));
    });
}
