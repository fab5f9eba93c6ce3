import type { Environment } from '../environment.ts';
import type { ExitCode } from '../exit-code.ts';
import { parseMoment, parseWholeNumber } from '../flags.ts';
import type { Program } from '../program.ts';
import { repeatable } from '../repeated-flags.ts';
import {
  LARGEST_EVENT_MIB,
  parseCodes,
  parseFormat,
  VALIDATION_FORMATS,
} from '../validate/validate-flags.ts';
import { parseSize } from '../value-parsers.ts';

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
    .argument(
      '<files...>',
      'JSON, NDJSON, HAR, items of workflow tools, recordings, logs, gzip of these, or folders; - is standard input',
    )
    .option('--strict', 'warnings fail too')
    .option('--ignore <codes>', 'problems that do not matter, by their codes', repeatable(parseCodes))
    .option(
      '--max-problems <n>',
      'how many of each severity to show a file; 0 is all',
      parseWholeNumber(0),
      20,
    )
    .option(
      '--now <moment>',
      'judge times as at this moment, where the capture does not say when it was received (ISO 8601)',
      parseMoment,
    )
    .optionsGroup('Output:')
    .option('--format <format>', `${VALIDATION_FORMATS.join(', ')} (default: pretty)`, parseFormat)
    .option('--json', 'the same as --format json: one problem a line, then the summary')
    .option('-q, --quiet', 'the summary only')
    .optionsGroup('Limits:')
    .option('--max-event <size>', 'larger events are not read (default: 10MiB)', parseSize(LARGEST_EVENT_MIB))
    .addHelpText(
      'after',
      `
Examples:
  $ callbell-status validate captured.json
  $ callbell-status simulate --status all | callbell-status validate -
  $ callbell-status validate captures/ --strict --format github

Exit codes: 0 no errors, 1 errors (with --strict: or warnings), 3 something could not be read`,
    )
    .action(async (files, _options, command) => {
      const { validateFiles } = await import('../validate/validate-files.ts');
      settle(await validateFiles(files, command.optsWithGlobals(), environment));
    });
}
