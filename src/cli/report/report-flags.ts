import { PERIODS, type Period } from '../../domain/report/period-counts.ts';
import { unknownName } from '../flags.ts';

/** How `report` writes what it counted. */
export const REPORT_FORMATS = ['text', 'json', 'markdown'] as const;

/** One of {@link REPORT_FORMATS}. */
export type ReportFormatName = (typeof REPORT_FORMATS)[number];

/** The flags of `report`. */
export interface ReportFlags {
  readonly by?: Period | undefined;
  readonly format?: ReportFormatName | undefined;
  readonly json?: boolean | undefined;
  readonly color?: boolean | undefined;
}

/** One of the formats, or the nearest one as an error. */
export function parseReportFormat(value: string): ReportFormatName {
  const format = REPORT_FORMATS.find((each) => each === value);
  if (format !== undefined) return format;
  throw unknownName(value, 'format', REPORT_FORMATS);
}

/** `hour` or `day`, or the nearest one as an error. */
export function parsePeriod(value: string): Period {
  const period = PERIODS.find((each) => each === value);
  if (period !== undefined) return period;
  throw unknownName(value, 'period', PERIODS);
}
