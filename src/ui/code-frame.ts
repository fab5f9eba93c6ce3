import type { Excerpt, ExcerptLine } from '../domain/validate/excerpt.ts';
import type { Style } from './style.ts';
import { visible } from './visible.ts';

/** Tells how many columns of a terminal a text takes. */
export type Measure = (text: string) => number;

/** How a frame is drawn. */
export interface FrameLook {
  /** Of the terminal, in columns. */
  readonly width: number;
  readonly style: Style;
  /** For the carets and what is said beside them. */
  readonly emphasis: (text: string) => string;
  readonly measure: Measure;
}

const LEAST_ROOM = 20;
const TAB = '    ';

/** Draws the lines around a place, with carets under it and a word beside them. Ends with a line feed. */
export function codeFrame({ before, line, mark }: Excerpt, label: string, look: FrameLook): string {
  const { style, emphasis, width, measure } = look;
  const gutter = String(line.number).length + 1;
  const room = Math.max(LEAST_ROOM, width - gutter - 3);
  const row = (number: string, text: string): string =>
    `${style.dim(`${number.padStart(gutter)} |`)}${text === '' ? '' : ` ${text}`}\n`;
  const window = windowAround(line, mark.offset, room, measure);
  const shown = shownText(line, window);
  const indent = measure(shown.lead + drawn(line.text.slice(window.from, mark.offset)));
  const marked = measure(drawn(line.text.slice(mark.offset, Math.min(mark.offset + mark.length, window.to))));
  const carets = '^'.repeat(Math.max(1, Math.min(marked, room - indent)));
  const pad = ' '.repeat(indent);
  const fits = indent + carets.length + 1 + label.length <= room;
  const beside = fits && label !== '' ? ` ${label}` : '';
  const below = fits || label === '' ? '' : row('', emphasis(`${' '.repeat(Math.min(indent, 2))}${label}`));
  return [
    row('', ''),
    before === undefined ? '' : row(String(before.number), beginningOf(before, room, measure)),
    row(String(line.number), `${shown.lead}${shown.text}${shown.trail}`),
    row('', `${pad}${emphasis(`${carets}${beside}`)}`),
    below,
    row('', ''),
  ].join('');
}

/** A text as it is drawn: tabs as spaces, and nothing that a terminal would obey. */
function drawn(text: string): string {
  return visible(text.replaceAll('\t', TAB));
}

interface Window {
  readonly from: number;
  readonly to: number;
}

/** The part of a line that is shown: the whole where there is room, else the mark with what is around it. */
function windowAround({ text, cutBefore }: ExcerptLine, at: number, room: number, measure: Measure): Window {
  const characters = [...text];
  const widths = characters.map((character) => Math.max(0, measure(drawn(character))));
  const starts: number[] = [];
  let offset = 0;
  for (const character of characters) {
    starts.push(offset);
    offset += character.length;
  }
  const total = widths.reduce((sum, width) => sum + width, 0);
  if (total + (cutBefore ? 1 : 0) <= room) return { from: 0, to: text.length };
  const marked = Math.max(
    0,
    starts.findLastIndex((start) => start <= at),
  );
  let first = marked;
  for (let left = Math.floor(room / 3); first > 0 && left >= (widths[first - 1] ?? 0); first -= 1) {
    left -= widths[first - 1] ?? 0;
  }
  let last = first;
  for (let left = room - 2; last < characters.length && left >= (widths[last] ?? 0); last += 1) {
    left -= widths[last] ?? 0;
  }
  return { from: starts[first] ?? 0, to: starts[last] ?? text.length };
}

function shownText(
  { text, cutBefore, cutAfter }: ExcerptLine,
  { from, to }: Window,
): { lead: string; text: string; trail: string } {
  return {
    lead: cutBefore || from > 0 ? '…' : '',
    text: drawn(text.slice(from, to)),
    trail: cutAfter || to < text.length ? '…' : '',
  };
}

function beginningOf(line: ExcerptLine, room: number, measure: Measure): string {
  const { lead, text, trail } = shownText(line, windowAround(line, 0, room, measure));
  return `${lead}${text}${trail}`;
}
