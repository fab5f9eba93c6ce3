import type { Arrival } from '../domain/arrival/arrival.ts';
import type { TimelineAside, TimelineRow, TimelineStep } from '../domain/arrival/timeline.ts';
import { kindParts } from './arrival-detail.ts';
import { explanationLines } from './arrival-explanation.ts';
import { STATUS_COLOR } from './arrival-line.ts';
import { together, toWidth, widthOf, wrap } from './columns.ts';
import { count } from './count.ts';
import { formatGap } from './duration.ts';
import type { Style } from './style.ts';
import { timeOfDay } from './time-of-day.ts';
import { visible } from './visible.ts';

const BETWEEN = ' ─ ';
const UUID_WIDTH = 8;
const PHONE_WIDTH = 13;

/** From this width on a row has the number too. */
const ROOMY = 60;

const CUT = `…${BETWEEN}`;

/**
 * The life of one message on one line: `enqueued 14:03:01 ─ sent +0.8s ─ read +3.7s`. The latest matters most:
 * where the times find no room the earlier ones are left out, and where the statuses find none the earlier
 * ones are, with `…` in their place.
 */
export function formatTimelineRow(row: TimelineRow, style: Style, width: number): string {
  const head = headOf(row, width);
  const room = width - widthOf(head);
  const bare = row.steps.map(stepWord);
  if (widthOf(bare.join(BETWEEN)) <= room)
    return head + paintSteps(row.steps, withTimes(row.steps, 0, room), style);
  const from = firstThatFits(row.steps, room - widthOf(CUT));
  const words = withTimes(row.steps, from, room - widthOf(CUT));
  if (widthOf(CUT + words.join(BETWEEN)) <= room) {
    return head + style.dim(CUT) + paintSteps(row.steps.slice(from), words, style);
  }
  const [last] = row.steps.slice(-1);
  return last === undefined ? head : head + paintSteps([last], [cutToWidth(stepWord(last), room)], style);
}

function headOf({ uuid, phone = '' }: TimelineRow, width: number): string {
  const columns = [
    toWidth(visible(uuid.slice(0, UUID_WIDTH)), UUID_WIDTH),
    ...(width < ROOMY ? [] : [toWidth(visible(phone.slice(0, 2 * PHONE_WIDTH)), PHONE_WIDTH)]),
  ];
  return columns.map((column) => `${column}  `).join('');
}

/** The last arrival that was in trouble, on one line: when, which, its answer, and why. */
export function formatTimelineTrouble(arrival: Arrival, style: Style, width: number): string {
  const { receivedAt, status, uuid = '', answered } = arrival;
  const [why] = [...kindParts(arrival), ...explanationLines(arrival, { verbose: false, isRepeated: false })];
  const isAnswerBad = answered === null || answered >= 300;
  const words = [
    timeOfDay(receivedAt, false),
    status ?? '',
    visible(uuid.slice(0, UUID_WIDTH)),
    isAnswerBad ? failedWord(answered) : '',
    why?.text ?? '',
  ];
  return style.red(cutToWidth(`last trouble: ${words.filter((word) => word !== '').join(' ')}`, width));
}

/** How many rows are not shown, above the others. */
export function formatTimelineAbove(hidden: number, style: Style): string {
  return style.dim(`… ${hidden} more`);
}

function cutToWidth(text: string, width: number): string {
  return widthOf(text) <= width ? text : toWidth(text, Math.max(1, width)).trimEnd();
}

/** What came and has no row, in lines; none where everything has one. */
export function formatTimelineAside(
  { invalid, checks, otherEvents, refused }: TimelineAside,
  style: Style,
  width: number,
): string[] {
  const figures = [
    ...(invalid > 0 ? [style.red(together(`${invalid} invalid`))] : []),
    ...(refused > 0 ? [style.red(together(`${refused} refused`))] : []),
    ...(otherEvents > 0 ? [together(count(otherEvents, 'other event'))] : []),
    ...(checks > 0 ? [together(count(checks, 'connection check'))] : []),
  ];
  return figures.length === 0 ? [] : wrap(`besides: ${figures.join(', ')}`, width);
}

/** From which step on there is room for all, the last one with its time; at least that one. */
function firstThatFits(steps: readonly TimelineStep[], room: number): number {
  const last = steps.length - 1;
  let used = steps.length > 0 ? widthOf(timedWord(steps, last)) : 0;
  for (let index = last - 1; index >= 0; index -= 1) {
    used += widthOf(stepWordAt(steps, index)) + widthOf(BETWEEN);
    if (used > room) return index + 1;
  }
  return 0;
}

/** The words of the steps from one on: with their times, the latest first, as far as there is room. */
function withTimes(steps: readonly TimelineStep[], from: number, room: number): string[] {
  let words = steps.slice(from).map(stepWord);
  for (let index = steps.length - 1; index >= from; index -= 1) {
    const longer = words.map((word, at) => (at === index - from ? timedWord(steps, index) : word));
    if (widthOf(longer.join(BETWEEN)) > room) break;
    words = longer;
  }
  return words;
}

function timedWord(steps: readonly TimelineStep[], index: number): string {
  return `${stepWordAt(steps, index)} ${stepTime(steps, index)}`;
}

function stepWordAt(steps: readonly TimelineStep[], index: number): string {
  const step = steps[index];
  return step === undefined ? '' : stepWord(step);
}

function stepWord({ status, failureCode, late, duplicates, failedAnswer }: TimelineStep): string {
  const code = failureCode === undefined ? '' : ` (${failureCode})`;
  const times = duplicates > 0 ? ` ×${duplicates + 1}` : '';
  const failed = failedAnswer === undefined ? '' : ` ${failedWord(failedAnswer)}`;
  return `${status}${code}${late ? ' (late)' : ''}${times}${failed}`;
}

function failedWord(answered: number | null): string {
  return `✗${answered ?? ' no answer'}`;
}

/** The first step has its time of day, each further one the time since the one before. */
function stepTime(steps: readonly TimelineStep[], index: number): string {
  const [step, before] = [steps[index], steps[index - 1]];
  if (step === undefined) return '';
  if (before === undefined) return timeOfDay(step.receivedAt, false);
  return formatGap(Math.max(0, Date.parse(step.receivedAt) - Date.parse(before.receivedAt)));
}

function paintSteps(steps: readonly TimelineStep[], words: readonly string[], style: Style): string {
  return steps.map((step, index) => colorOf(step, style)(words[index] ?? '')).join(style.dim(BETWEEN));
}

function colorOf({ status, failedAnswer }: TimelineStep, style: Style): (text: string) => string {
  return failedAnswer === undefined ? STATUS_COLOR[status](style) : style.red;
}
