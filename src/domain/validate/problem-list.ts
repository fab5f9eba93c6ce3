import { type Problem, type ProblemCode, problem } from './problem.ts';
import type { ProblemDetails } from './problem-details.ts';
import { RULES } from './rules.ts';

/** Problems of one code that are kept of an event. A body of a megabyte has room for a million of them. */
const MOST_OF_A_CODE = 20;

/** How many more problems of each code an event has than are kept. */
export type LeftOut = Readonly<Partial<Record<ProblemCode, number>>>;

/** Nothing was left out. */
export const NOTHING_LEFT_OUT: LeftOut = {};

/** The number of problems left out, of all codes. */
export function sumOf(leftOut: LeftOut): number {
  return Object.values(leftOut).reduce((sum, count) => sum + count, 0);
}

/** Collects the problems of one event: the first ones of each code, and the number of the others. */
export class ProblemList {
  #hasErrors = false;
  readonly #kept: Problem[] = [];
  readonly #counts = new Map<ProblemCode, number>();

  /** In the order in which they were found. */
  get kept(): readonly Problem[] {
    return this.#kept;
  }

  get hasErrors(): boolean {
    return this.#hasErrors;
  }

  get leftOut(): LeftOut {
    if (this.#kept.length < MOST_OF_A_CODE) return NOTHING_LEFT_OUT;
    const over = [...this.#counts].filter(([, count]) => count > MOST_OF_A_CODE);
    return Object.fromEntries(over.map(([code, count]) => [code, count - MOST_OF_A_CODE]));
  }

  /** Whether one more problem of a code would only be counted: its details need not be worked out then. */
  isFull(code: ProblemCode): boolean {
    return (this.#counts.get(code) ?? 0) >= MOST_OF_A_CODE;
  }

  /** Adds a problem. Its path is not kept, so that a walk may go on with it. */
  add<Code extends ProblemCode>(
    code: Code,
    path: readonly PropertyKey[],
    details: ProblemDetails[Code],
  ): void {
    if (!this.isFull(code)) this.#kept.push(problem(code, path, details));
    this.#count(code);
  }

  /** Adds a problem that was made elsewhere. */
  keep(found: Problem): void {
    if (!this.isFull(found.code)) this.#kept.push(found);
    this.#count(found.code);
  }

  #count(code: ProblemCode): void {
    this.#counts.set(code, (this.#counts.get(code) ?? 0) + 1);
    if (RULES[code].severity === 'error') this.#hasErrors = true;
  }
}
