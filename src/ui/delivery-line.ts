import { type Delivery, isSuccess } from '../domain/delivery/delivery.ts';
import { excerptOf } from './answer-excerpt.ts';
import { endOfWidth, toWidth, widthOf, wrap } from './columns.ts';
import { formatLatency } from './duration.ts';
import type { Style } from './style.ts';
import { cut, visible } from './visible.ts';

const LONGEST_BODY = 200;
const GAP = '  ';
/** Below the status. */
const INDENT = ' '.repeat(13);
/** What the source is not cut below, if there is room for something else instead. */
const LEAST_SOURCE = 8;

/** Where and how a delivery is shown. */
export interface DeliveryLook {
  /** The width of the terminal, in columns, at least 60: no line is longer. Infinite where there is none. */
  readonly width: number;
  readonly style: Style;
}

/**
 * One delivery as a line, with others below for what finds no room in it, and for why it was not accepted.
 *
 * @param previous the one printed before: where the same happened, it is not explained again
 */
export function formatDelivery(
  delivery: Delivery,
  { width, style }: DeliveryLook,
  previous?: Delivery,
): string {
  const { source, status, uuid, httpStatus, ms, warning } = delivery;
  const facts = [
    toWidth(visible(status ?? '-'), 9),
    toWidth(visible((uuid ?? '-').slice(0, 8)), 8),
    String(httpStatus ?? '-').padStart(3),
    formatLatency(ms).padStart(8),
  ].join(GAP);
  const room = width - OUTCOME_WIDTH - widthOf(facts) - 2 * GAP.length;
  const remark = remarks(delivery).join(GAP);
  const shown = visible(source);
  const leftForSource = room - (remark === '' ? 0 : widthOf(remark) + GAP.length);
  const isInline = leftForSource >= Math.min(LEAST_SOURCE, widthOf(shown));
  const columns = [
    outcomeWord(delivery, style),
    facts,
    style.dim(endOfWidth(shown, isInline ? leftForSource : room)),
    ...(isInline && remark !== '' ? [warning === undefined ? remark : style.yellow(remark)] : []),
  ];
  const isRepeated = previous !== undefined && remarks(previous).join(GAP) === remark;
  const below = [
    ...(isInline || isRepeated ? [] : [remark]),
    ...(isSameFailure(delivery, previous) ? [] : explanation(delivery)),
  ];
  return [columns.join(GAP), ...below.flatMap((line) => hang(line, width, style)), ''].join('\n');
}

const OUTCOME_WIDTH = 11;

/** What is to be noticed of a delivery besides its outcome. */
function remarks({ attempts, warning }: Delivery): string[] {
  return [
    ...(attempts > 1 ? [`${attempts} attempts`] : []),
    ...(warning === 'not-200' ? ['! Callbell may count only 200 as success'] : []),
  ];
}

/** A sentence below the line, broken between words where it is too long. */
function hang(text: string, width: number, style: Style): string[] {
  const lines = wrap(text, width - INDENT.length - 2);
  return lines.map((line, index) => `${INDENT}${index === 0 ? style.dim('└') : ' '} ${line}`);
}

function outcomeWord(delivery: Delivery, style: Style): string {
  const { outcome, warning } = delivery;
  const word = outcome.padEnd(OUTCOME_WIDTH);
  if (!isSuccess(delivery)) return style.red(word);
  return warning === undefined ? style.green(word) : style.yellow(word);
}

function isSameFailure({ reason, responseBody }: Delivery, previous: Delivery | undefined): boolean {
  return previous !== undefined && previous.reason === reason && previous.responseBody === responseBody;
}

function explanation({ reason, responseBody = '' }: Delivery): string[] {
  const excerpt = excerptOf(responseBody);
  return [
    ...(reason === undefined ? [] : [visible(reason)]),
    ...(excerpt === '' ? [] : [visible(cut(excerpt, LONGEST_BODY))]),
  ];
}
