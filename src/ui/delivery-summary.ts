import type { LatencyBar } from '../domain/delivery/latency.ts';
import type { DeliverySummary } from '../domain/delivery/tally.ts';
import type { Style } from './style.ts';

/** The figures of a run of deliveries, and a drawing of its latencies where bars are given. */
export function formatDeliverySummary(
  summary: DeliverySummary,
  style: Style,
  bars: readonly LatencyBar[] = [],
): string {
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
  return `\n${[...lines, ...histogram(bars, style)].join('\n')}\n`;
}

const BAR_WIDTH = 40;

/** One line a range. With one range only there is nothing to see. */
function histogram(bars: readonly LatencyBar[], style: Style): string[] {
  if (bars.length < 2) return [];
  const most = Math.max(...bars.map(({ count }) => count));
  const labels = bars.map(({ from, to }) => `${rounded(from)} – ${rounded(to)} ms`);
  const width = Math.max(...labels.map(({ length }) => length));
  const lines = bars.map(({ count }, index) => {
    // What is there at all is seen, however small its share.
    const length = count === 0 ? 0 : Math.max(1, Math.round((count / most) * BAR_WIDTH));
    return `${style.dim((labels[index] ?? '').padStart(width))}  ${'▇'.repeat(length).padEnd(BAR_WIDTH)}  ${count}`;
  });
  return ['', ...lines];
}

function rounded(ms: number): string {
  return ms < 10 ? ms.toFixed(1) : String(Math.round(ms));
}
