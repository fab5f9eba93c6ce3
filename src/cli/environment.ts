import type { Readable, Writable } from 'node:stream';
import type { ColorLevel } from '../ui/style.ts';

/** A stream to write to, which may be a terminal. */
export interface OutputStream extends Writable {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
  getColorDepth?(variables?: object): number;
}

/** A stream to read from, which may be a terminal. */
interface InputStream extends Readable {
  readonly isTTY?: boolean;
}

/** Everything of the world outside that the command line knows; tests bring their own. */
export interface Environment {
  readonly stdin: InputStream;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** Aborted by SIGINT, SIGTERM or SIGHUP, with the signal's name as its reason. */
  readonly signal: AbortSignal;
  /**
   * Aborted by the second signal of the process; the same one again within half a second counts once. Who asks for
   * it must end at it; where nobody has asked, a second one ends the process at once.
   */
  secondSignal(): AbortSignal;
  readonly pid: number;
  now(): Date;
  /** A seed for a run that was given none. */
  randomSeed(): number;
}

/** Whether a question can be asked and answered. */
export function canPrompt({ stdin, stderr, variables }: Environment): boolean {
  return stdin.isTTY === true && isInteractive(stderr, variables);
}

/** Whether a stream is a terminal that shows progress: not in CI, not a dumb one. */
export function isInteractive(stream: OutputStream, variables: Environment['variables']): boolean {
  return stream.isTTY === true && !variables.CI && variables.TERM !== 'dumb';
}

/**
 * How many colours a stream shows. `--color` and `--no-color` win, then NO_COLOR and FORCE_COLOR, then what
 * the terminal can do; each stream is judged by itself.
 */
export function colorLevel(
  stream: OutputStream,
  variables: Environment['variables'],
  wanted: boolean | undefined,
): ColorLevel {
  if (wanted === false) return 0;
  if (wanted === true) return 1;
  if (variables.NO_COLOR) return 0;
  const forced = variables.FORCE_COLOR;
  if (forced !== undefined) return forcedLevel(forced);
  if (!isInteractive(stream, variables)) return 0;
  const depth = stream.getColorDepth?.(variables) ?? 1;
  if (depth >= 24) return 3;
  if (depth >= 8) return 2;
  return depth >= 4 ? 1 : 0;
}

function forcedLevel(forced: string): ColorLevel {
  if (forced === '0' || forced === 'false') return 0;
  if (forced === '2') return 2;
  return forced === '3' ? 3 : 1;
}
