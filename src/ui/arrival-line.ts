import type { Arrival } from '../domain/arrival/arrival.ts';
import type { MessageStatus } from '../domain/status.ts';
import { detailParts, type Part } from './arrival-detail.ts';
import { type ExplanationScope, explanationLines } from './arrival-explanation.ts';
import { GAP, hang, leadingPartsThatFit, paint, partLines, picture } from './arrival-parts.ts';
import { toWidth, widthOf } from './columns.ts';
import { formatDuration, formatLatency } from './duration.ts';
import type { Style } from './style.ts';
import { timeOfDay } from './time-of-day.ts';
import { visible } from './visible.ts';

const STATUS_WIDTH = 9;
const UUID_WIDTH = 8;
const ANSWER_WIDTH = 3;

/** Where and how an arrival is shown. */
export interface ArrivalLook extends ExplanationScope {
  /** The width of the terminal, in columns; no line is longer, down to {@link LEAST_WIDTH}. */
  readonly width: number;
  readonly style: Style;
}

/** What fits beside each other: the width of each column, 0 for one that is left out. */
interface Layout {
  readonly from: number;
  readonly gap: number;
  readonly clock: number;
  readonly uuid: number;
  readonly phone: number;
  readonly time: number;
  /** How far lines below the first hang in. */
  readonly indent: number;
}

/** The narrowest line has a status and an answer. */
const LEAST_WIDTH = 13;

/** The narrower, the fewer columns; the status and the answer are always there. */
const LAYOUTS: readonly Layout[] = [
  { from: 72, gap: 2, clock: 12, uuid: UUID_WIDTH, phone: 13, time: 7, indent: 14 },
  { from: 53, gap: 1, clock: 8, uuid: UUID_WIDTH, phone: 13, time: 7, indent: 2 },
  { from: 39, gap: 1, clock: 8, uuid: UUID_WIDTH, phone: 0, time: 7, indent: 2 },
  { from: 30, gap: 1, clock: 0, uuid: UUID_WIDTH, phone: 0, time: 7, indent: 2 },
  { from: 22, gap: 1, clock: 0, uuid: UUID_WIDTH, phone: 0, time: 0, indent: 2 },
  { from: 0, gap: 1, clock: 0, uuid: 0, phone: 0, time: 0, indent: 0 },
];

/**
 * One arrival as an aligned line: time, status, uuid, number, what changed, answer, how long it took. What
 * changed and finds no room, and what needs a sentence, goes below.
 */
export function formatArrival(arrival: Arrival, look: ArrivalLook): string {
  const { style } = look;
  const width = Math.max(LEAST_WIDTH, look.width);
  const layout = LAYOUTS.find(({ from }) => width >= from) as Layout;
  const gap = ' '.repeat(layout.gap);
  const before = [
    ...(layout.clock === 0 ? [] : [style.dim(timeOfDay(arrival.receivedAt, layout.clock > 8))]),
    kindWord(arrival, style),
    ...textColumn(arrival.uuid?.slice(0, UUID_WIDTH), layout.uuid),
    ...textColumn(arrival.phone, layout.phone),
  ];
  const after = [
    answerWord(arrival.answered, style),
    ...(layout.time === 0 ? [] : [timeTaken(arrival).padStart(layout.time)]),
  ];
  const room = width - takenBy(layout) - layout.gap;
  const parts = detailParts(arrival);
  const whole = leadingPartsThatFit(parts, room);
  const inline = withShortForm(whole, parts[whole.length], room);
  const isSaid = inline.length > whole.length && parts[whole.length]?.isShortEnough === true;
  const first = [...before, ...(room > 0 ? [paintRow(inline, room, style)] : []), ...after].join(gap);
  const below = [
    ...partLines(parts.slice(whole.length + (isSaid ? 1 : 0)), width - layout.indent - 4),
    ...explanationLines(arrival, look).map((line) => [line]),
  ];
  const indent = ' '.repeat(layout.indent);
  const lines = below.flatMap((line) => [
    ...hang(line, indent, width, style),
    ...line.flatMap((part) => picture(part, indent, width, style)),
  ]);
  return [first, ...lines, ''].join('\n');
}

/** Says how often the answer that was explained last came again. */
export function formatRepeated(times: number, style: Style, width: number): string {
  const { indent } = LAYOUTS.find(({ from }) => width >= from) as Layout;
  return `${' '.repeat(indent)}${style.dim(`└ the same ${times === 1 ? 'once' : `${times} times`} more`)}\n`;
}

function textColumn(text: string | undefined, width: number): string[] {
  // A longer text would take long to be measured.
  return width === 0 ? [] : [toWidth(visible((text ?? '').slice(0, 2 * width)), width)];
}

/** The width of all columns but the one in the middle, with the gaps between them. */
function takenBy({ clock, uuid, phone, time, gap }: Layout): number {
  const columns = [clock, STATUS_WIDTH, uuid, phone, ANSWER_WIDTH, time].filter((width) => width > 0);
  return columns.reduce((sum, width) => sum + width, (columns.length - 1) * gap);
}

function kindWord(arrival: Arrival, style: Style): string {
  const word = (text: string): string => text.padEnd(STATUS_WIDTH);
  if (arrival.refusal !== undefined && arrival.json === undefined) return style.red(word('refused'));
  switch (arrival.kind) {
    case 'connection-check':
      return style.dim(word('check'));
    case 'other-event':
      return style.dim(word('other'));
    case 'unreadable':
      return style.red(word('invalid'));
    case 'status':
      return arrival.status === undefined
        ? style.red(word('invalid'))
        : STATUS_COLOR[arrival.status](style)(word(arrival.status));
    default:
      return arrival.kind satisfies never;
  }
}

/** The colour of each status; its word says the same. */
export const STATUS_COLOR: Readonly<Record<MessageStatus, (style: Style) => (text: string) => string>> = {
  enqueued: (style) => style.dim,
  sent: (style) => style.cyan,
  delivered: (style) => style.cyan,
  read: (style) => style.green,
  failed: (style) => style.red,
  mismatch: (style) => style.yellow,
  deleted: (style) => style.dim,
};

/** Adds the short form of the first part that found no room, where it has one that does. */
function withShortForm(whole: readonly Part[], next: Part | undefined, room: number): readonly Part[] {
  if (next?.short === undefined) return whole;
  const longer = [...whole, { text: next.short, tone: next.tone }];
  return leadingPartsThatFit(longer, room).length === longer.length ? longer : whole;
}

function paintRow(parts: readonly Part[], width: number, style: Style): string {
  const used = widthOf(parts.map(({ text }) => text).join(GAP));
  return parts.map((part) => paint(part, style)).join(GAP) + ' '.repeat(Math.max(0, width - used));
}

/** How long the answer took: in milliseconds up to ten seconds, which are one more digit than there is room for. */
function timeTaken({ ms }: Arrival): string {
  return ms >= 9999.5 ? formatDuration(ms) : formatLatency(ms);
}

function answerWord(answered: number | null, style: Style): string {
  if (answered === null) return style.red(' - ');
  if (answered === 200) return style.green('200');
  return answered > 200 && answered < 300 ? style.yellow(String(answered)) : style.red(String(answered));
}
