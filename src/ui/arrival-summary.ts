import type { Refusal } from '../domain/arrival/arrival.ts';
import type { ArrivalSummary, TargetFigures } from '../domain/arrival/tally.ts';
import { MESSAGE_STATUSES, type MessageStatus } from '../domain/status.ts';
import { REFUSAL_WORDS } from './arrival-detail.ts';
import { together, wrap } from './columns.ts';
import { count } from './count.ts';
import { formatDuration } from './duration.ts';
import type { Style } from './style.ts';
import { visible } from './visible.ts';

/** The figures of a listener, and what only who shows them knows. */
export interface ShownSummary extends ArrivalSummary {
  /** With where each target is. */
  readonly targets: readonly (TargetFigures & { readonly url: string })[];
  /** Requests that were answered 500 because of an error of our own. */
  readonly internalErrors: number;
  /** Arrivals that filters kept from being shown. */
  readonly hidden: number;
}

/** The figures of a listener, as it says them when it stops; no line is longer than the width. */
export function formatArrivalSummary(summary: ShownSummary, style: Style, width: number): string {
  const { events, messages, statuses, steps } = summary;
  const known = Object.entries(statuses);
  const unknown = known.reduce((left, [, times]) => left - times, events);
  const byStatus = [...known, ...(unknown > 0 ? [['of no known status', unknown] as const] : [])].map(
    ([status, times]) => together(`${times} ${status}`),
  );
  const heard = [together(count(events, 'event')), byStatus.join(', ')];
  const lines = [
    joinWithin([heard.filter(Boolean).join(': '), ...otherFigures(summary)], width),
    ...(messages > 0
      ? [joinWithin([`messages that reached ${funnel(summary.reached)}${onlyAccepted(summary)}`], width)]
      : []),
    ...(steps.length > 0
      ? [
          joinWithin(
            steps.map(({ from, to, medianMs }, index) => {
              const words = together(`${from} → ${to} ${formatDuration(medianMs)}`);
              return index === 0 ? `median ${words}` : words;
            }),
            width,
          ),
        ]
      : []),
  ];
  const troubles = [troubleFigures(summary), refusedFigure(summary), badRequestFigure(summary)];
  const all = [
    ...lines,
    ...internalErrorFigure(summary, style),
    ...troubles
      .filter((figures) => figures.length > 0)
      .map((figures) => style.yellow(joinWithin(figures, width))),
    ...[forwardFigures(summary), hiddenFigure(summary)]
      .filter((figures) => figures.length > 0)
      .map((figures) => joinWithin(figures, width)),
  ];
  return `\n${all.join('\n')}\n`;
}

function otherFigures({ messages, otherEvents, connectionChecks }: ArrivalSummary): string[] {
  return [
    together(count(messages, 'message')),
    ...(otherEvents > 0 ? [together(count(otherEvents, 'other event'))] : []),
    ...(connectionChecks > 0 ? [together(count(connectionChecks, 'connection check'))] : []),
  ];
}

function troubleFigures(summary: ArrivalSummary): string[] {
  const figures: readonly (readonly [number, string])[] = [
    [summary.notAccepted, 'not accepted'],
    [summary.onPurpose, 'changed on purpose'],
    [summary.notForwarded, 'not forwarded'],
    [summary.unreadable, 'unreadable'],
    [summary.invalid, 'with errors'],
    [summary.notVerified, 'not verified'],
    [summary.resent, 'sent again'],
    [summary.duplicates, summary.duplicates === 1 ? 'duplicate' : 'duplicates'],
    [summary.late, 'late'],
  ];
  return figures.filter(([times]) => times > 0).map(([times, words]) => together(`${times} ${words}`));
}

function internalErrorFigure({ internalErrors }: ShownSummary, style: Style): string[] {
  if (internalErrors === 0) return [];
  return [
    style.red(`${count(internalErrors, 'request')} answered 500 because of a fault of callbell-status`),
  ];
}

/** A line of its own, because these count nowhere else. */
function refusedFigure({ refused, refusals }: ArrivalSummary): string[] {
  if (refused === 0) return [];
  const reasons = (Object.entries(refusals) as [Refusal, number][]).map(([refusal, times]) =>
    together(`${times} ${REFUSAL_WORDS[refusal]}`),
  );
  return [`${refused} refused, not in the figures above: ${reasons.join(', ')}`];
}

function badRequestFigure({ badRequests }: ArrivalSummary): string[] {
  const times = Object.entries(badRequests).map(([httpStatus, count]) =>
    together(`${count} × ${httpStatus}`),
  );
  return times.length === 0
    ? []
    : [`answered without being an arrival, not in the figures above: ${times.join(', ')}`];
}

/** With one target that accepts, the figures above say all. */
function forwardFigures({ targets }: ShownSummary): string[] {
  const hasTrouble = targets.some(({ refused, unreachable }) => refused + unreachable > 0);
  if (targets.length < 2 && !hasTrouble) return [];
  return targets.map((target, index) => `${index === 0 ? 'forwarded to ' : ''}${targetFigure(target)}`);
}

function targetFigure({ url, accepted, refused, unreachable }: ShownSummary['targets'][number]): string {
  const figures = [
    `${accepted} accepted`,
    ...(refused > 0 ? [`${refused} refused`] : []),
    ...(unreachable > 0 ? [`${unreachable} unreachable`] : []),
  ];
  return `${visible(url)}: ${figures.map(together).join(', ')}`;
}

function hiddenFigure({ hidden }: ShownSummary): string[] {
  return hidden === 0 ? [] : [`${count(hidden, 'arrival')} not shown, left out by --status or --uuid`];
}

/** Says what the funnel leaves out, where it does. */
function onlyAccepted({ targets: [first] }: ShownSummary): string {
  const isPartial = first !== undefined && first.refused + first.unreachable > 0;
  return isPartial ? ` ${together('(accepted events only)')}` : '';
}

const STEPS: readonly MessageStatus[] = ['enqueued', 'sent', 'delivered', 'read'];

function funnel(reached: ArrivalSummary['reached']): string {
  const steps = STEPS.map((status) => together(`${status} ${reached[status] ?? 0}`)).join(' → ');
  const asides = MESSAGE_STATUSES.filter(
    (status) => !STEPS.includes(status) && reached[status] !== undefined,
  );
  return [steps, ...asides.map((status) => together(`${status} ${reached[status]}`))].join(' · ');
}

/** Figures with a dot between them, which stays with the one before it; where a line is full, on the next. */
function joinWithin(figures: readonly string[], width: number): string {
  return wrap(figures.join(`${together(' ·')} `), width).join('\n');
}
