import type { CaptureRecord } from './capture-record.ts';

/**
 * Takes lines that only look like a recording broken off for what they are: text that is not JSON. A torn line
 * stands after records of our recorder, or before them where it was started again.
 */
export class TornLines {
  #isRecording = false;

  judge(records: readonly CaptureRecord[]): readonly CaptureRecord[] {
    if (this.#isRecording) return records;
    return records.map((record, index) => {
      if (isRecorded(record)) this.#isRecording = true;
      if (record.faultCode !== 'torn-record') return record;
      const next = records[index + 1];
      if (this.#isRecording || (next !== undefined && isRecorded(next))) return record;
      const { source, line, column, bytes, text, wrapping } = record;
      return { source, line, column, bytes, text, wrapping };
    });
  }
}

/** Whether a record is a request as our recorder writes it. */
function isRecorded({ wrapping, receivedAt }: CaptureRecord): boolean {
  return wrapping.at(-1) === 'http' && receivedAt !== undefined;
}
