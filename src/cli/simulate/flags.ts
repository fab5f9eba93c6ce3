import { InvalidArgumentError } from 'commander';
import { CONTACT_KINDS, type ContactKind } from '../../domain/generate/contact.ts';
import { COUNTRY_CODES, type Country } from '../../domain/generate/fictional-numbers.ts';
import type { GeneratedProvider } from '../../domain/generate/run.ts';
import { SCENARIO_NAMES, type ScenarioName, USUAL_MIX } from '../../domain/generate/scenarios.ts';
import { VARIANT_NAMES, type VariantName } from '../../domain/generate/variants.ts';
import { charactersOf, METADATA_LIMITS } from '../../domain/metadata-limits.ts';
import { parseDuration, parseList, parseWholeNumber, unknownName } from '../flags.ts';
import { shownArgument } from '../shown-argument.ts';

/** The parsers of the flags that only `simulate` has; like those of flags.ts. */

/** One of some names. */
export function parseOneOf<Name extends string>(
  noun: string,
  names: readonly Name[],
): (value: string) => Name {
  return (value) => {
    const name = names.find((each) => each === value);
    if (name === undefined) throw unknownName(value, noun, names);
    return name;
  };
}

/** `read`, `read,failed`, `all`; repeated flags add up. */
export function parseScenarios(value: string, previous: readonly ScenarioName[] = []): ScenarioName[] {
  return [...previous, ...parseNames(value, 'scenario', SCENARIO_NAMES)];
}

/** `GB`, `gb,fr`, `all`; repeated flags add up. */
export function parseCountries(value: string, previous: readonly Country[] = []): Country[] {
  // The kingdom's code is GB, but everybody writes UK.
  const known = value === 'all' ? value : value.toUpperCase().replace(/\bUK\b/g, 'GB');
  return [...previous, ...parseNames(known, 'country', COUNTRY_CODES)];
}

function parseNames<Name extends string>(value: string, noun: string, names: readonly Name[]): Name[] {
  return parseList(value).flatMap((name) => {
    if (name === 'all') return names;
    const known = names.find((each) => each === name);
    if (known === undefined) throw unknownName(name, noun, [...names, 'all']);
    return [known];
  });
}

/** Whose objects can be inside; kept apart from the providers themselves, which are loaded when they are used. */
export const PROVIDER_NAMES = ['gupshup', 'cloud', 'none'] as const satisfies readonly GeneratedProvider[];

/** The names of the kinds of contact. */
export const CONTACT_NAMES = Object.keys(CONTACT_KINDS) as ContactKind[];

/** A scenario and how likely it is. */
export interface WeightedScenario {
  readonly scenario: ScenarioName;
  readonly weight: number;
}

const HEAVIEST = 1_000_000;

/** Name of the mix of usual traffic. */
const USUAL = 'usual';

/** `delivered=80,read=15,failed=5`, or `usual`; repeated flags add up. */
export function parseMix(value: string, previous: readonly WeightedScenario[] = []): WeightedScenario[] {
  const parts = parseList(value).flatMap((part) => {
    if (part === USUAL) return usualMix();
    const [name = '', weight = ''] = part.split('=', 2);
    const scenario = SCENARIO_NAMES.find((each) => each === name);
    if (scenario === undefined) throw unknownName(name, 'scenario', [...SCENARIO_NAMES, USUAL]);
    if (!/^\d+(\.\d+)?$/.test(weight) || Number(weight) === 0 || Number(weight) > HEAVIEST) {
      throw new InvalidArgumentError(
        `Each scenario takes a weight above 0, up to ${HEAVIEST}, for example ${name}=80.`,
      );
    }
    return { scenario, weight: Number(weight) };
  });
  return [...previous, ...parts];
}

function usualMix(): WeightedScenario[] {
  return SCENARIO_NAMES.flatMap((scenario) => {
    const weight = USUAL_MIX[scenario];
    return weight === undefined ? [] : [{ scenario, weight }];
  });
}

/** `131049`, `131049,131026`; repeated flags add up. */
export function parseFailures(value: string, previous: readonly number[] = []): number[] {
  return [...previous, ...parseList(value).map(parseWholeNumber(0))];
}

/** `conversation`, `profile,parent-id`; repeated flags add up. */
export function parseVariants(value: string, previous: readonly VariantName[] = []): VariantName[] {
  const names = parseList(value).map(parseOneOf('variant', VARIANT_NAMES));
  return [...new Set([...previous, ...names])];
}

/** `2m`: a duration in seconds. */
export function parseSeconds(value: string): number {
  return parseDuration(value) / 1000;
}

/** A phone number, in digits; a plus sign, spaces, dashes and brackets may be written. */
export function parsePhone(value: string): string {
  const digits = value.replace(/^\+/, '').replace(/[\s().-]/g, '');
  if (/^[1-9]\d{6,14}$/.test(digits)) return digits;
  throw new InvalidArgumentError('It takes a number with its country code, 7 to 15 digits: +447700900123.');
}

/** `order=7`; repeated flags add up, within Callbell's limits. */
export function parseMetadata(
  value: string,
  previous: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const [key, text] = splitAssignment(value);
  const { pairs, key: longestKey, value: longestValue } = METADATA_LIMITS;
  if (Object.hasOwn(previous, key))
    throw new InvalidArgumentError(`"${shownArgument(key)}" is there already.`);
  if (charactersOf(key) > longestKey) {
    throw new InvalidArgumentError(
      `Callbell takes keys of at most ${longestKey} characters, this has ${charactersOf(key)}.`,
    );
  }
  if (charactersOf(text) > longestValue) {
    throw new InvalidArgumentError(
      `Callbell takes values of at most ${longestValue} characters, this has ${charactersOf(text)}.`,
    );
  }
  if (Object.keys(previous).length >= pairs)
    throw new InvalidArgumentError(`Callbell takes at most ${pairs} pairs.`);
  return { ...previous, [key]: text };
}

/** Splits `name=value` at the first equals sign. */
export function splitAssignment(value: string): [name: string, value: string] {
  const at = value.indexOf('=');
  if (at <= 0) throw new InvalidArgumentError('It takes a name and a value: name=value.');
  return [value.slice(0, at), value.slice(at + 1)];
}
