import type { CaptureReport } from '../../domain/report/capture-report.ts';
import { widthOf, wrap } from '../columns.ts';
import type { Style } from '../style.ts';
import { visible } from '../visible.ts';
import type { ReportSection, SectionRow } from './report-section.ts';
import { reportSections, reportTitle } from './report-sections.ts';

/** How a report is drawn. */
export interface ReportLook {
  /** Of the terminal, in columns. */
  readonly width: number;
  readonly style: Style;
}

const GAP = '  ';
const INDENT = '  ';
const BELOW_INDENT = '      ';
const LONGEST_BAR = 40;
/** A shorter bar tells nothing. */
const SHORTEST_BAR = 5;

/** A report for a terminal: aligned columns and plain bars; no line is longer than the width. */
export function formatReportText(report: CaptureReport, look: ReportLook): string {
  const title = wrap(reportTitle(report), look.width);
  const sections = reportSections(report).map((section) => ['', ...sectionLines(section, look)]);
  return `${[...title, ...sections.flat()].join('\n')}\n`;
}

function sectionLines({ title, columns, rows, notes }: ReportSection, look: ReportLook): string[] {
  const { style, width } = look;
  const safeRows = rows.map((row) => ({ ...row, cells: row.cells.map(visible) }));
  const shown = safeRows.map((row, index) => mergedCells(row, safeRows[index - 1], columns));
  const widths = columns.map(({ name }, at) =>
    shown.reduce((widest, cells) => Math.max(widest, widthOf(cells[at] ?? '')), widthOf(name)),
  );
  const aligned = (cells: readonly string[]): string =>
    cells.map((cell, at) => pad(cell, widths[at] ?? 0, columns[at]?.isNumber === true)).join(GAP);
  const tableWidth = widths.reduce((sum, each) => sum + each + GAP.length, INDENT.length);
  const longest = Math.min(LONGEST_BAR, width - tableWidth);
  const most = rows.reduce((largest, { value = 0 }) => Math.max(largest, value), 0);
  const bar = ({ value }: SectionRow): string =>
    value === undefined || longest < SHORTEST_BAR ? '' : GAP + drawBar(value, most, longest);
  const header = rows.length === 0 ? [] : [`${INDENT}${aligned(columns.map(({ name }) => name))}`.trimEnd()];
  return [
    ...wrap(title, width).map((line) => style.bold(line)),
    ...header.flatMap((line) => wrapLine(line, INDENT, width)).map((line) => style.dim(line)),
    ...safeRows.flatMap((row, index) => [
      ...wrapLine(`${INDENT}${aligned(shown[index] ?? [])}${bar(row)}`.trimEnd(), INDENT, width),
      ...(row.below ? indented(visible(row.below), BELOW_INDENT, width).map((line) => style.dim(line)) : []),
    ]),
    ...notes.flatMap((note) => indented(visible(note), INDENT, width)),
  ];
}

/** The cells of a row, without those of merged columns that say the same as the row above. */
function mergedCells(
  row: SectionRow,
  above: SectionRow | undefined,
  columns: ReportSection['columns'],
): string[] {
  return row.cells.map((cell, at) =>
    columns[at]?.isMerged === true && above?.cells[at] === cell ? '' : cell,
  );
}

function pad(text: string, width: number, toTheRight: boolean): string {
  const blanks = ' '.repeat(Math.max(0, width - widthOf(text)));
  return toTheRight ? blanks + text : text + blanks;
}

/** What is there at all is seen, however small its share. */
function drawBar(value: number, most: number, longest: number): string {
  return '▇'.repeat(value === 0 ? 0 : Math.max(1, Math.round((value / most) * longest)));
}

/** A line as it is, and only where the terminal is too narrow for it broken between its columns. */
function wrapLine(line: string, indent: string, width: number): string[] {
  return widthOf(line) <= width ? [line] : indented(line.trim().replace(/ {2,}/g, GAP), indent, width);
}

function indented(text: string, indent: string, width: number): string[] {
  return wrap(text, Math.max(1, width - indent.length)).map((line) => indent + line);
}
