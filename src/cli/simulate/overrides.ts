import { InvalidArgumentError } from 'commander';
import {
  applyOverrides,
  isApplicable,
  nearestPath,
  type Override,
  parsePath,
  valueAt,
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

function pathOf(written: string): string[] {
  const path = parsePath(written);
  if (path !== undefined) return path;
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
    const { written } = override;
    if (!events.some((event) => isApplicable(event, override, allowNew))) {
      const near = nearestPath(events, written);
      const meant = near === undefined || near === written ? '' : `. Did you mean ${near}?`;
      throw new CallbellStatusError('usage', `there is no ${written} in ${where}${meant}`, {
        hint: override.action === 'set' ? '--set-new allows a new path' : '--unset takes away what is there',
      });
    }
    // The next one must find what it is about in what this one leaves.
    events = events.map((event) => applyOverrides(event, [override], allowNew));
  }
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
