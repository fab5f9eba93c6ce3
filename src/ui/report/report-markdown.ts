import type { CaptureReport } from '../../domain/report/capture-report.ts';
import { visible } from '../visible.ts';
import type { ReportSection } from './report-section.ts';
import { reportSections, reportTitle } from './report-sections.ts';

/** A report in Markdown (GitHub's tables), to be put into a ticket or a summary of CI. */
export function formatReportMarkdown(report: CaptureReport): string {
  return `${[`# ${escaped(reportTitle(report))}`, ...reportSections(report).map(sectionText)].join('\n\n')}\n`;
}

function sectionText({ title, columns, rows, notes }: ReportSection): string {
  const hasBelow = rows.some(({ below }) => below);
  const names = [...columns.map(({ name }) => name), ...(hasBelow ? ['to know'] : [])];
  const marks = [...columns.map(({ isNumber }) => (isNumber ? '---:' : '---')), ...(hasBelow ? ['---'] : [])];
  const table = [
    tableRow(names),
    tableRow(marks),
    ...rows.map(({ cells, below }) => tableRow([...cells, ...(hasBelow ? [below ?? ''] : [])].map(escaped))),
  ];
  const parts = [
    `## ${escaped(title)}`,
    ...(rows.length > 0 ? [table.join('\n')] : []),
    ...(notes.length > 0 ? [notes.map((note) => `- ${escaped(note)}`).join('\n')] : []),
  ];
  return parts.join('\n\n');
}

function tableRow(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** Shows every character as it is: none is Markdown or HTML. */
function escaped(text: string): string {
  return visible(text).replace(/[\\`*_{}[\]<>#|~&]/g, '\\$&');
}
