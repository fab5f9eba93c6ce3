import type { CaptureRecord } from '../io/capture/capture-record.ts';
import { type CaptureInput, readCaptureBatches } from '../io/capture/read-capture.ts';
import { type CheckedBatch, checkBatch } from './check-batch.ts';

/** A batch of records that is checked, and the way back to the records. */
export interface CheckedRecords {
  readonly batch: CheckedBatch;
  recordAt(index: number): CaptureRecord | undefined;
}

/** Checks the records of one file, in their order. */
export async function* checkFile(source: string, input: CaptureInput): AsyncGenerator<CheckedRecords> {
  for await (const records of readCaptureBatches(source, input)) {
    yield { batch: checkBatch(records), recordAt: (index) => records[index] };
  }
}
