import process from 'node:process';
import type { Environment } from './environment.ts';
import { main } from './main.ts';

const controller = new AbortController();
const second = new AbortController();
let isSecondWanted = false;

/**
 * One Ctrl+C reaches a process more than once where a parent (npm, a shell, `timeout`) passes it on: the same signal
 * again within that time is the same request.
 */
const SAME_REQUEST_MS = 500;

/**
 * The first signal asks for an orderly end. A second one ends the process, unless a command has asked to hear of it;
 * then the third does.
 */
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  let heardAt = Number.NEGATIVE_INFINITY;
  const hear = (): void => {
    const now = performance.now();
    const isSameRequest = now - heardAt < SAME_REQUEST_MS;
    heardAt = now;
    if (isSameRequest) return;
    if (!controller.signal.aborted) controller.abort(signal);
    else if (isSecondWanted && !second.signal.aborted) second.abort(signal);
    else {
      process.removeListener(signal, hear);
      process.kill(process.pid, signal);
    }
  };
  process.on(signal, hear);
}

// A failed write is reported to whoever wrote (output.ts); without a listener it would also crash.
process.stdout.on('error', () => {});
process.stderr.on('error', () => {});

const environment: Environment = {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  variables: process.env,
  signal: controller.signal,
  secondSignal: () => {
    isSecondWanted = true;
    return second.signal;
  },
  pid: process.pid,
  now: () => new Date(),
  randomSeed: () => Math.floor(Math.random() * 0x1_0000_0000),
};

// Nothing is left that could wake the program while a command still waits: for the answer to a prompt whose input
// has ended (Ctrl+D). That ends it as Ctrl+C does; Node alone would exit with 0, before the exit code is known.
process.on('beforeExit', () => controller.abort('SIGINT'));

process.exitCode = await main(process.argv.slice(2), environment);
