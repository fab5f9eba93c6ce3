import type { DeliveryTally } from '../domain/delivery/tally.ts';
import { formatDuration } from './duration.ts';

/** How far a run is: done, total, rate, the time left, what failed. */
export function formatProgress(
  { done, failed }: DeliveryTally,
  total: number | undefined,
  elapsedMs: number,
): string {
  const perSecond = elapsedMs > 0 ? (done / elapsedMs) * 1000 : 0;
  const left = total === undefined || done === 0 ? undefined : ((total - done) / done) * elapsedMs;
  return [
    total === undefined ? `${grouped(done)} delivered` : `${grouped(done)} of ${grouped(total)} delivered`,
    `${perSecond < 10 ? perSecond.toFixed(1) : grouped(Math.round(perSecond))}/s`,
    ...(left === undefined || left <= 0 ? [] : [`${formatDuration(left)} left`]),
    ...(failed === 0 ? [] : [`${grouped(failed)} failed`]),
  ].join(' · ');
}

function grouped(number: number): string {
  return number.toLocaleString('en-US');
}
