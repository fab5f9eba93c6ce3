import type { CaptureReport } from '../../domain/report/capture-report.ts';

/** What only the reading of the files knows. */
export interface ReadingFigures {
  readonly files: number;
  /** Files of folders that were not read, because no event is in them. */
  readonly passedOver: number;
  /** Files that could not be read, or not to their end. */
  readonly unreadable: number;
  /** It was stopped before everything was read. */
  readonly interrupted: boolean;
}

/** A report as one JSON object a line: the rows of each section, then the summary. */
export function formatReportJson(report: CaptureReport, reading: ReadingFigures): string {
  const { failures, optOuts, steps, pricing, period, periods, ...others } = report;
  const { range, outcomes, messages, reached, events, stuckForADay, overriddenFailures } = others;
  const lines = [
    ...failures.map((failure) => ({ type: 'failure', ...withNulls(failure) })),
    ...optOuts.recipients.map((recipient) => ({ type: 'opt-out', recipient })),
    ...steps.map(({ p50, p90, ...step }) => ({ type: 'step', ...step, p50Ms: p50, p90Ms: p90 })),
    ...pricing.map(({ category, type, billable, ...figures }) => ({
      type: 'pricing',
      ...withNulls({ category, pricingType: type, billable }),
      ...figures,
    })),
    ...periods.map(({ start, ...figures }) => ({ type: 'period', period, start: iso(start), ...figures })),
    {
      type: 'summary',
      ...reading,
      events,
      messages,
      from: range === undefined ? null : iso(range.from),
      to: range === undefined ? null : iso(range.to),
      outcomes,
      reached,
      rates: {
        delivered: rate(reached.delivered, messages),
        read: rate(reached.read, messages),
        failed: rate(outcomes.failed, messages),
      },
      stuckForADay,
      overriddenFailures,
      duplicates: others.duplicates,
      late: others.late,
      optOuts: { messages: optOuts.messages, recipients: optOuts.recipients.length },
      uncounted: others.uncounted,
      unknown: others.unknown,
    },
  ];
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}

/** The members with null for what is not known, so that every line of a type has the same keys. */
function withNulls(members: object): object {
  return Object.fromEntries(Object.entries(members).map(([key, value]) => [key, value ?? null]));
}

function iso(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

function rate(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.round((10_000 * part) / whole) / 10_000;
}
