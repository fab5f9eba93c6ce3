import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { endGroup, explainStartFailure, HAS_GROUPS } from '../child-process.ts';
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
    child.once('error', (error) => resolve({ notStarted: explainStartFailure(error) }));
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
      detached: HAS_GROUPS,
      stdio: ['ignore', 'pipe', 'pipe'],
      env,
    });
  } catch (error) {
    return { notStarted: explainStartFailure(error) };
  }
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
