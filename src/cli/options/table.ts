import { type Command, Option } from 'commander';
import { repeatable } from '../repeated-flags.ts';

/**
 * One option of a command. Its name is its key in the table: `nextSecretEnv` is `--next-secret-env`. The types of the
 * flags, commander's declaration and the help all come from the table, so an option that is renamed in one place only
 * does not compile.
 */
export interface OptionRow<Value> {
  readonly about: string;
  /** One letter, for the options used most. */
  readonly short?: string;
  /** The name of the value in the help, without brackets; undefined for a switch. */
  readonly takes: string | undefined;
  readonly parse: ((text: string, previous: never) => Value) | undefined;
  readonly isRepeatable: boolean;
}

/** The options of a command, by group and name. */
export type OptionTable = Readonly<Record<string, OptionRow<unknown>>>;

/** The parsed flags of a table: each is there, and undefined where it was not given. */
export type FlagsOf<Table> = {
  readonly [Name in keyof Table]: Table[Name] extends OptionRow<infer Value> ? Value | undefined : never;
};

/** Declares a switch. */
export function flag(about: string, short?: string): OptionRow<boolean> {
  return {
    about,
    takes: undefined,
    parse: undefined,
    isRepeatable: false,
    ...(short !== undefined && { short }),
  };
}

/** Declares an option with one value. */
export function value<Value>(
  takes: string,
  about: string,
  parse: (text: string) => Value,
  short?: string,
): OptionRow<Value> {
  return { about, takes, parse, isRepeatable: false, ...(short !== undefined && { short }) };
}

/** Declares an option whose values add up: the parser adds to those before. */
export function repeated<Value>(
  takes: string,
  about: string,
  parse: (text: string, previous: Value | undefined) => Value,
  short?: string,
): OptionRow<Value> {
  return { about, takes, parse, isRepeatable: true, ...(short !== undefined && { short }) };
}

/** Adds the options of a table to a command, under a title in its help. */
export function declareOptions(command: Command, title: string, table: OptionTable): void {
  command.optionsGroup(title);
  for (const [name, row] of Object.entries(table)) command.addOption(optionOf(name, row));
}

/** Reads the flags of a table from a command that was parsed. */
export function readFlags<Table extends OptionTable>(command: Command, table: Table): FlagsOf<Table> {
  const given: Readonly<Record<string, unknown>> = command.optsWithGlobals();
  return Object.fromEntries(Object.keys(table).map((name) => [name, given[name]])) as FlagsOf<Table>;
}

/** The flag of an option as people write it: `--next-secret-env`. */
export function flagName(name: string): string {
  return `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

function optionOf(name: string, { about, short, takes, parse, isRepeatable }: OptionRow<unknown>): Option {
  const prefix = short === undefined ? '' : `-${short}, `;
  const option = new Option(`${prefix}${flagName(name)}${takes === undefined ? '' : ` <${takes}>`}`, about);
  if (option.attributeName() !== name)
    throw new Error(`the option ${name} would be read as ${option.attributeName()}`);
  if (parse === undefined) return option;
  const parser = parse as (text: string, previous: unknown) => unknown;
  return option.argParser(isRepeatable ? repeatable(parser) : (text: string) => parser(text, undefined));
}
