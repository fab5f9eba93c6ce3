import type { Delivery, DeliverySummary } from '../domain/delivery.ts';
import type { Style } from './style.ts';
import { cut, visible } from './visible.ts';

const LONGEST_BODY = 200;

/** One delivery as a line, with a second one below for why it was not accepted. */
export function formatDelivery(delivery: Delivery, style: Style): string {
  const { source, status, uuid, outcome, httpStatus, ms, warning } = delivery;
  const columns = [
    outcomeWord(delivery, style),
    visible(cut(status ?? '-', 9)).padEnd(9),
    visible((uuid ?? '-').slice(0, 8)).padEnd(8),
    String(httpStatus ?? '-').padStart(3),
    `${ms.toFixed(ms < 10 ? 1 : 0)} ms`.padStart(8),
    style.dim(visible(source)),
  ];
  const below = [
    ...(warning === 'not-200' ? [`Callbell may count only 200 as success, this was ${httpStatus}`] : []),
    ...(outcome === 'accepted' ? [] : refusalLines(delivery)),
  ];
  return [columns.join('  '), ...below.map((line) => `            ${style.dim('└')} ${line}`), ''].join('\n');
}

function outcomeWord({ outcome, warning }: Delivery, style: Style): string {
  const word = outcome.padEnd(11);
  if (outcome !== 'accepted') return style.red(word);
  return warning === undefined ? style.green(word) : style.yellow(word);
}

function refusalLines({ reason, responseBody }: Delivery): string[] {
  const firstLine = responseBody?.trim().split('\n', 1)[0] ?? '';
  return [
    ...(reason === undefined ? [] : [visible(reason)]),
    ...(firstLine === '' ? [] : [visible(cut(firstLine, LONGEST_BODY))]),
  ];
}

/** The figures of a run of deliveries. */
export function formatDeliverySummary(summary: DeliverySummary, style: Style): string {
  const { total, accepted, refused, unreachable, notSent, httpStatuses, latencyMs } = summary;
  const parts = [
    `${accepted} of ${total} accepted`,
    ...(refused > 0 ? [style.red(`${refused} refused`)] : []),
    ...(unreachable > 0 ? [style.red(`${unreachable} unreachable`)] : []),
    ...(notSent > 0 ? [style.red(`${notSent} not sent`)] : []),
  ];
  const answers = Object.entries(httpStatuses).map(([status, times]) => `${status} ×${times}`);
  const lines = [parts.join(', ') + (answers.length > 0 ? `  (${answers.join(', ')})` : '')];
  if (latencyMs !== null) {
    const { min, mean, p50, p95, p99, max } = latencyMs;
    lines.push(style.dim(`ms: min ${min}  mean ${mean}  p50 ${p50}  p95 ${p95}  p99 ${p99}  max ${max}`));
  }
  return `\n${lines.join('\n')}\n`;
}
