/** A row of a section of a report. */
export interface SectionRow {
  readonly cells: readonly string[];
  /** The length of its bar, in proportion to the others of the section. */
  readonly value?: number;
  /** A sentence about it. */
  readonly below?: string;
}

/** One part of a report, as every format shows it: a table, then sentences. Its texts are not yet safe to print. */
export interface ReportSection {
  readonly title: string;
  readonly columns: readonly SectionColumn[];
  readonly rows: readonly SectionRow[];
  readonly notes: readonly string[];
}

/** A column of a section. */
export interface SectionColumn {
  readonly name: string;
  /** Numbers stand to the right. */
  readonly isNumber: boolean;
  /** What is the same as in the row above need not be said again on a terminal. */
  readonly isMerged?: true;
}

/** A column of texts. */
export function textColumn(name: string): SectionColumn {
  return { name, isNumber: false };
}

/** A column of numbers. */
export function numberColumn(name: string): SectionColumn {
  return { name, isNumber: true };
}
