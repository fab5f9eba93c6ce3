import { InvalidArgumentError } from 'commander';
import type { Duplication } from '../../domain/delivery/disorder.ts';
import { headerFault, type RequestHeader } from '../../domain/delivery/request-headers.ts';
import { SIGNATURE_FAULTS, type SignatureFault } from '../../domain/signature-fault.ts';
import { parseDuration, unknownName } from '../flags.ts';

/** The parsers of the flags that say how to deliver; they fail as those of flags.ts do. */

/** `Name: value`; repeated flags add up. */
export function parseHeader(text: string, previous: readonly RequestHeader[] = []): RequestHeader[] {
  const [, name, value] = /^([^:]*):(.*)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined) {
    throw new InvalidArgumentError("It takes a name, a colon and a value: -H 'X-Request-Id: 7'.");
  }
  const header = { name: name.trim(), value: value.replace(/^[ \t]+|(?<![ \t])[ \t]+$/g, '') };
  const fault = headerFault(header);
  if (fault !== undefined) throw new InvalidArgumentError(fault);
  return [...previous, header];
}

/** Beyond these a rate is no pace: nobody waits so long, and nothing sends so fast. */
const SLOWEST_RATE = 1 / 3600;
const FASTEST_RATE = 1_000_000;

const SECONDS_OF_UNIT = { s: 1, m: 60, h: 3600 } as const;

/** `20/s`, `300/m`: how many in a second. */
export function parseRate(text: string): number {
  const match = /^(\d+(?:\.\d+)?)\/(s|m|h)$/.exec(text);
  const unit = match?.[2] as keyof typeof SECONDS_OF_UNIT | undefined;
  const perSecond = unit === undefined ? 0 : Number(match?.[1]) / SECONDS_OF_UNIT[unit];
  if (perSecond >= SLOWEST_RATE && perSecond <= FASTEST_RATE) return perSecond;
  if (perSecond > 0) throw new InvalidArgumentError('It takes from 1/h to 1000000/s.');
  const fix = /^\d+(\.\d+)?$/.test(text) && Number(text) > 0 ? ` Did you mean ${text}/s?` : '';
  throw new InvalidArgumentError(`It takes a number in a span of time, like 20/s or 300/m.${fix}`);
}

/** `10x` or `0.5x`; the x may be left out. */
export function parseSpeed(text: string): number {
  const speed = Number(/^(\d+(?:\.\d+)?)x?$/.exec(text)?.[1]);
  if (speed >= 0.001 && speed <= 1_000_000) return speed;
  throw new InvalidArgumentError('It takes a factor from 0.001x to 1000000x, like 10x or 0.5x.');
}

/** `1s,10s,1m`; repeated flags add up. */
export function parseSchedule(text: string, previous: readonly number[] = []): number[] {
  return [...previous, ...text.split(',').map((wait) => parseDuration(wait.trim()))];
}

/** A duration above 0. */
export function parseTimeout(text: string): number {
  const milliseconds = parseDuration(text);
  if (milliseconds >= 1) return milliseconds;
  throw new InvalidArgumentError('It takes at least 1ms.');
}

/** `2`: that many more of each; `10%`: of that share of events one more. */
export function parseDuplication(text: string): Duplication {
  const share = Number(/^(\d+(?:\.\d+)?)%$/.exec(text)?.[1]) / 100;
  if (share > 0 && share <= 1) return { share };
  if (/^[1-9]\d{0,5}$/.test(text)) return { times: Number(text) };
  throw new InvalidArgumentError(
    'It takes how many more of each, from 1 to 999999, or a share of events, like 10%.',
  );
}

/** One of the ways to sign badly. */
export function parseSignatureFault(text: string): SignatureFault {
  return oneOf(text, 'signature fault', SIGNATURE_FAULTS);
}

/** When events are sent: as fast as the other flags allow, or at the recorded gaps. */
export const TIMINGS = ['fast', 'original'] as const;

/** One of {@link TIMINGS}. */
export function parseTiming(text: string): (typeof TIMINGS)[number] {
  return oneOf(text, 'timing', TIMINGS);
}

/** What can be printed instead of sending. */
export const PRINTABLE = ['curl'] as const;

/** One of {@link PRINTABLE}. */
export function parsePrint(text: string): (typeof PRINTABLE)[number] {
  return oneOf(text, 'format', PRINTABLE);
}

function oneOf<Name extends string>(text: string, noun: string, names: readonly Name[]): Name {
  const name = names.find((each) => each === text);
  if (name !== undefined) return name;
  throw unknownName(text, noun, names);
}
