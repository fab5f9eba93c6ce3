import { noRecords, type RecordKind } from '../../domain/validate/tally.ts';
import type { CaptureRecord, Wrapping } from '../../io/capture/capture-record.ts';
import { checkRecord, type FoundProblem } from './check-record.ts';

/** What some records in a row are; plain data, so that another thread can find it out. */
export interface CheckedBatch {
  readonly counts: Readonly<Record<RecordKind, number>>;
  /** The records in which something is wrong, by their index in the batch. */
  readonly found: readonly { readonly index: number; readonly problems: readonly FoundProblem[] }[];
  /** What later events are compared with, packed; `factsOf` has the index of the record of each. */
  readonly facts: readonly string[];
  readonly factsOf: readonly number[];
  /** The first record of each way in which events were wrapped. */
  readonly wrapped: readonly WrappedRecord[];
}

/** A record that did not stand alone. */
interface WrappedRecord {
  readonly index: number;
  readonly wrapping: readonly Wrapping[];
}

/** Checks records one after another; nothing of a record is kept but what is wrong with it. */
export class BatchChecker {
  readonly #counts = noRecords();
  readonly #found: { index: number; problems: readonly FoundProblem[] }[] = [];
  readonly #facts: string[] = [];
  readonly #factsOf: number[] = [];
  readonly #wrapped = new Map<string, WrappedRecord>();
  #index = 0;

  add(record: CaptureRecord): void {
    const { kind, problems, facts } = checkRecord(record);
    const index = this.#index;
    this.#index += 1;
    this.#counts[kind] += 1;
    if (problems.length > 0) this.#found.push({ index, problems });
    if (facts !== undefined) {
      this.#facts.push(facts);
      this.#factsOf.push(index);
    }
    const { wrapping } = record;
    if (wrapping.length > 0 && !this.#wrapped.has(wrapping.join())) {
      this.#wrapped.set(wrapping.join(), { index, wrapping });
    }
  }

  result(): CheckedBatch {
    return {
      counts: this.#counts,
      found: this.#found,
      facts: this.#facts,
      factsOf: this.#factsOf,
      wrapped: [...this.#wrapped.values()],
    };
  }
}

/** Checks some records in a row. */
export function checkBatch(records: readonly CaptureRecord[]): CheckedBatch {
  const checker = new BatchChecker();
  for (const record of records) checker.add(record);
  return checker.result();
}
