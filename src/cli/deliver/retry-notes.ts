import type { RetryNotice } from '../../io/deliver/deliver-options.ts';
import { formatDuration } from '../../ui/duration.ts';

/** With --quiet a shorter wait is not said: nobody takes the run for a hanging one. */
const LONG_WAIT_MS = 5000;

/** Makes a function that says each retry; with --quiet the first long wait only. */
export function createRetryNotes(
  isQuiet: boolean,
  say: (text: string) => Promise<void>,
): (notice: RetryNotice) => Promise<void> {
  let isSaid = false;
  return async (notice) => {
    if (!isQuiet) return say(retryNote(notice));
    if (isSaid || notice.waitMs < LONG_WAIT_MS) return;
    isSaid = true;
    return say(`${retryNote(notice)} (with --quiet further waits are not said)`);
  };
}

function retryNote({ source, retry, retries, waitMs, askedMs, reason }: RetryNotice): string {
  const cut = askedMs === undefined ? '' : ` (Retry-After asks for ${formatDuration(askedMs)}: --max-wait)`;
  return `retry ${retry} of ${retries} in ${formatDuration(waitMs)}${cut}: ${source} ${reason}`;
}
