import type { LatencyBar } from '../domain/delivery/latency.ts';
import type { DeliverySummary } from '../domain/delivery/tally.ts';
import { wrap } from './columns.ts';
import type { DeliveryLook } from './delivery-line.ts';
import { formatLatency, roundedLatency } from './duration.ts';
import type { Style } from './style.ts';

/** The figures of a run of deliveries, and a drawing of its latencies where bars are given. */
export function formatDeliverySummary(
  summary: DeliverySummary,
  look: DeliveryLook,
  bars: readonly LatencyBar[] = [],
): string {
  const { style, width } = look;
  const { total, accepted, refused, unreachable, notSent, httpStatuses, latencyMs, expected } = summary;
  const parts = [
    ...(expected === undefined
      ? [`${accepted} of ${total} accepted`, ...(refused > 0 ? [style.red(`${refused} refused`)] : [])]
      : badSignatureParts(summary, expected, style)),
    ...(unreachable > 0 ? [style.red(`${unreachable} unreachable`)] : []),
    ...(notSent > 0 ? [style.red(`${notSent} not sent`)] : []),
  ];
  const answers = Object.entries(httpStatuses).map(([status, times]) => `${status} ×${times}`);
  const lines = [parts.join(', ') + (answers.length > 0 ? `  (${answers.join(', ')})` : '')];
  if (latencyMs !== null) {
    const { min, mean, p50, p95, p99, max } = latencyMs;
    lines.push(style.dim(`ms: min ${min}  mean ${mean}  p50 ${p50}  p95 ${p95}  p99 ${p99}  max ${max}`));
  }
  return `\n${[...lines.flatMap((line) => wrap(line, width)), ...histogram(bars, look)].join('\n')}\n`;
}

/** The outcomes of bad signatures: to be refused for them is what they are sent for. */
function badSignatureParts(
  { total, accepted, refused }: DeliverySummary,
  expected: number,
  style: Style,
): string[] {
  const otherwise = refused - expected;
  return [
    `${expected} of ${total} bad signatures refused`,
    ...(accepted > 0 ? [style.red(`${accepted} accepted`)] : []),
    ...(otherwise > 0 ? [style.red(`${otherwise} refused for another reason`)] : []),
  ];
}

const LONGEST_BAR = 40;
const GAP = '  ';

/** One line a range. With one range only there is nothing to see. */
function histogram(bars: readonly LatencyBar[], { width, style }: DeliveryLook): string[] {
  if (bars.length < 2) return [];
  const most = Math.max(...bars.map(({ count }) => count));
  const labels = bars.map(({ from, to }) => `${roundedLatency(from)} – ${formatLatency(to)}`);
  const labelWidth = Math.max(...labels.map(({ length }) => length));
  const longest = Math.min(LONGEST_BAR, width - labelWidth - String(most).length - 2 * GAP.length);
  const lines = bars.map(({ count }, index) => {
    // What is there at all is seen, however small its share.
    const length = count === 0 ? 0 : Math.max(1, Math.round((count / most) * longest));
    const label = style.dim((labels[index] ?? '').padStart(labelWidth));
    return [label, '▇'.repeat(length).padEnd(longest), count].join(GAP);
  });
  return ['', ...lines];
}
