import process from 'node:process';
import type { Environment } from './environment.ts';
import { main } from './main.ts';

const controller = new AbortController();
const second = new AbortController();
let isSecondWanted = false;

/**
 * The first signal asks for an orderly end. A second one of the same kind is left to end the process, unless
 * a command has asked to hear of it; then the third does.
 */
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  const hear = (): void => {
    const isFirst = !controller.signal.aborted;
    // Taken away before anything else is done, or left in place: there is never a gap between the two.
    if (!isFirst || !isSecondWanted) process.removeListener(signal, hear);
    (isFirst ? controller : second).abort(signal);
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

process.exitCode = await main(process.argv.slice(2), environment);
