import type { Part } from './arrival-detail.ts';
import { codeFrame } from './code-frame.ts';
import { widthOf, wrap } from './columns.ts';
import type { Style } from './style.ts';

/** Between two parts on one line. */
export const GAP = '  ';

/** As many parts, from the first on, as there is room for. */
export function leadingPartsThatFit(parts: readonly Part[], room: number): readonly Part[] {
  let used = 0;
  const beyond = parts.findIndex(({ text }, index) => {
    used += widthOf(text) + (index > 0 ? GAP.length : 0);
    return used > room;
  });
  return beyond === -1 ? parts : parts.slice(0, beyond);
}

/** A part in its colour. */
export function paint({ text, tone }: Part, style: Style): string {
  return tone === undefined ? text : style[tone](text);
}

/** The lines that parts take below the first one: as many in a line as there is room for. */
export function partLines(parts: readonly Part[], room: number): (readonly Part[])[] {
  if (parts.length === 0) return [];
  const line = parts.slice(0, Math.max(1, leadingPartsThatFit(parts, room).length));
  return [line, ...partLines(parts.slice(line.length), room)];
}

/** A line below the first: hung in, and broken where it is too long. */
export function hang(parts: readonly Part[], indent: string, width: number, style: Style): string[] {
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

/** Narrower than this, a picture shows nothing. */
const LEAST_PICTURE = 30;

/** What is to be seen of a body below what is wrong with it, as `validate` shows it. */
export function picture({ excerpt, tone }: Part, indent: string, width: number, style: Style): string[] {
  if (excerpt === undefined || width < LEAST_PICTURE) return [];
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
