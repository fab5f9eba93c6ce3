/**
 * Why an operation could not be done. Each code has one meaning for a program that catches it, and one
 * exit code in the command line (`src/cli/exit-code.ts`).
 *
 * - `usage`: what was asked for does not exist or contradicts itself
 * - `unreadable-source`: a file or standard input could not be read
 * - `write-failed`: an output could not be written (full disk, no permission, no such folder)
 * - `address-in-use`: the port is taken by another program
 * - `address-unavailable`: the address cannot be bound for another reason
 * - `unreachable`: the handler under test, or its probe, cannot be judged: no answer, or one that makes no sense
 * - `not-conformant`: a conformance case failed
 * - `timeout`: what was waited for did not come in time
 * - `interrupted`: a prompt was left, or a signal came before the job was done
 */
export type ErrorCode =
  | 'usage'
  | 'unreadable-source'
  | 'write-failed'
  | 'address-in-use'
  | 'address-unavailable'
  | 'unreachable'
  | 'not-conformant'
  | 'timeout'
  | 'interrupted';

/** What a {@link CallbellStatusError} may carry besides its code and message. */
export interface ErrorDetails {
  /** The next step for whoever reads the message, as a sentence. */
  readonly hint?: string;
  /** The error underneath. */
  readonly cause?: unknown;
}

/**
 * The one error class of this package: a literal `code`, a sentence, and what to do next.
 *
 * @example
 * ```ts
 * try {
 *   await startListener({ port: 3000 });
 * } catch (error) {
 *   if (error instanceof CallbellStatusError) console.error(error.code, error.hint);
 * }
 * ```
 */
export class CallbellStatusError extends Error {
  override readonly name = 'CallbellStatusError';
  readonly code: ErrorCode;
  readonly hint: string | undefined;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.hint = details.hint;
  }
}
