import type { ValidationSummary } from '../domain/validate/tally.ts';
import type { LocatedProblem } from '../domain/validate/text.ts';

/** What is said of a file when it is done. */
export interface FileFacts {
  readonly source: string;
  /** Problems that were counted but not said. */
  readonly leftOut: number;
  /** Why it could not be read, or not to its end. */
  readonly fault?: string;
}

/** The files of folders that were not read, because there is no event in them. */
export interface PassedOver {
  readonly count: number;
  /** The first of them. */
  readonly named: readonly { readonly file: string; readonly why: string }[];
}

/** A way to write what a validation finds. Every part ends with a line feed, or is empty. */
export interface ValidationFormat {
  begin?(): string;
  problem(source: string, located: LocatedProblem): string | Promise<string>;
  fileEnd?(facts: FileFacts): string;
  summary(summary: ValidationSummary, passedOver: PassedOver): string | Promise<string>;
}

/** Only the figures of another format. */
export function summaryOnly(format: ValidationFormat): ValidationFormat {
  return { problem: () => '', summary: (summary, passedOver) => format.summary(summary, passedOver) };
}
