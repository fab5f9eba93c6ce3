import { type ChildProcess, spawn } from 'node:child_process';
import process from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';
import type { OutputStream } from '../environment.ts';

/** How a command ended: by itself, by a signal, or before it began. */
export type CommandEnd =
  | { readonly exitCode: number }
  | { readonly signal: string }
  | { readonly notStarted: string };

/** A command that runs beside the listener. */
export interface RunningCommand {
  /** Resolves when the command itself ends; what it started may still run. Never rejects. */
  readonly ended: Promise<CommandEnd>;
  /**
   * Ends the command and everything it started: by SIGTERM, after 2 s by SIGKILL. Never rejects.
   *
   * @param hurry aborted when SIGKILL is to be sent at once
   */
  stop(hurry: AbortSignal): Promise<void>;
}

/** What {@link runCommand} needs. */
export interface CommandParts {
  /** Where the command listens to: `CALLBELL_STATUS_URL`. */
  readonly url: string;
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** Gets the command's output, because stdout is for what the listener has to say. */
  readonly stderr: OutputStream;
}

const LINE_FEED = 0x0a;
const STOP_GRACE_MS = 2000;
const POLL_MS = 20;

/** How long the rest of the output is waited for: a process that left the group may hold the pipe for ever. */
const OUTPUT_GRACE_MS = 500;

/** Runs a command in a shell, without input. */
export function runCommand(command: string, { url, variables, stderr }: CommandParts): RunningCommand {
  const child = start(command, { ...variables, CALLBELL_STATUS_URL: url });
  if ('notStarted' in child) return { ended: Promise.resolve(child), stop: async () => {} };
  const output = passOnOutput(child, stderr);
  // Not `close`, which waits for everything that holds the pipes: `server & npm test` would never end.
  const ended = new Promise<CommandEnd>((resolve) => {
    child.once('exit', (exitCode, signal) =>
      resolve(exitCode === null ? { signal: `${signal}` } : { exitCode }),
    );
    child.once('error', (error) => resolve(cannotStart(error)));
  });
  return {
    ended,
    stop: async (hurry) => {
      await endGroup(child, hurry);
      await output.finish();
    },
  };
}

/** Some errors are thrown (a command that is too long), others are events of the child (too many processes). */
function start(command: string, env: NodeJS.ProcessEnv): ChildProcess | { notStarted: string } {
  try {
    return spawn(command, {
      shell: true,
      // A group of its own, so that what the shell started can be ended with it.
      detached: process.platform !== 'win32',
      stdio: ['ignore', 'pipe', 'pipe'],
      env,
    });
  } catch (error) {
    return cannotStart(error);
  }
}

const START_ERRORS: Readonly<Record<string, string>> = {
  EAGAIN: 'there are too many processes',
  ENOMEM: 'there is not enough memory',
  EMFILE: 'there are too many open files',
  ENFILE: 'there are too many open files',
  ENOENT: 'there is no shell, or no current folder',
  EACCES: 'the shell must not be run',
  E2BIG: 'the command and the environment are too long',
};

function cannotStart(error: unknown): { readonly notStarted: string } {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return { notStarted: START_ERRORS[code] ?? (error instanceof Error ? error.message : String(error)) };
}

/** Passes the output on as it comes; what nobody reads any more is thrown away, so that the command goes on. */
function passOnOutput(child: ChildProcess, stderr: OutputStream): { finish(): Promise<void> } {
  const outputs = [child.stdout, child.stderr].filter((output) => output !== null && output !== undefined);
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  let lastByte: number | undefined;
  for (const output of outputs) {
    output.on('data', (chunk: Buffer) => {
      lastByte = chunk.at(-1);
    });
    output.on('error', () => {});
    output.pipe(stderr, { end: false });
  }
  const onUnpipe = (source: NodeJS.ReadableStream): void => void source.resume();
  stderr.on('unpipe', onUnpipe);
  return {
    finish: async () => {
      const timer = new AbortController();
      await Promise.race([
        closed,
        wait(OUTPUT_GRACE_MS, undefined, { signal: timer.signal }).catch(() => {}),
      ]);
      timer.abort();
      stderr.off('unpipe', onUnpipe);
      for (const output of outputs) output.destroy();
      // What is said next begins on a line of its own.
      if (lastByte !== undefined && lastByte !== LINE_FEED) stderr.write('\n');
    },
  };
}

/** Ends all processes of the child's group, whether or not the child itself still runs. */
async function endGroup(child: ChildProcess, hurry: AbortSignal): Promise<void> {
  const send = signalSender(child);
  if (!hurry.aborted && send('SIGTERM')) {
    const until = performance.now() + STOP_GRACE_MS;
    while (performance.now() < until && !hurry.aborted && send(0)) {
      await wait(POLL_MS, undefined, { signal: hurry }).catch(() => {});
    }
  }
  send('SIGKILL');
}

/** Makes a function that sends a signal to the group, 0 to look only; it tells whether there is anybody in it. */
function signalSender(child: ChildProcess): (signal: NodeJS.Signals | 0) => boolean {
  const { pid } = child;
  if (pid === undefined) return () => false;
  if (process.platform === 'win32') {
    return (signal) => child.exitCode === null && child.signalCode === null && child.kill(signal);
  }
  return (signal) => {
    try {
      return process.kill(-pid, signal);
    } catch {
      // ESRCH: nobody is left. EPERM: what is left has another user, and cannot be ended by us.
      return false;
    }
  };
}
