import type { ArrivalSummary } from '../domain/arrival-tally.ts';
import { count } from './count.ts';

/** The figures of a listener, as it says them when it stops. */
export function formatArrivalSummary(summary: ArrivalSummary): string {
  const { events, messages, statuses, otherEvents, connectionChecks, unreadable, invalid } = summary;
  const byStatus = Object.entries(statuses).map(([status, times]) => `${times} ${status}`);
  const parts = [
    [`${count(events, 'event')}, ${count(messages, 'message')}`, byStatus.join(', ')]
      .filter(Boolean)
      .join(': '),
    ...(otherEvents > 0 ? [count(otherEvents, 'other event')] : []),
    ...(connectionChecks > 0 ? [count(connectionChecks, 'connection check')] : []),
    ...(unreadable > 0 ? [`${unreadable} unreadable`] : []),
    ...(invalid > 0 ? [`${invalid} with errors`] : []),
  ];
  return `\n${parts.join(' · ')}\n`;
}
