import { clearLine, cursorTo, moveCursor } from 'node:readline';
import { PassThrough, Writable } from 'node:stream';
import { onTestFinished } from 'vitest';
import type { Environment } from '../../src/cli/environment.ts';
import { main } from '../../src/cli/main.ts';

/** Less than the time limit of a test, which says nothing of what was printed. */
const UNTIL_MS = 15_000;

/** An output of the program, kept in memory; `until` waits for what is expected to be printed. */
class MemoryOutput extends Writable {
  text = '';
  readonly isTTY: boolean;
  readonly columns: number;
  #watchers: (() => void)[] = [];

  constructor({ isTTY = false, columns = 100 } = {}) {
    super({ decodeStrings: false });
    this.isTTY = isTTY;
    this.columns = columns;
  }

  getColorDepth(): number {
    return this.isTTY ? 4 : 1;
  }

  override _write(chunk: string | Buffer, _encoding: string, done: (error?: Error | null) => void): void {
    this.text += chunk.toString();
    for (const watch of this.#watchers) watch();
    done();
  }

  cursorTo(x: number): boolean {
    return cursorTo(this, x);
  }

  clearLine(direction: -1 | 0 | 1): boolean {
    return clearLine(this, direction);
  }

  moveCursor(dx: number, dy: number): boolean {
    return moveCursor(this, dx, dy);
  }

  /** As with the real stdout and stderr, whoever pipes into it cannot end it. */
  override end(): this {
    return this;
  }

  /**
   * Resolves with the first match, now or when it is printed.
   *
   * @throws {Error} after {@link UNTIL_MS}, with everything that was printed instead
   */
  until(expected: RegExp): Promise<RegExpMatchArray> {
    // Made here, so that the stack names the line of the test.
    const missing = new Error(`${expected} was not printed within ${UNTIL_MS} ms`);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        missing.message += this.text === '' ? '; nothing was printed' : `; printed instead:\n${this.text}`;
        reject(missing);
      }, UNTIL_MS);
      const watch = (): void => {
        const match = this.text.match(expected);
        if (match === null) return;
        clearTimeout(timer);
        this.#watchers = this.#watchers.filter((each) => each !== watch);
        resolve(match);
      };
      this.#watchers.push(watch);
      watch();
    });
  }

  /** What was printed, line by line, as JSON. */
  get jsonLines(): Record<string, unknown>[] {
    return this.text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  }
}

/** What differs from a quiet world without a terminal. */
export interface World {
  readonly stdin?: string | Buffer | PassThrough;
  /** stdin, stdout and stderr are a terminal. */
  readonly terminal?: boolean;
  readonly columns?: number;
  readonly variables?: Record<string, string>;
  readonly stdout?: Writable;
  readonly stderr?: Writable;
  /** @default NOW */
  readonly now?: Date | (() => Date);
}

/** A run of the program that goes on. */
export interface RunningCli {
  readonly stdin: PassThrough;
  readonly stdout: MemoryOutput;
  readonly stderr: MemoryOutput;
  /** Sends a signal, as Ctrl+C does; more than once if it is called again. */
  interrupt(signal?: 'SIGINT' | 'SIGTERM'): void;
  readonly exitCode: Promise<number>;
}

/** A character that a terminal would obey instead of showing it. */
export const OBEYED = /(?!\n)[\p{Cc}\p{Cf}]/u;

/** The time of every run. */
export const NOW = '2026-12-01T03:04:05.000Z';

/** Starts the whole program in this process. What still runs when the test ends is interrupted. */
export function startCli(argv: readonly string[], world: World = {}): RunningCli {
  const { terminal = false, columns = 100, variables = {} } = world;
  const controller = new AbortController();
  const second = new AbortController();
  const stdin = world.stdin instanceof PassThrough ? world.stdin : new PassThrough();
  if (!(world.stdin instanceof PassThrough) && !terminal) stdin.end(world.stdin ?? '');
  const stdout = new MemoryOutput({ isTTY: terminal, columns });
  const stderr = new MemoryOutput({ isTTY: terminal, columns });
  const environment: Environment = {
    stdin: Object.assign(stdin, { isTTY: terminal }),
    stdout: world.stdout ?? stdout,
    stderr: world.stderr ?? stderr,
    variables,
    signal: controller.signal,
    secondSignal: () => second.signal,
    pid: 4711,
    now: () => (typeof world.now === 'function' ? world.now() : (world.now ?? new Date(NOW))),
    randomSeed: () => 42,
  };
  const interrupt = (signal: 'SIGINT' | 'SIGTERM' = 'SIGINT'): void => {
    if (controller.signal.aborted) second.abort(signal);
    controller.abort(signal);
  };
  const exitCode = main(argv, environment);
  onTestFinished(async () => {
    controller.abort('SIGINT');
    await exitCode;
  });
  return { stdin, stdout, stderr, interrupt, exitCode };
}

/** What a whole run came to. */
export interface CliResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly jsonLines: Record<string, unknown>[];
}

/** Runs the whole program in this process, to its end. */
export async function runCli(argv: readonly string[], world: World = {}): Promise<CliResult> {
  const { stdout, stderr, exitCode } = startCli(argv, world);
  const code = await exitCode;
  return {
    code,
    stdout: stdout.text,
    stderr: stderr.text,
    get jsonLines() {
      return stdout.jsonLines;
    },
  };
}
