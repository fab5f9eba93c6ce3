import { spawn } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import type { Environment } from '../environment.ts';

/** How a command ended. */
export interface CommandEnd {
  /** Null where a signal ended it. */
  readonly exitCode: number | null;
  readonly signal: string | null;
}

/** A command that runs beside the listener. */
export interface RunningCommand {
  readonly ended: Promise<CommandEnd>;
  /** Ends the command and everything it started. */
  stop(): Promise<void>;
}

const LINE_FEED = 0x0a;
const STOP_GRACE_MS = 2000;

/**
 * Runs a command in a shell. Its output goes to stderr, because stdout is for what the listener has to say;
 * it gets no input.
 */
export function runCommand(command: string, url: string, { stderr, variables }: Environment): RunningCommand {
  const child = spawn(command, {
    shell: true,
    // A group of its own, so that what the shell started can be ended with it.
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...variables, CALLBELL_STATUS_URL: url },
  });
  let lastByte: number | undefined;
  for (const output of [child.stdout, child.stderr]) {
    output.on('data', (chunk: Buffer) => {
      lastByte = chunk.at(-1);
    });
    output.pipe(stderr, { end: false });
  }
  const ended = once(child, 'close').then(([exitCode, signal]: (number | string | null)[]): CommandEnd => {
    // What is said next begins on a line of its own.
    if (lastByte !== undefined && lastByte !== LINE_FEED) stderr.write('\n');
    return {
      exitCode: typeof exitCode === 'number' ? exitCode : null,
      signal: typeof signal === 'string' ? signal : null,
    };
  });
  const kill = (signal: NodeJS.Signals): void => {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    if (process.platform === 'win32') child.kill(signal);
    else process.kill(-child.pid, signal);
  };
  return {
    ended,
    stop: async () => {
      kill('SIGTERM');
      const timer = setTimeout(() => kill('SIGKILL'), STOP_GRACE_MS);
      await ended;
      clearTimeout(timer);
    },
  };
}
