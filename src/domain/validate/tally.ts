import type { Validation } from './event.ts';
import type { Problem } from './problem.ts';

/** The figures of a validation. */
export interface ValidationSummary {
  readonly files: number;
  /** Events that were checked, and what was unreadable in their place. */
  readonly events: number;
  /** Other Callbell events, which were not checked. */
  readonly otherEvents: number;
  readonly errors: number;
  readonly warnings: number;
  readonly notes: number;
  readonly filesWithErrors: number;
}

/** Adds up what a validation finds. */
export class ValidationTally {
  #files = 0;
  #filesWithErrors = 0;
  #lastFileHasErrors = false;
  #events = 0;
  #otherEvents = 0;
  readonly #severities: Record<Problem['severity'], number> = { error: 0, warning: 0, note: 0 };

  /** What is added from now on is of a new file. */
  addFile(): void {
    this.#files += 1;
    this.#lastFileHasErrors = false;
  }

  addEvent(kind: Validation['kind']): void {
    if (kind === 'other-event') this.#otherEvents += 1;
    else this.#events += 1;
  }

  addProblem({ severity }: Problem): void {
    this.#severities[severity] += 1;
    if (severity !== 'error' || this.#lastFileHasErrors) return;
    this.#lastFileHasErrors = true;
    this.#filesWithErrors += 1;
  }

  summary(): ValidationSummary {
    return {
      files: this.#files,
      events: this.#events,
      otherEvents: this.#otherEvents,
      errors: this.#severities.error,
      warnings: this.#severities.warning,
      notes: this.#severities.note,
      filesWithErrors: this.#filesWithErrors,
    };
  }
}
