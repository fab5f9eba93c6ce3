import { noRecords, type RecordKind } from '../../domain/validate/tally.ts';
import type { CaptureRecord, Wrapping } from '../../io/capture/capture-record.ts';
import { checkRecord, type FoundProblem } from './check-record.ts';

/** What some records in a row are; plain data, so that another thread can find it out. */
export interface CheckedBatch {
  readonly counts: Readonly<Record<RecordKind, number>>;
  /** The records in which something is wrong, by their index in the batch. */
  readonly found: readonly { readonly index: number; readonly problems: readonly FoundProblem[] }[];
  readonly facts: BatchFacts;
  /** The first record of each way in which events were wrapped. */
  readonly wrapped: readonly WrappedRecord[];
}

/** What later events are compared with, as one text: a thousand small ones cost more to send than to find out. */
interface BatchFacts {
  /** The packed facts of the events, one after another. */
  readonly text: string;
  /** Where the facts of each event end in it. */
  readonly ends: Uint32Array;
  /** The index of the record of each. */
  readonly records: Uint32Array;
}

/** A record that did not stand alone. */
interface WrappedRecord {
  readonly index: number;
  readonly wrapping: readonly Wrapping[];
}

const JOIN_AFTER = 100;

/** Checks records one after another; nothing of a record is kept but what is wrong with it. */
export class BatchChecker {
  readonly #counts = noRecords();
  readonly #found: { index: number; problems: readonly FoundProblem[] }[] = [];
  readonly #joined: string[] = [];
  #facts: string[] = [];
  #length = 0;
  readonly #ends: number[] = [];
  readonly #records: number[] = [];
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
      this.#length += facts.length;
      this.#ends.push(this.#length);
      this.#records.push(index);
    }
    if (this.#facts.length === JOIN_AFTER) this.#join();
    const { wrapping } = record;
    if (wrapping.length > 0 && !this.#wrapped.has(wrapping.join())) {
      this.#wrapped.set(wrapping.join(), { index, wrapping });
    }
  }

  /** Facts are made of pieces of their event's text; as one text they let go of it. */
  #join(): void {
    this.#joined.push(this.#facts.join(''));
    this.#facts = [];
  }

  result(): CheckedBatch {
    this.#join();
    return {
      counts: this.#counts,
      found: this.#found,
      facts: {
        text: this.#joined.join(''),
        ends: Uint32Array.from(this.#ends),
        records: Uint32Array.from(this.#records),
      },
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
