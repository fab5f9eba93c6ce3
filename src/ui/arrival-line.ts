import type { Arrival } from '../domain/arrival.ts';
import type { MessageStatus } from '../domain/status.ts';
import type { Problem } from '../domain/validate/problem.ts';
import { dottedPath, problemSentence } from './problem-text.ts';
import type { Style } from './style.ts';
import { cut, visible } from './visible.ts';

/** Where an arrival is shown. */
export interface ArrivalLook {
  /** The width of the terminal, in columns. */
  readonly width: number;
  readonly style: Style;
}

const PHONE_WIDTH = 13;
const FIXED_WIDTH = 12 + 2 + 9 + 2 + 8 + 2 + PHONE_WIDTH;
const ANSWER_WIDTH = 14;
const NARROWEST_DETAIL = 24;

/** One arrival as an aligned line: time, status, uuid, number, what changed, answer, ms; problems below. */
export function formatArrival(arrival: Arrival, { width, style }: ArrivalLook): string {
  const detail = detailOf(arrival);
  const room = width - FIXED_WIDTH - ANSWER_WIDTH - 2;
  // Where the terminal is too narrow for a column of its own, what changed goes on the next line.
  const inline = room >= NARROWEST_DETAIL || detail.length <= room;
  const columns = [
    style.dim(clock(arrival.receivedAt)),
    statusWord(arrival, style),
    visible((arrival.uuid ?? '').slice(0, 8)).padEnd(8),
    cut(visible(arrival.phone ?? ''), PHONE_WIDTH).padEnd(PHONE_WIDTH),
    ...(room > 0 ? [(inline ? cut(detail, room) : '').padEnd(Math.max(0, room))] : []),
    answerOf(arrival, style),
  ];
  const below = [
    ...(inline ? [] : [detail]),
    ...arrival.problems.filter(isWorthALine).map((problem) => problemLine(problem, style)),
  ];
  return [columns.join('  '), ...below.map((line) => `              ${style.dim('└')} ${line}`), ''].join(
    '\n',
  );
}

function clock(receivedAt: string): string {
  const time = new Date(receivedAt);
  const two = (number: number): string => String(number).padStart(2, '0');
  const milliseconds = String(time.getMilliseconds()).padStart(3, '0');
  return `${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}.${milliseconds}`;
}

function statusWord(arrival: Arrival, style: Style): string {
  switch (arrival.kind) {
    case 'connection-check':
      return style.dim('check'.padEnd(9));
    case 'other-event':
      return style.dim('other'.padEnd(9));
    case 'unreadable':
      return style.red('invalid'.padEnd(9));
    case 'status':
      return arrival.status === undefined
        ? style.red('invalid'.padEnd(9))
        : STATUS_COLOR[arrival.status](style)(arrival.status.padEnd(9));
    default:
      return arrival.kind satisfies never;
  }
}

const STATUS_COLOR: Readonly<Record<MessageStatus, (style: Style) => (text: string) => string>> = {
  enqueued: (style) => style.dim,
  sent: (style) => style.cyan,
  delivered: (style) => style.cyan,
  read: (style) => style.green,
  failed: (style) => style.red,
  mismatch: (style) => style.yellow,
  deleted: (style) => style.dim,
};

/** What changed since the last status of the message, and what the provider says about it. */
function detailOf(arrival: Arrival): string {
  if (arrival.kind === 'connection-check') return `${visible(arrival.method)} ${visible(arrival.path)}`;
  if (arrival.kind === 'other-event') return visible(arrival.eventName ?? '');
  if (arrival.answered === 413) return 'the body is over the limit and was not read';
  const { transition, sincePreviousMs, reading } = arrival;
  const { failure, correction } = reading ?? {};
  return [
    ...(sincePreviousMs === undefined ? [] : [`+${elapsed(sincePreviousMs)}`]),
    ...(transition === undefined ? [] : changeWords(transition)),
    ...(failure === undefined ? [] : [visible([failure.code, failure.reason].filter(isGiven).join(' '))]),
    ...(correction?.corrected === undefined ? [] : [`corrected to ${visible(correction.corrected)}`]),
  ].join('  ');
}

function changeWords({ kind, skipped, afterFailed }: NonNullable<Arrival['transition']>): string[] {
  return [
    ...(kind === 'skipped' ? [`${skipped.join(', ')} skipped`] : []),
    ...(kind === 'late' || kind === 'duplicate' ? [kind] : []),
    ...(afterFailed ? ['after failed'] : []),
  ];
}

function isGiven(part: string | number | undefined): part is string | number {
  return part !== undefined;
}

/** A time between two statuses, short: `800 ms`, `3.7s`, `2m 05s`, `3h 12m`. */
function elapsed(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)}ms`;
  if (milliseconds < 59_950) return `${(milliseconds / 1000).toFixed(1)}s`;
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes < 60) return `${minutes}m ${String(Math.floor(milliseconds / 1000) % 60).padStart(2, '0')}s`;
  return `${Math.floor(minutes / 60)}h ${String(minutes % 60).padStart(2, '0')}m`;
}

function answerOf({ answered, ms }: Arrival, style: Style): string {
  const answer = answered === 200 ? style.green('200') : style.red(String(answered));
  return `${answer}  ${`${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`.padStart(ANSWER_WIDTH - 5)}`;
}

/** Notes say what is fine; only what is wrong or suspicious interrupts the log. */
function isWorthALine({ severity }: Problem): boolean {
  return severity !== 'note';
}

function problemLine(problem: Problem, style: Style): string {
  const place = problem.path === '' ? '' : `  ${style.dim(visible(dottedPath(problem.path)))}`;
  const severity = problem.severity === 'error' ? style.red('error') : style.yellow('warning');
  return `${severity}: ${problemSentence(problem)}${place}`;
}
