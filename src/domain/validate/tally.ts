import type { Severity } from './problem.ts';

/** What a record of a capture can turn out to be. */
export type RecordKind =
  | 'status'
  | 'other-event'
  | 'connection-check'
  | 'unrecognised'
  | 'log-line'
  | 'skipped';

/** The figures of a validation. */
export interface ValidationSummary {
  readonly files: number;
  /** Events that were checked. */
  readonly events: number;
  /** What stands where an event ought to, and is none: other JSON, or no JSON at all. Each is an error. */
  readonly unrecognised: number;
  /** Other Callbell events, which were not checked. */
  readonly otherEvents: number;
  /** Recorded requests without a body: Callbell's checks of the connection. */
  readonly connectionChecks: number;
  /** Lines of a log without an event. */
  readonly logLines: number;
  readonly errors: number;
  readonly warnings: number;
  readonly notes: number;
  /** Problems that were counted but not said. */
  readonly leftOut: number;
  /** Files that could not be read, or not to their end. */
  readonly unreadable: number;
  readonly filesWithErrors: number;
  /** It was stopped before everything was read. */
  readonly interrupted: boolean;
}

/** Adds up what a validation finds. */
export class ValidationTally {
  #files = 0;
  #filesWithErrors = 0;
  #lastFileHasErrors = false;
  #leftOut = 0;
  #unreadable = 0;
  readonly #records: Record<RecordKind, number> = {
    status: 0,
    'other-event': 0,
    'connection-check': 0,
    unrecognised: 0,
    'log-line': 0,
    skipped: 0,
  };
  readonly #severities: Record<Severity, number> = { error: 0, warning: 0, note: 0 };

  /** What is added from now on is of a new file. */
  addFile(): void {
    this.#files += 1;
    this.#lastFileHasErrors = false;
  }

  /** The file could not be read, or not to its end. */
  addUnreadable(): void {
    this.#unreadable += 1;
  }

  addRecord(kind: RecordKind): void {
    this.#records[kind] += 1;
  }

  addProblem(severity: Severity, shown: boolean): void {
    this.#severities[severity] += 1;
    if (!shown) this.#leftOut += 1;
    if (severity !== 'error' || this.#lastFileHasErrors) return;
    this.#lastFileHasErrors = true;
    this.#filesWithErrors += 1;
  }

  /** Counts problems of one event that were not kept. One of the same code was added before. */
  addLeftOut(severity: Severity, count: number): void {
    this.#severities[severity] += count;
    this.#leftOut += count;
  }

  /** @param interrupted it was stopped before everything was read */
  summary(interrupted = false): ValidationSummary {
    return {
      files: this.#files,
      events: this.#records.status,
      unrecognised: this.#records.unrecognised,
      otherEvents: this.#records['other-event'],
      connectionChecks: this.#records['connection-check'],
      logLines: this.#records['log-line'],
      errors: this.#severities.error,
      warnings: this.#severities.warning,
      notes: this.#severities.note,
      leftOut: this.#leftOut,
      unreadable: this.#unreadable,
      filesWithErrors: this.#filesWithErrors,
      interrupted,
    };
  }
}
