import type { SequenceFacts } from '../domain/validate/sequence.ts';
import { noRecords, type RecordKind } from '../domain/validate/tally.ts';
import type { LocatedProblem } from '../domain/validate/text.ts';
import type { CaptureRecord, Wrapping } from '../io/capture/capture-record.ts';
import { checkRecord } from './check-record.ts';

/** What some records in a row are; plain data, so that another thread can find it out. */
export interface CheckedBatch {
  readonly counts: Readonly<Record<RecordKind, number>>;
  /** The records in which something is wrong, by their index in the batch. */
  readonly found: readonly { readonly index: number; readonly problems: readonly LocatedProblem[] }[];
  /** What later events are compared with, by the index of the record. */
  readonly facts: readonly (SequenceFacts & { readonly index: number })[];
  /** The first record of each way in which events were wrapped. */
  readonly wrapped: readonly {
    readonly index: number;
    readonly line: number;
    readonly column: number;
    readonly wrapping: readonly Wrapping[];
  }[];
}

/** Checks some records in a row. */
export function checkBatch(records: readonly CaptureRecord[]): CheckedBatch {
  const counts = noRecords();
  const found: { index: number; problems: readonly LocatedProblem[] }[] = [];
  const facts: (SequenceFacts & { index: number })[] = [];
  const wrapped = new Map<string, CheckedBatch['wrapped'][number]>();
  records.forEach((record, index) => {
    const { kind, problems, facts: own } = checkRecord(record);
    counts[kind] += 1;
    if (problems.length > 0) found.push({ index, problems });
    if (own !== undefined) facts.push({ index, ...own });
    const { wrapping, line, column } = record;
    if (wrapping.length === 0) return;
    const name = wrapping.join();
    if (!wrapped.has(name)) wrapped.set(name, { index, line, column, wrapping });
  });
  return { counts, found, facts, wrapped: [...wrapped.values()] };
}
