import type { Command as TypedCommand } from '@commander-js/extra-typings';
import type { Command } from 'commander';
import { colorLevel, type Environment } from './environment.ts';

/** The program with the flags that all commands share; the types of its options come from extra-typings. */
export type Program = ReturnType<typeof declare>;

/** Sets up commander: where it writes, that it never exits, and the flags that all commands share. */
export function createProgram(command: Command, version: string, environment: Environment): Program {
  // extra-typings only adds types to commander's class; the cast costs nothing at run time.
  return declare(command as unknown as TypedCommand, version, environment);
}

function declare(command: TypedCommand, version: string, { stdout, stderr, variables }: Environment) {
  return command
    .name('callbell-status')
    .description("Generate, replay, validate and receive Callbell's message_status_updated webhook.")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void stdout.write(text),
      writeErr: (text) => void stderr.write(text),
      getOutHelpWidth: () => Math.min(stdout.columns ?? 80, 110),
      getErrHelpWidth: () => Math.min(stderr.columns ?? 80, 110),
      getOutHasColors: () => colorLevel(stdout, variables, undefined) > 0,
      getErrHasColors: () => colorLevel(stderr, variables, undefined) > 0,
    })
    .configureHelp({ showGlobalOptions: true })
    .showSuggestionAfterError()
    .showHelpAfterError('(--help shows what there is)')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show this help')
    .option('--color', 'use colour even where the output is no terminal')
    .option('--no-color', 'use no colour')
    .addHelpText(
      'after',
      `
Examples:
  $ callbell-status simulate --status failed
  $ callbell-status listen --port 3000
  $ callbell-status simulate --status all --to 3000
  $ callbell-status validate captured.json
  $ callbell-status replay captured.ndjson --to localhost:3000/webhooks

Exit codes:
  0    all that was asked is true
  1    the thing under test failed: invalid, or not accepted
  2    wrong usage
  3    the command could not run to its end: unreadable file, output that cannot
       be written, port in use, target unreachable
  70   a fault of this program
  130  interrupted (129 by SIGHUP, 143 by SIGTERM)`,
    );
}
