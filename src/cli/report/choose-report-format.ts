import type { CaptureReport } from '../../domain/report/capture-report.ts';
import { CallbellStatusError } from '../../errors.ts';
import type { ReadingFigures } from '../../ui/report/report-json.ts';
import { createStyle } from '../../ui/style.ts';
import { colorLevel, type Environment } from '../environment.ts';
import type { ReportFlags } from './report-flags.ts';

/** Writes a report as one text, with a line feed at its end. */
export type ReportFormat = (report: CaptureReport, reading: ReadingFigures) => string;

const WIDTH_OFF_A_TERMINAL = 100;

/**
 * Loads the format that is wanted, and no other.
 *
 * @throws {CallbellStatusError} `usage` for flags that contradict each other
 */
export async function chooseReportFormat(
  { format, json, color }: ReportFlags,
  { stdout, variables }: Environment,
): Promise<ReportFormat> {
  if (json && format !== undefined && format !== 'json') {
    throw new CallbellStatusError('usage', `--json and --format ${format} contradict each other`, {
      hint: 'leave out one of them: --json is short for --format json',
    });
  }
  const name = json ? 'json' : (format ?? 'text');
  switch (name) {
    case 'json':
      return (await import('../../ui/report/report-json.ts')).formatReportJson;
    case 'markdown':
      return (await import('../../ui/report/report-markdown.ts')).formatReportMarkdown;
    case 'text': {
      const { formatReportText } = await import('../../ui/report/report-text.ts');
      const style = await createStyle(colorLevel(stdout, variables, color));
      const width = stdout.columns ?? WIDTH_OFF_A_TERMINAL;
      return (report) => formatReportText(report, { width, style });
    }
    default:
      return name satisfies never;
  }
}
