import type { FileRange } from '../../io/capture/file-ranges.ts';
import type { CheckedBatch } from './check-batch.ts';

/** What a checking thread is told once. */
export interface CheckerData {
  /** Of the file; descriptors belong to the whole process. */
  readonly descriptor: number;
  readonly source: string;
  readonly maxEventBytes: number;
  /** The file is one of our recorder. */
  readonly isRecording: boolean;
}

/** What it is asked. */
export type CheckRequest = FileRange;

/** What it answers, in the order of the questions. */
export type CheckAnswer =
  | { readonly batch: CheckedBatch; readonly lines: number }
  | { readonly error: unknown };
