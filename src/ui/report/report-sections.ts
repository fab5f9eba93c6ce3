import type { CaptureReport } from '../../domain/report/capture-report.ts';
import { OUTCOMES, type Outcome } from '../../domain/report/message-record.ts';
import { count } from '../count.ts';
import { formatDuration } from '../duration.ts';
import { failureSection, optOutSection } from './failure-sections.ts';
import { minuteOf, share } from './report-figures.ts';
import { numberColumn, type ReportSection, textColumn } from './report-section.ts';
import { unknownSection } from './unknown-section.ts';

/** The sections of a report that have something to say, in the order in which they are read. */
export function reportSections(report: CaptureReport): ReportSection[] {
  return [
    outcomeSection(report),
    failureSection(report),
    optOutSection(report),
    timeSection(report),
    pricingSection(report),
    repetitionSection(report),
    periodSection(report),
    unknownSection(report),
  ].filter(({ rows, notes }) => rows.length + notes.length > 0);
}

/** The first line of a report: how much there is, and of when. */
export function reportTitle({ messages, events, range }: CaptureReport): string {
  const size = `${count(messages, 'message')} in ${count(events, 'event')}`;
  return range === undefined ? size : `${size}, ${minuteOf(range.from)} to ${minuteOf(range.to)} UTC`;
}

const OUTCOME_WORDS: Readonly<Record<Outcome, string>> = {
  read: 'read',
  delivered: 'delivered, not read',
  sent: 'sent, no further',
  enqueued: 'enqueued, no further',
  failed: 'failed',
  other: 'only side notes',
};

function outcomeSection(report: CaptureReport): ReportSection {
  const { messages, outcomes, reached, stuckForADay, overriddenFailures } = report;
  const rows = OUTCOMES.filter((outcome) => outcomes[outcome] > 0).map((outcome) => {
    const number = outcomes[outcome];
    const row = { cells: [OUTCOME_WORDS[outcome], String(number), share(number, messages)], value: number };
    const isStuck = outcome === 'sent' && stuckForADay > 0;
    return isStuck ? { ...row, below: `${stuckForADay} of them for a day or longer: ${STUCK}` } : row;
  });
  const ofDelivered =
    reached.delivered === 0 ? '' : ` (${share(reached.read, reached.delivered)} of those delivered)`;
  const rates = [
    `delivered ${share(reached.delivered, messages)}`,
    `read ${share(reached.read, messages)}${ofDelivered}`,
    `failed ${share(outcomes.failed, messages)}`,
  ];
  const overridden = `${count(overriddenFailures, 'message')} with a failure that delivered or read overrides`;
  return {
    title: 'How far they came',
    columns: [textColumn('outcome'), numberColumn('messages'), numberColumn('share')],
    rows,
    notes: [rates.join(' · '), ...(overriddenFailures > 0 ? [overridden] : [])],
  };
}

const STUCK = 'the phone is off, or the recipient blocked the number; no event says which';

function timeSection({ steps }: CaptureReport): ReportSection {
  return {
    title: 'Time between statuses',
    columns: [
      textColumn('from → to'),
      numberColumn('messages'),
      numberColumn('p50'),
      numberColumn('p90'),
      textColumn('clock'),
    ],
    rows: steps.map(({ from, to, messages, p50, p90, clock }) => ({
      cells: [`${from} → ${to}`, String(messages), formatDuration(p50), formatDuration(p90), clock],
    })),
    notes: [],
  };
}

function pricingSection({ pricing }: CaptureReport): ReportSection {
  const isPriced = pricing.some(({ category }) => category !== undefined);
  return {
    title: 'Pricing, once a message',
    columns: [
      textColumn('category'),
      textColumn('type'),
      textColumn('billable'),
      numberColumn('messages'),
      numberColumn('delivered'),
    ],
    rows: !isPriced
      ? []
      : pricing.map(({ category, type, billable, messages, delivered }) => ({
          cells: [
            category ?? 'none stated',
            type ?? '-',
            billable === undefined ? '-' : billable ? 'yes' : 'no',
            String(messages),
            String(delivered),
          ],
          value: messages,
        })),
    notes: isPriced ? ['amounts are in no event: they are in the rate card of your provider'] : [],
  };
}

function repetitionSection({ duplicates, late, unknown }: CaptureReport): ReportSection {
  const lateRows = Object.entries(late).map(([status, events]) => ({
    cells: [`late: ${status} after a later status`, String(events)],
  }));
  const repeated = { cells: ['repeated: a status of a message once more', String(duplicates)] };
  const byLines = `late is told by the order of the lines for ${count(unknown.withoutReceivedAt, 'message')}, whose events do not all say when they were received`;
  return {
    title: 'Repeated and late events',
    columns: [textColumn('kind'), numberColumn('events')],
    rows: [...(duplicates > 0 ? [repeated] : []), ...lateRows],
    notes: lateRows.length > 0 && unknown.withoutReceivedAt > 0 ? [byLines] : [],
  };
}

function periodSection({ period, periods }: CaptureReport): ReportSection {
  const length = period === 'hour' ? 'YYYY-MM-DD HH:MM'.length : 'YYYY-MM-DD'.length;
  return {
    title: `By ${period} of their first status, UTC`,
    columns: [
      textColumn(period),
      numberColumn('messages'),
      numberColumn('delivered'),
      numberColumn('read'),
      numberColumn('failed'),
    ],
    rows: periods.map(({ start, messages, outcomes: { delivered, read, failed } }) => ({
      cells: [minuteOf(start).slice(0, length), ...[messages, delivered + read, read, failed].map(String)],
      value: messages,
    })),
    notes: [],
  };
}
