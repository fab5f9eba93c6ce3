import type { ErrorCode } from '../errors.ts';

/** The one table of exit codes, for all commands. */
export const EXIT_CODES = {
  /** All that was asked is true. */
  ok: 0,
  /** The thing under test failed: an invalid payload, a delivery not accepted, an expectation not met. */
  failed: 1,
  /** An unknown command, flag, status or path; a missing flag where no prompt is possible. */
  usage: 2,
  /**
   * The command could not run to its end: unreadable file, output that cannot be written or has no reader, port in
   * use, target unreachable.
   */
  impossible: 3,
  /** A fault of this program. */
  internal: 70,
  /** The terminal was closed (SIGHUP) before the job was done. */
  hungUp: 129,
  /** Ctrl+C before the job was done. */
  interrupted: 130,
  /** Ended by SIGTERM before the job was done. */
  terminated: 143,
} as const;

/** What a run of the program comes to. */
export type ExitCode = (typeof EXIT_CODES)[keyof typeof EXIT_CODES];

const OF_ERROR: Readonly<Record<ErrorCode, ExitCode>> = {
  usage: EXIT_CODES.usage,
  'unreadable-source': EXIT_CODES.impossible,
  'write-failed': EXIT_CODES.impossible,
  'address-in-use': EXIT_CODES.impossible,
  'address-unavailable': EXIT_CODES.impossible,
  unreachable: EXIT_CODES.impossible,
  'not-conformant': EXIT_CODES.failed,
  timeout: EXIT_CODES.failed,
  interrupted: EXIT_CODES.interrupted,
};

/** The exit code of an expected error. */
export function exitCodeOfError(code: ErrorCode): ExitCode {
  return OF_ERROR[code];
}

/** The exit code of a run that a signal ended before its job was done. */
export function exitCodeOfSignal(signal: AbortSignal): ExitCode {
  if (signal.reason === 'SIGHUP') return EXIT_CODES.hungUp;
  return signal.reason === 'SIGTERM' ? EXIT_CODES.terminated : EXIT_CODES.interrupted;
}
