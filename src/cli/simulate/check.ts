import { isInEra } from '../../domain/generate/era.ts';
import type { Override } from '../../domain/generate/overrides.ts';
import { CallbellStatusError } from '../../errors.ts';
import type { SimulateFlags } from './options.ts';

/** Flags that do not go together, or not alone; `undefined` where all is well. */
type Check = (flags: SimulateFlags, overrides: readonly Override[]) => string | undefined;

/** Of each row, one at most. */
const EXCLUSIVE = [
  ['status', 'scenario', 'mix', 'list'],
  ['from', 'list'],
  ['from', 'mix'],
  ['country', 'phone'],
  ['to', 'output', 'list'],
  ['output', 'json'],
  ['quiet', 'verbose'],
] as const satisfies readonly (keyof SimulateFlags)[][];

const CHECKS: readonly Check[] = [
  (flags) => {
    const clash = EXCLUSIVE.map((row) => row.filter((flag) => flags[flag] !== undefined)).find(
      ({ length }) => length > 1,
    );
    return clash === undefined ? undefined : `--${clash[0]} and --${clash[1]} exclude each other`;
  },
  ({ uuid, from, count = 1, status, scenario, failure = [1] }) =>
    (uuid ?? from) !== undefined && count * (status ?? scenario ?? [1]).length * failure.length > 1
      ? `${uuid === undefined ? '--from' : '--uuid'} is about one message, but several are asked for; --scenario gives all events of one`
      : undefined,
  ({ failure, provider }) =>
    failure !== undefined && provider === 'none'
      ? '--failure needs a provider: without one there is no object to say why'
      : undefined,
  ({ category, provider }) =>
    category !== undefined && provider === 'none'
      ? '--category needs a provider: without one there is no price and no failure'
      : undefined,
  ({ within, scenario, mix }) =>
    within !== undefined && (scenario ?? mix) === undefined
      ? '--within shortens lives: it needs --scenario or --mix'
      : undefined,
  ({ era, now }) =>
    era !== undefined && now !== undefined && !isInEra(era, now.getTime())
      ? `--now ${now.toISOString()} is not in the era ${era}: its events would mix forms and times`
      : undefined,
  ({ force, output, report, failures }) =>
    force && (output ?? report ?? failures) === undefined
      ? '--force needs -o, --output, --report or --failures'
      : undefined,
  ({ setNew }, overrides) =>
    setNew && !overrides.some(({ action }) => action === 'set')
      ? '--set-new needs --set or --set-json'
      : undefined,
  (flags) => {
    if (!flags.list) return undefined;
    const idle = Object.entries(flags).find(([flag, value]) => value !== undefined && !WITH_LIST.has(flag));
    return idle === undefined ? undefined : `--list shows all there is: ${flagOf(idle[0])} does nothing`;
  },
  ({ provider, contact, phone }) =>
    provider === 'none' && (contact === 'none' || contact === 'bsuid') && phone !== undefined
      ? `--phone does nothing: with --provider none and --contact ${contact} there is no number in an event`
      : undefined,
  ({ yes, to }) => (yes && to === undefined ? '--yes needs --to' : undefined),
  ({ interleave, count = 1, status, scenario, failure = [1] }) =>
    interleave && count * (status ?? scenario ?? [1]).length * failure.length === 1
      ? '--interleave needs several messages: -n, --count'
      : undefined,
  (flags) => {
    if (flags.from === undefined || isGenerating(flags)) return undefined;
    // Deliveries may be drawn as well.
    const isDrawn = flags.shuffle === true || (flags.duplicate !== undefined && 'share' in flags.duplicate);
    const idle = ONLY_GENERATING.find((flag) => flags[flag] !== undefined && !(flag === 'seed' && isDrawn));
    return idle === undefined
      ? undefined
      : `--${idle} says how to generate, but --from alone takes the events as they are: add --status or --scenario, or change them with --set`;
  },
];

/** What the list shows does not depend on anything else that is asked for. */
const WITH_LIST: ReadonlySet<string> = new Set(['list', 'json', 'quiet', 'color']);

const ONLY_GENERATING = [
  'failure',
  'provider',
  'era',
  'category',
  'variant',
  'within',
  'count',
  'interleave',
  'contact',
  'country',
  'phone',
  'uuid',
  'metadata',
  'seed',
  'now',
] as const satisfies readonly (keyof SimulateFlags)[];

/** Whether something is to be generated, and not only taken from a capture. */
export function isGenerating({ status, scenario, mix }: SimulateFlags): boolean {
  return status !== undefined || scenario !== undefined || mix !== undefined;
}

/**
 * Refuses flags that contradict each other or would do nothing.
 *
 * @throws {CallbellStatusError} `usage`
 */
export function checkFlags(flags: SimulateFlags, overrides: readonly Override[]): void {
  for (const check of CHECKS) {
    const wrong = check(flags, overrides);
    if (wrong !== undefined) throw new CallbellStatusError('usage', wrong);
  }
}

/** How a flag is written: `setJson` is --set-json. */
function flagOf(key: string): string {
  return `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
