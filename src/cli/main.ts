import { Command, CommanderError } from 'commander';
import { CallbellStatusError } from '../errors.ts';
import { VERSION } from '../version.ts';
import { loadCommands } from './commands/commands.ts';
import type { Environment } from './environment.ts';
import { EXIT_CODES, type ExitCode, exitCodeOfError, exitCodeOfSignal } from './exit-code.ts';
import { ClosedPipe, talk } from './output.ts';
import { createProgram } from './program.ts';
import { refuseRepeatedFlags } from './repeated-flags.ts';
import { improveUsageErrors } from './usage-errors.ts';

/**
 * Runs the command line and gives its exit code. Never rejects, and touches nothing of the world but what the
 * environment gives it.
 *
 * @param argv the arguments behind the name of the program
 */
export async function main(argv: readonly string[], environment: Environment): Promise<ExitCode> {
  let exitCode: ExitCode = EXIT_CODES.ok;
  const settle = (code: ExitCode): void => {
    exitCode = code;
  };
  try {
    const program = createProgram(new Command(), VERSION, environment);
    for (const addCommand of await loadCommands(argv)) addCommand(program, environment, settle);
    refuseRepeatedFlags(program.commands as unknown as Command[]);
    improveUsageErrors(program as unknown as Command);
    await program.parseAsync(withoutIdleHelp(argv, program.commands), { from: 'user' });
    return exitCode;
  } catch (error) {
    const { code, text } = await explain(error, environment);
    // Where stderr is closed too there is nobody left to tell; the exit code still does.
    await talk(environment.stderr, text);
    return code;
  }
}

/** `help` about a command that there is not becomes that command, so that the nearest one is suggested. */
function withoutIdleHelp(
  argv: readonly string[],
  commands: readonly { name(): string }[],
): readonly string[] {
  const [first, about] = argv;
  const isIdle = first === 'help' && about !== undefined && /^[^-]/.test(about) && about !== 'help';
  return isIdle && commands.every((command) => command.name() !== about) ? [about] : argv;
}

/** What there is to say about an error, and what the run comes to. */
interface Ending {
  readonly code: ExitCode;
  readonly text: string;
}

/** The one place where an error becomes words and an exit code. */
async function explain(error: unknown, { signal }: Environment): Promise<Ending> {
  // Commander has written its own message, or the help that was asked for.
  if (error instanceof CommanderError) return quiet(error.exitCode === 0 ? EXIT_CODES.ok : EXIT_CODES.usage);
  if (error instanceof ClosedPipe) return quiet(EXIT_CODES.ok);
  if (error instanceof CallbellStatusError) {
    const { explainError } = await import('./explain-error.ts');
    const isSignal = error.code === 'interrupted' && signal.aborted;
    const code = isSignal ? exitCodeOfSignal(signal) : exitCodeOfError(error.code);
    return { code, text: explainError(error) };
  }
  if (isPromptExit(error)) {
    const code = signal.aborted ? exitCodeOfSignal(signal) : EXIT_CODES.interrupted;
    return { code, text: 'interrupted: nothing was done\n' };
  }
  const { explainInternalError } = await import('./explain-error.ts');
  return { code: EXIT_CODES.internal, text: explainInternalError(error) };
}

function quiet(code: ExitCode): Ending {
  return { code, text: '' };
}

/** The prompts are left by Ctrl+C (ExitPromptError) or by the signal (AbortPromptError). */
function isPromptExit(error: unknown): boolean {
  return error instanceof Error && (error.name === 'ExitPromptError' || error.name === 'AbortPromptError');
}
