import type { ChildProcess } from 'node:child_process';
import process from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';

/** Children get a group of their own, so that what they started can be ended with them. Windows has no groups. */
export const HAS_GROUPS = process.platform !== 'win32';

const STOP_GRACE_MS = 2000;
const POLL_MS = 20;

const START_ERRORS: Readonly<Record<string, string>> = {
  EAGAIN: 'there are too many processes',
  ENOMEM: 'there is not enough memory',
  EMFILE: 'there are too many open files',
  ENFILE: 'there are too many open files',
  ENOENT: 'there is no shell, or no current folder',
  EACCES: 'the shell must not be run',
  E2BIG: 'the command and the environment are too long',
};

/** Says why a child could not be started. */
export function explainStartFailure(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return START_ERRORS[code] ?? (error instanceof Error ? error.message : String(error));
}

/**
 * Ends all processes of a child's group, whether or not the child itself still runs: by SIGTERM, after 2 s by SIGKILL.
 *
 * @param hurry aborted when SIGKILL is to be sent at once
 */
export async function endGroup(child: ChildProcess, hurry: AbortSignal): Promise<void> {
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
  if (!HAS_GROUPS) {
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
