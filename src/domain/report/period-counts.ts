import type { PeriodFigures } from './capture-report.ts';
import { OUTCOMES, type Outcome } from './message-record.ts';

/** The length of a row of a report by time. */
export const PERIODS = ['hour', 'day'] as const;

/** One of {@link PERIODS}. */
export type Period = (typeof PERIODS)[number];

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** More than two years of hours; a capture of more begins to be one of made-up times. */
const MOST_HOURS = 20_000;
/** Of so many hours a table is still read. */
const MOST_HOURS_SHOWN = 48;

type Counts = Record<Outcome, number>;

/** Counts messages by the hour in which they began. */
export class PeriodCounts {
  readonly #hours = new Map<number, Counts>();

  add(begins: number, outcome: Outcome): void {
    const hour = Math.floor(begins / HOUR_MS);
    const known = this.#hours.get(hour);
    if (known === undefined && this.#hours.size >= MOST_HOURS) return;
    const counts = known ?? noOutcomes();
    counts[outcome] += 1;
    this.#hours.set(hour, counts);
  }

  /** Messages with an outcome in the hours that ended before a moment. */
  countBefore(moment: number, outcome: Outcome): number {
    let count = 0;
    for (const [hour, counts] of this.#hours) if ((hour + 1) * HOUR_MS <= moment) count += counts[outcome];
    return count;
  }

  /** The figures in the order of time, by the hour where that is not too much to read, else by the day. */
  figures(wanted: Period | undefined): {
    readonly period: Period;
    readonly periods: readonly PeriodFigures[];
  } {
    const hours = [...this.#hours].sort(([a], [b]) => a - b);
    const period = wanted ?? (spanOf(hours) <= MOST_HOURS_SHOWN ? 'hour' : 'day');
    const length = period === 'hour' ? HOUR_MS : DAY_MS;
    const merged = new Map<number, Counts>();
    for (const [hour, counts] of hours) {
      const start = Math.floor((hour * HOUR_MS) / length) * length;
      const sum = merged.get(start) ?? noOutcomes();
      for (const outcome of OUTCOMES) sum[outcome] += counts[outcome];
      merged.set(start, sum);
    }
    const periods = [...merged].map(([start, outcomes]) => ({
      start,
      messages: totalOf(outcomes),
      outcomes,
    }));
    return { period, periods };
  }
}

function spanOf(hours: readonly (readonly [number, Counts])[]): number {
  return (hours.at(-1)?.[0] ?? 0) - (hours[0]?.[0] ?? 0) + 1;
}

/** No message at all. */
export function noOutcomes(): Counts {
  return { read: 0, delivered: 0, sent: 0, enqueued: 0, failed: 0, other: 0 };
}

function totalOf(outcomes: Counts): number {
  return OUTCOMES.reduce((sum, outcome) => sum + outcomes[outcome], 0);
}
