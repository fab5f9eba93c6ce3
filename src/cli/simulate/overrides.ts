import { InvalidArgumentError } from 'commander';
import { type EventPath, nearestPath, parsePath, valueAt } from '../../domain/generate/event-path.ts';
import {
  applyOverrides,
  OPTIONAL_PATHS,
  type Override,
  obstacleTo,
} from '../../domain/generate/overrides.ts';
import { isTooDeep, MOST_DEPTH } from '../../domain/json-depth.ts';
import { CallbellStatusError } from '../../errors.ts';
import { shownArgument } from '../shown-argument.ts';
import { splitAssignment } from './flags.ts';

/** Collects the overrides of a command line in the order in which they were written, whatever their flag. */
export class OverrideCollector {
  readonly overrides: Override[] = [];

  /** `path=text` */
  readonly set = (value: string): Override[] => {
    const [written, text] = splitAssignment(value);
    return this.#add({ written, path: pathOf(written), action: 'set', value: text });
  };

  /** `path=json` */
  readonly setJson = (value: string): Override[] => {
    const [written, json] = splitAssignment(value);
    return this.#add({ written, path: pathOf(written), action: 'set', value: parseJson(json, written) });
  };

  /** `path` */
  readonly unset = (written: string): Override[] =>
    this.#add({ written, path: pathOf(written), action: 'unset' });

  #add(override: Override): Override[] {
    this.overrides.push(override);
    return this.overrides;
  }
}

function pathOf(written: string): EventPath {
  const path = parsePath(written);
  if (path !== undefined) return path;
  if (written.endsWith('.'))
    throw new InvalidArgumentError('It ends with a dot, behind which a name is missing.');
  throw new InvalidArgumentError('It takes a path with dots, for example payload.contact.tags[0].');
}

function parseJson(json: string, written: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw new InvalidArgumentError(
      `'${shownArgument(json)}' is not JSON; --set ${shownArgument(written)}=… takes a text as it is.`,
    );
  }
  if (isTooDeep(value)) throw new InvalidArgumentError(`It is nested more than ${MOST_DEPTH} levels deep.`);
  return value;
}

/**
 * Makes sure that each override has something to change in at least one of the events.
 *
 * @param samples an event of every kind that will come
 * @throws {CallbellStatusError} `usage` with the nearest path there is
 */
export function checkOverrides(
  overrides: readonly Override[],
  samples: readonly unknown[],
  allowNew: boolean,
  where: 'what is generated' | 'the capture',
): void {
  let events = samples;
  for (const override of overrides) {
    const obstacles = events.map((event) => obstacleTo(event, override, allowNew));
    if (!obstacles.includes(undefined)) throw refusal(override, obstacles, events, where);
    // The next one must find what it is about in what this one leaves.
    events = events.map((event) => applyOverrides(event, [override], allowNew));
  }
}

/** The error for an override that changes nothing: with what stands in its way, or the nearest path there is. */
function refusal(
  { written, action }: Override,
  obstacles: readonly (string | undefined)[],
  events: readonly unknown[],
  where: string,
): CallbellStatusError {
  const flag = action === 'set' ? '--set' : '--unset';
  const why = obstacles.find((obstacle) => obstacle !== 'missing');
  if (why !== undefined) return new CallbellStatusError('usage', `${flag} ${written}: ${why}`);
  const near = nearestPath(events, written, OPTIONAL_PATHS);
  const meant = near === undefined || near === written ? '' : `. Did you mean ${near}?`;
  return new CallbellStatusError('usage', `there is no ${written} in ${where}${meant}`, {
    hint: action === 'set' ? '--set-new allows a new path' : '--unset takes away what is there',
  });
}

/** Says what each override does, with the value that it finds in the first event that has it. */
export function describeOverrides(overrides: readonly Override[], samples: readonly unknown[]): string {
  return overrides
    .map((override) => {
      const before = samples
        .map((event) => valueAt(event, override.path))
        .find((value) => value !== undefined);
      const was = before === undefined ? 'nothing' : JSON.stringify(before);
      const is = override.action === 'set' ? JSON.stringify(override.value) : 'nothing';
      return `overridden: ${override.written}  ${was} → ${is}\n`;
    })
    .join('');
}
