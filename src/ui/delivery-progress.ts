import type { DeliveryTally } from '../domain/delivery/tally.ts';
import { formatDuration } from './duration.ts';

/** How far a run is: done, total, rate, the time left, what was not accepted. */
export function formatProgress(
  { done, notAccepted }: DeliveryTally,
  total: number | undefined,
  elapsedMs: number,
): string {
  const perSecond = elapsedMs > 0 ? (done / elapsedMs) * 1000 : 0;
  const left = total === undefined || done === 0 ? undefined : ((total - done) / done) * elapsedMs;
  return [
    total === undefined ? `${grouped(done)} delivered` : `${grouped(done)} of ${grouped(total)} delivered`,
    `${perSecond < 10 ? perSecond.toFixed(1) : grouped(Math.round(perSecond))}/s`,
    ...(left === undefined || left <= 0 ? [] : [`${formatDuration(left)} left`]),
    ...(notAccepted === 0 ? [] : [`${grouped(notAccepted)} not accepted`]),
  ].join(' · ');
}

function grouped(number: number): string {
  return number.toLocaleString('en-US');
}
