import type { Arrival, ForwardResult } from '../../domain/arrival/arrival.ts';

/**
 * Follows what the targets answer: the same refusal again and again is explained once, and then counted. Only the
 * explanation of the last one is kept.
 */
export class RepeatedAnswers {
  #last: string | undefined;
  #times = 0;

  /** Takes the next arrival. */
  follow({ forwards }: Arrival): { readonly isRepeated: boolean; readonly endedAfter: number } {
    const trouble = forwards === undefined ? undefined : troubleOf(forwards);
    if (trouble !== undefined && trouble === this.#last) {
      this.#times += 1;
      return { isRepeated: true, endedAfter: 0 };
    }
    const endedAfter = this.end();
    this.#last = trouble;
    return { isRepeated: false, endedAfter };
  }

  /** Ends the row of the same; gives how often it came after it was explained. */
  end(): number {
    const times = this.#times;
    this.#times = 0;
    this.#last = undefined;
    return times;
  }
}

/** What is explained of a refusal, undefined where all targets accepted. */
function troubleOf(forwards: readonly ForwardResult[]): string | undefined {
  if (forwards.every(({ outcome }) => outcome === 'accepted')) return undefined;
  return JSON.stringify(
    forwards.map(({ outcome, httpStatus, reason, responseBody }) => [
      outcome,
      httpStatus,
      reason,
      responseBody,
    ]),
  );
}
