import type { Command } from 'commander';

/** The parsers of flags whose values add up. */
const ADDING_UP = new WeakSet<object>();

/** Says that a flag with this parser may be repeated, because the parser adds each value to those before. */
export function repeatable<Parser extends object>(parser: Parser): Parser {
  ADDING_UP.add(parser);
  return parser;
}

/**
 * Makes every command refuse a second value for a flag that takes one: of two that contradict each other, one
 * would be ignored in silence. A switch may be given twice, it says the same again.
 */
export function refuseRepeatedFlags(commands: readonly Command[]): void {
  for (const command of commands) {
    for (const option of command.options) {
      if (option.required && !(option.parseArg !== undefined && ADDING_UP.has(option.parseArg))) {
        refuseSecond(command, option.name(), option.flags);
      }
    }
  }
}

function refuseSecond(command: Command, name: string, flags: string): void {
  let isGiven = false;
  command.on(`option:${name}`, () => {
    if (isGiven) command.error(`error: option '${flags}' is given twice, and takes one value`);
    isGiven = true;
  });
}
