import type { Arrival } from '../domain/arrival/arrival.ts';
import type { MessageStatus } from '../domain/status.ts';
import { detailParts, type Part } from './arrival-detail.ts';
import { explanationLines } from './arrival-explanation.ts';
import { codeFrame } from './code-frame.ts';
import { toWidth, widthOf, wrap } from './columns.ts';
import { formatDuration, formatLatency } from './duration.ts';
import type { Style } from './style.ts';
import { timeOfDay } from './time-of-day.ts';
import { visible } from './visible.ts';

/** Where and how an arrival is shown. */
export interface ArrivalLook {
  /** The width of the terminal, in columns; no line is longer, and none is meant for less than 60. */
  readonly width: number;
  readonly style: Style;
  /** Also the whole uuid, the name, the path, and the notes. */
  readonly verbose?: boolean;
}

const GAP = '  ';
const STATUS_WIDTH = 9;
const UUID_WIDTH = 8;
const PHONE_WIDTH = 13;
const TIME_WIDTH = 7;

/**
 * Narrower terminals do without milliseconds, have less room between the columns and hang further lines less far
 * in; so how much later something came is in the line from 60 columns on.
 */
const NARROW = 72;

/**
 * One arrival as an aligned line: time, status, uuid, number, what changed, answer, how long it took. What
 * changed and finds no room, and what needs a sentence, goes below.
 */
export function formatArrival(arrival: Arrival, { width, style, verbose = false }: ArrivalLook): string {
  const isNarrow = width < NARROW;
  const gap = isNarrow ? ' ' : GAP;
  const fixed = [
    style.dim(timeOfDay(arrival.receivedAt, !isNarrow)),
    kindWord(arrival, style),
    toWidth(visible((arrival.uuid ?? '').slice(0, UUID_WIDTH)), UUID_WIDTH),
    toWidth(visible((arrival.phone ?? '').slice(0, 2 * PHONE_WIDTH)), PHONE_WIDTH),
  ];
  const answer = `${answerWord(arrival.answered, style)}${gap}${timeTaken(arrival).padStart(TIME_WIDTH)}`;
  const clockWidth = isNarrow ? 8 : 12;
  const answerWidth = 3 + gap.length + TIME_WIDTH;
  const room = width - clockWidth - STATUS_WIDTH - UUID_WIDTH - PHONE_WIDTH - answerWidth - 5 * gap.length;
  const parts = detailParts(arrival);
  const whole = leadingPartsThatFit(parts, room);
  const inline = withShortForm(whole, parts[whole.length], room);
  const isSaid = inline.length > whole.length && parts[whole.length]?.isShortEnough === true;
  const columns = room > 0 ? [...fixed, paintRow(inline, room, style)] : fixed;
  const first = [...columns, answer].join(gap);
  const below = [
    ...partLines(parts.slice(whole.length + (isSaid ? 1 : 0)), width - 4 - indentWidth(isNarrow)),
    ...explanationLines(arrival, verbose).map((line) => [line]),
  ];
  const indent = ' '.repeat(indentWidth(isNarrow));
  const lines = below.flatMap((line) => [
    ...hang(line, indent, width, style),
    ...line.flatMap((part) => picture(part, indent, width, style)),
  ]);
  return [first, ...lines, ''].join('\n');
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

/** As many parts, from the first on, as there is room for. */
function leadingPartsThatFit(parts: readonly Part[], room: number): readonly Part[] {
  let used = 0;
  const beyond = parts.findIndex(({ text }, index) => {
    used += widthOf(text) + (index > 0 ? GAP.length : 0);
    return used > room;
  });
  return beyond === -1 ? parts : parts.slice(0, beyond);
}

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

function paint({ text, tone }: Part, style: Style): string {
  return tone === undefined ? text : style[tone](text);
}

/** The lines that parts take below the first one: as many in a line as there is room for. */
function partLines(parts: readonly Part[], room: number): (readonly Part[])[] {
  if (parts.length === 0) return [];
  const line = parts.slice(0, Math.max(1, leadingPartsThatFit(parts, room).length));
  return [line, ...partLines(parts.slice(line.length), room)];
}

/** How far lines below the first hang in: under the status, or a little where there is no room. */
function indentWidth(isNarrow: boolean): number {
  return isNarrow ? 2 : 14;
}

/** A line below the first: hung in, and broken where it is too long. */
function hang(parts: readonly Part[], indent: string, width: number, style: Style): string[] {
  const room = width - indent.length - 2;
  const text = parts.map((part) => part.text).join(GAP);
  if (widthOf(text) <= room) {
    return [`${indent}${style.dim('└')} ${parts.map((part) => paint(part, style)).join(GAP)}`];
  }
  const tone = parts.length === 1 ? parts[0]?.tone : undefined;
  return wrap(text, room).map((line, index) => {
    const lead = index === 0 ? `${style.dim('└')} ` : '  ';
    return indent + lead + paint({ text: line, tone }, style);
  });
}

/** What is to be seen of a body below what is wrong with it, as `validate` shows it. */
function picture({ excerpt, tone }: Part, indent: string, width: number, style: Style): string[] {
  if (excerpt === undefined) return [];
  const look = {
    width: width - indent.length - 2,
    style,
    emphasis: (text: string) => paint({ text, tone }, style),
    measure: widthOf,
  };
  // Without the empty lines above and below, which part it from what `validate` says besides.
  const lines = codeFrame(excerpt, '', look).trimEnd().split('\n').slice(1, -1);
  return lines.map((line) => `${indent}  ${line}`);
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
