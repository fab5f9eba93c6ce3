import type { TimelineRow, TimelineStep } from '../domain/arrival/timeline.ts';
import { STATUS_COLOR } from './arrival-line.ts';
import { toWidth, widthOf } from './columns.ts';
import { elapsed, timeOfDay } from './elapsed.ts';
import type { Style } from './style.ts';
import { visible } from './visible.ts';

const BETWEEN = ' ─ ';
const HEAD_WIDTH = 8 + 2 + 13 + 2;

/**
 * The life of one message on one line: `enqueued 14:03:01 ─ sent +0.8s ─ read +3.7s`. Where the times find
 * no room they are left out, and where the statuses find none they are cut.
 */
export function formatTimelineRow(row: TimelineRow, style: Style, width: number): string {
  const head = `${toWidth(visible(row.uuid.slice(0, 8)), 8)}  ${toWidth(visible((row.phone ?? '').slice(0, 26)), 13)}  `;
  const room = width - HEAD_WIDTH;
  const timed = row.steps.map((step, index) => `${stepWord(step)} ${stepTime(row.steps, index)}`);
  const bare = row.steps.map(stepWord);
  for (const words of [timed, bare]) {
    if (widthOf(words.join(BETWEEN)) <= room) return head + paintSteps(row.steps, words, style);
  }
  return head + toWidth(bare.join(BETWEEN), room).trimEnd();
}

function stepWord({ status, late, duplicates }: TimelineStep): string {
  return `${status}${late ? ' (late)' : ''}${duplicates > 0 ? ` ×${duplicates + 1}` : ''}`;
}

/** The first step has its time of day, each further one the time since the one before. */
function stepTime(steps: readonly TimelineStep[], index: number): string {
  const [step, before] = [steps[index], steps[index - 1]];
  if (step === undefined) return '';
  if (before === undefined) return timeOfDay(step.receivedAt, false);
  return `+${elapsed(Math.max(0, Date.parse(step.receivedAt) - Date.parse(before.receivedAt)))}`;
}

function paintSteps(steps: readonly TimelineStep[], words: readonly string[], style: Style): string {
  return steps
    .map((step, index) => STATUS_COLOR[step.status](style)(words[index] ?? ''))
    .join(style.dim(BETWEEN));
}
