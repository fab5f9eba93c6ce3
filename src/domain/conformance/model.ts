import type { MessageStatus } from '../status.ts';

/**
 * How far each status brings a message. A handler's state is the maximum of what it accepted, so for any order and
 * repetition there is one right end (assumed from what was seen: `delivered` and `read` override a failure, a late
 * `sent` does not). `mismatch` and `deleted` are side notes and change nothing.
 */
const RANK: Readonly<Partial<Record<string, number>>> = {
  enqueued: 0,
  sent: 1,
  failed: 2,
  delivered: 3,
  read: 4,
} satisfies Partial<Record<MessageStatus, number>>;

/** Whether a status counts for the state of a message. */
export function isStep(status: string): boolean {
  return RANK[status] !== undefined;
}

/**
 * Returns the state in which a message must be after these statuses were accepted, in any order.
 *
 * @returns undefined where none of them is a step: nothing is known of the state then
 *
 * @example
 * ```ts
 * endOf(['delivered', 'sent']); // 'delivered'
 * ```
 */
export function endOf(accepted: Iterable<string>): MessageStatus | undefined {
  let end: string | undefined;
  for (const status of accepted) {
    const rank = RANK[status];
    if (rank !== undefined && rank > (RANK[end ?? ''] ?? -1)) end = status;
  }
  return end as MessageStatus | undefined;
}

/**
 * Returns every state in which a message may be. A delivery that was refused or not answered may have counted or not.
 *
 * @returns undefined stands for "no state at all", allowed where nothing was surely accepted
 */
export function possibleEnds(
  accepted: readonly string[],
  uncertain: readonly string[],
): ReadonlySet<MessageStatus | undefined> {
  const least = endOf(accepted);
  const ends = new Set<MessageStatus | undefined>([least]);
  for (const status of uncertain) ends.add(endOf(least === undefined ? [status] : [least, status]));
  return ends;
}
