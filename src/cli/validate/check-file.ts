import type { CaptureRecord } from '../../io/capture/capture-record.ts';
import {
  type CaptureInput,
  DEFAULT_MAX_EVENT_BYTES,
  readCaptureBatches,
} from '../../io/capture/read-capture.ts';
import { type CheckedBatch, checkBatch } from './check-batch.ts';
import { checkLargeFile, openLargeFile } from './check-large-file.ts';

/** A batch of records that is checked, and the way back to the records. */
export interface CheckedRecords {
  readonly batch: CheckedBatch;
  /** To be added to the lines in the facts of the batch. */
  readonly linesBefore: number;
  recordAt(index: number): CaptureRecord | undefined | Promise<CaptureRecord | undefined>;
}

/** Checks the records of one file, in their order; a large one in several threads. */
export async function* checkFile(source: string, input: CaptureInput): AsyncGenerator<CheckedRecords> {
  const large = await openLargeFile(source);
  if (large !== undefined) {
    yield* checkLargeFile(large, source, input.maxEventBytes ?? DEFAULT_MAX_EVENT_BYTES);
    return;
  }
  for await (const records of readCaptureBatches(source, input)) {
    yield { batch: checkBatch(records), linesBefore: 0, recordAt: (index) => records[index] };
  }
}
