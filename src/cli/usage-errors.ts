import { type Command, InvalidArgumentError, type Option } from 'commander';
import { visible } from '../ui/visible.ts';
import { shownArgument } from './shown-argument.ts';
import { explainLeftOver, hintForUnknownOption } from './usage-hints.ts';

/**
 * Makes the usage errors of all commands safe to print and helpful. Commander repeats arguments as they are, with
 * passwords, at any length and with every character that a terminal obeys.
 */
export function improveUsageErrors(program: Command): void {
  for (const command of [program, ...program.commands]) {
    const fail = command.error.bind(command);
    command.error = (message, options) => fail(explain(message, options?.code, command), options);
    for (const option of command.options) repeatSafely(option, fail);
  }
}

/** The options of which no value is repeated that is not their own: a secret may have been given by mistake. */
const NEVER_REPEATED: ReadonlySet<string> = new Set(['header', 'secret-env', 'next-secret-env']);

function repeatSafely(option: Option, fail: Command['error']): void {
  const { parseArg, flags } = option;
  if (parseArg === undefined) return;
  option.parseArg = (value, previous) => {
    try {
      return parseArg(value, previous);
    } catch (error) {
      if (!(error instanceof InvalidArgumentError)) throw error;
      const shown = NEVER_REPEATED.has(option.name()) ? nameOf(value) : shownArgument(value);
      // Not commander's own code, which it would catch to say the same again in its words.
      const code = 'invalid-value';
      return fail(`error: option '${flags}' argument '${shown}' is invalid. ${error.message}`, { code });
    }
  };
}

/** The name of a header, without its value. */
function nameOf(header: string): string {
  const name = /^([\w-]{1,60}):/.exec(header)?.[1];
  return name === undefined ? '***' : `${name}: ***`;
}

function explain(message: string, code: string | undefined, command: Command): string {
  switch (code) {
    case 'commander.unknownOption':
      return explainUnknown('option', message, hintForUnknownOption);
    case 'commander.unknownCommand':
      return explainUnknown('command', message, () => undefined);
    case 'commander.excessArguments':
      return `error: ${explainLeftOver(command)}`;
    case 'commander.missingArgument':
      return message.includes("'files'") ? `${message}; - is standard input` : message;
    default:
      return message;
  }
}

/** Takes the argument out of commander's message, with what commander suggests behind it. */
function explainUnknown(
  noun: 'option' | 'command',
  message: string,
  hintFor: (name: string) => string | undefined,
): string {
  const quoted = message.slice(`error: unknown ${noun} '`.length);
  const end = quoted.lastIndexOf("'\n(Did you mean ");
  const argument = end === -1 ? quoted.slice(0, -1) : quoted.slice(0, end);
  const suggestion = end === -1 ? undefined : quoted.slice(end + 2);
  // A value behind an equals sign is no part of the name, and may be a secret.
  const [name = ''] = argument.split('=', 1);
  const hint = hintFor(name) ?? (suggestion && visible(suggestion));
  return `error: unknown ${noun} '${shownArgument(name)}'${hint === undefined ? '' : `\n${hint}`}`;
}
