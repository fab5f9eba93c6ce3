import { CallbellStatusError } from '../errors.ts';
import { nearest } from './nearest.ts';

/**
 * Throws where a value is not what its option takes.
 *
 * @param name of the option, with those it is inside of: `reply.delayMs`
 * @param whose the function that has the option
 */
export type OptionCheck = (value: unknown, name: string, whose: string) => void;

/** A check for each option; one without a check does not compile. */
export type OptionChecks<Options> = { readonly [Name in keyof Options]-?: OptionCheck };

/**
 * Checks the options of a function of the library: its types say the same, but not everybody compiles. An option
 * that does not exist, or has no value that makes sense, would otherwise do nothing or something else.
 *
 * @param whose the name of the function
 * @throws {CallbellStatusError} `usage`, with the nearest name where a name is wrong
 */
export function checkOptions<Options extends object>(
  whose: string,
  options: unknown,
  checks: OptionChecks<Options>,
): void {
  if (!isOptions(options)) {
    throw usage(`${whose} takes its options as an object, and got ${shown(options)}`, namesIn(checks));
  }
  checkMembers(options, '', whose, checks);
}

function checkMembers(
  options: Readonly<Record<string, unknown>>,
  inside: string,
  whose: string,
  checks: Readonly<Record<string, OptionCheck>>,
): void {
  for (const name of Object.keys(options)) {
    if (Object.hasOwn(checks, name)) continue;
    const names = Object.keys(checks);
    const meant = nearest(name, names);
    const hint = meant === undefined ? namesIn(checks) : `did you mean "${inside}${meant}"?`;
    throw usage(`${whose} has no option "${inside}${name}"`, hint);
  }
  for (const [name, check] of Object.entries(checks)) {
    const value = options[name];
    if (value !== undefined || REQUIRED.has(check)) check(value, inside + name, whose);
  }
}

function namesIn(checks: object): string {
  return `there are: ${Object.keys(checks).join(', ')}`;
}

function isOptions(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const REQUIRED = new WeakSet<OptionCheck>();

/** An option that must be there. */
export function required(check: OptionCheck): OptionCheck {
  const checked: OptionCheck = (value, name, whose) => {
    if (value === undefined) throw usage(`${whose} needs "${name}"`);
    check(value, name, whose);
  };
  REQUIRED.add(checked);
  return checked;
}

/** An option that has options of its own. */
export function optionsOf<Options extends object>(checks: OptionChecks<Options>): OptionCheck {
  return (value, name, whose) => {
    if (!isOptions(value))
      throw wrong(whose, name, value, `an object with ${Object.keys(checks).join(', ')}`);
    checkMembers(value, `${name}.`, whose, checks);
  };
}

/** A list of which every item passes a check. */
export function listOf(check: OptionCheck, least = 0): OptionCheck {
  return (value, name, whose) => {
    if (!Array.isArray(value) || value.length < least) {
      throw wrong(whose, name, value, least > 0 ? `a list of at least ${least}` : 'a list');
    }
    value.forEach((item, index) => {
      check(item, `${name}[${index}]`, whose);
    });
  };
}

/** One of some names. */
export function oneOf(names: readonly string[]): OptionCheck {
  return (value, name, whose) => {
    if (names.some((each) => each === value)) return;
    const meant = typeof value === 'string' ? nearest(value, names) : undefined;
    const hint = meant === undefined ? `there are: ${names.join(', ')}` : `did you mean "${meant}"?`;
    throw usage(`${whose}: "${name}" is ${shown(value)}, which does not exist`, hint);
  };
}

/** A whole number within limits. */
export function wholeNumber(least: number, most = Number.MAX_SAFE_INTEGER): OptionCheck {
  const range = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`;
  return is((value) => Number.isInteger(value) && isWithin(value, least, most), `a whole number ${range}`);
}

/** A number within limits. */
export function numberFrom(least: number, most = Number.POSITIVE_INFINITY): OptionCheck {
  const range = most === Number.POSITIVE_INFINITY ? `of at least ${least}` : `from ${least} to ${most}`;
  return is((value) => isWithin(value, least, most), `a number ${range}`);
}

function isWithin(value: unknown, least: number, most: number): boolean {
  return typeof value === 'number' && value >= least && value <= most;
}

/** A timer of Node that is to take longer ends at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** A span of time in milliseconds. */
export function milliseconds(least = 0): OptionCheck {
  return is((value) => isWithin(value, least, LONGEST_TIMER_MS), `a number of milliseconds from ${least}`);
}

/** A text with something in it. */
export const words = is((value) => typeof value === 'string' && value.trim() !== '', 'a text, not empty');

/** A secret: what is there instead of one is not repeated. */
export const secretText: OptionCheck = (value, name, whose) => {
  if (typeof value === 'string' && value.trim() !== '') return;
  throw usage(`${whose}: "${name}" should be a text, not empty`);
};

/** True or false. */
export const flag = is((value) => typeof value === 'boolean', 'true or false');

/** A function. */
export const callback = is((value) => typeof value === 'function', 'a function');

/** A URL to send to, which is not Callbell's own. */
export const webUrl = is(
  (value) => value instanceof URL && /^https?:$/.test(value.protocol),
  "a URL of http or https: new URL('http://localhost:3000/hook')",
);

/** What an instance of a class is asked for. */
export function instanceOf(type: new (...parameters: never[]) => object, name = type.name): OptionCheck {
  return is((value) => value instanceof type, `a ${name}`);
}

/** Whatever passes a test, in words. */
export function is(test: (value: unknown) => boolean, expected: string): OptionCheck {
  return (value, name, whose) => {
    if (!test(value)) throw wrong(whose, name, value, expected);
  };
}

function wrong(whose: string, name: string, value: unknown, expected: string): CallbellStatusError {
  return usage(`${whose}: "${name}" is ${shown(value)}, and should be ${expected}`);
}

function usage(message: string, hint?: string): CallbellStatusError {
  // Test runners print the message alone.
  return hint === undefined
    ? new CallbellStatusError('usage', message)
    : new CallbellStatusError('usage', `${message}: ${hint}`, { hint });
}

const LONGEST_SHOWN = 60;

function shown(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.slice(0, LONGEST_SHOWN));
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'function') return 'a function';
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}
