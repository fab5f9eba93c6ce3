import type { RequestHeader } from '../domain/delivery/request-headers.ts';
import { count } from './count.ts';
import { formatDuration } from './duration.ts';
import type { Style } from './style.ts';
import { cut, visible } from './visible.ts';

/** An event that would be sent. */
export interface PlannedDelivery {
  readonly n: number;
  readonly source: string;
  readonly uuid?: string;
  readonly status?: string;
  /** The length of its body. */
  readonly bytes: number;
  /** When it would be sent, after the start, in milliseconds. */
  readonly dueMs?: number;
}

/** What all requests of a run would have in common. Secrets in it are masked already. */
export function formatRequestHead(url: string, headers: readonly RequestHeader[], style: Style): string {
  const lines = headers.map(({ name, value }) => `  ${style.dim(`${visible(name)}:`)} ${visible(value)}`);
  return `${[`${style.bold('POST')} ${visible(url)}`, ...lines].join('\n')}\n\n`;
}

/** One event that would be sent, as a line. */
export function formatPlanned({ source, uuid, status, bytes, dueMs }: PlannedDelivery, style: Style): string {
  const columns = [
    'would send ',
    visible(cut(status ?? '-', 9)).padEnd(9),
    visible((uuid ?? '-').slice(0, 8)).padEnd(8),
    count(bytes, 'byte').padStart(12),
    ...(dueMs === undefined ? [] : [`after ${formatDuration(dueMs)}`.padEnd(12)]),
    style.dim(visible(source)),
  ];
  return `${columns.join('  ')}\n`;
}
