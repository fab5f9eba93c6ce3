import type { ProviderName, ProviderReading } from '../providers/provider.ts';
import type { ProblemList } from './problem-list.ts';
import { PROVIDER_PATH } from './provider-path.ts';

const SECONDS_OF_2009 = 1_230_768_000;
const SECONDS_OF_2100 = 4_102_444_800;

/** By how much a time counts finer than seconds, where it lies between 2009 and 2100 then. */
const UNITS = [
  ['milliseconds', 1e3],
  ['microseconds', 1e6],
  ['nanoseconds', 1e9],
] as const;

/** Checks a time in unix seconds. WhatsApp is of 2009, so that an earlier time is a mistake. */
export function addTimeProblem(
  problems: ProblemList,
  value: number,
  path: readonly (string | number)[],
  mayBeMilliseconds = false,
): void {
  if (isPlausible(value)) {
    if (Number.isInteger(value)) return;
    problems.add('provider-wrong-type', path, { expected: 'whole number', found: 'number with a fraction' });
    return;
  }
  const finer = UNITS.find(([, factor]) => isPlausible(value / factor));
  if (finer === undefined) problems.add('implausible-time', path, { value });
  else if (!(mayBeMilliseconds && finer[0] === 'milliseconds')) {
    const [unit, factor] = finer;
    const suggestion = String(Math.floor(value / factor));
    problems.add('time-in-milliseconds', path, { value, unit, suggestion });
  }
}

/** Times in a capture and clocks that go wrong differ by hours; a day more is a wrong digit. */
const DAY_SECONDS = 86_400;

/** Adds the times of statuses that are over a day after their event was received. */
export function addFutureTimes(
  problems: ProblemList,
  readings: readonly ProviderReading[],
  receivedAt: Date,
): void {
  const received = Math.floor(receivedAt.getTime() / 1000);
  for (const { provider, path, timeSeconds } of readings) {
    // One that is not plausible at all is said already.
    if (timeSeconds === undefined || !isPlausible(timeSeconds)) continue;
    if (timeSeconds <= received + DAY_SECONDS) continue;
    const at = [...PROVIDER_PATH, ...path, ...TIME_PATHS[provider]];
    problems.add('implausible-time', at, { value: timeSeconds, received });
  }
}

/** Where a provider writes the time of a status, below its object. */
export const TIME_PATHS = {
  gupshup: ['payload', 'ts'],
  cloud: ['timestamp'],
} as const satisfies Record<ProviderName, readonly string[]>;

/** Whether a time in unix seconds is between 2009 and 2100. */
export function isPlausible(seconds: number): boolean {
  return seconds >= SECONDS_OF_2009 && seconds <= SECONDS_OF_2100;
}
