import type { Environment } from '../environment.ts';
import type { ExitCode } from '../exit-code.ts';
import type { Program } from '../program.ts';
import { parsePeriod, parseReportFormat, REPORT_FORMATS } from '../report/report-flags.ts';

/** Declares `report`: what happened to the messages of a capture. */
export function addReportCommand(
  program: Program,
  environment: Environment,
  settle: (code: ExitCode) => void,
): void {
  program
    .command('report')
    .summary('say what happened to the messages of a capture: rates, failures, times, cost')
    .description(
      'Count the messages of captured events: how far they came, why they failed, how long it took.',
    )
    .argument(
      '<files...>',
      'captures in all forms that validate reads, or folders of them; - is standard input',
    )
    .option('--by <period>', 'rows by hour or by day, UTC (default: by hour for up to 48 hours)', parsePeriod)
    .optionsGroup('Output:')
    .option('--format <format>', `${REPORT_FORMATS.join(', ')} (default: text)`, parseReportFormat)
    .option('--json', 'the same as --format json: one object a line, the summary last')
    .addHelpText(
      'after',
      `
Examples:
  $ callbell-status report today.ndjson
  $ callbell-status report captures/ --by day --format markdown

Exit codes: 0 reported, 3 something could not be read, or there was no event to count`,
    )
    .action(async (files, _options, command) => {
      const { reportCaptures } = await import('../report/report-captures.ts');
      settle(await reportCaptures(files, command.optsWithGlobals(), environment));
    });
}
