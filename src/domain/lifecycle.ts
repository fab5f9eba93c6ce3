import { is, oneOf } from './check-options.ts';
import { MESSAGE_STATUSES, type MessageStatus, STATUS_FACTS } from './status.ts';

/**
 * What a new status means after those already seen of the same message.
 *
 * - `first`: nothing of this message was seen before
 * - `next`: the step that was to be expected, or a side note (`mismatch`, `deleted`)
 * - `skipped`: a step forward that leaves out one or more in between
 * - `late`: a step that the message is past already, `enqueued` and `sent` after `failed` among them; a handler
 *   must not go back to it
 * - `duplicate`: this status of this message was seen before
 */
export type TransitionKind = 'first' | 'next' | 'skipped' | 'late' | 'duplicate';

/** A {@link TransitionKind} and what belongs to it. */
export interface Transition {
  readonly kind: TransitionKind;
  /** The statuses left out, in their order; empty unless `kind` is `skipped`. */
  readonly skipped: readonly MessageStatus[];
  /** The message had failed before, and this status, `delivered` or `read`, overrides the failure. */
  readonly afterFailed: boolean;
}

const STEPS = MESSAGE_STATUSES.filter((status) => STATUS_FACTS[status].rank !== null);

/**
 * Judges a status by what was seen of its message before. Callbell promises no order, and `delivered` may
 * come after `failed` (documented by a third party), so no status is final; the duplicate key is (uuid, status).
 *
 * `failed` counts only while nothing later than `sent` was seen; otherwise it is late. Only `delivered` and `read`
 * override it; `enqueued` and `sent` after it are late.
 *
 * @throws {CallbellStatusError} `usage` for what is no set of statuses, or no status
 *
 * @example
 * ```ts
 * judgeTransition(new Set(['enqueued', 'delivered']), 'sent').kind; // 'late'
 * judgeTransition(new Set(['enqueued', 'failed']), 'sent').kind; // 'late'
 * ```
 */
export function judgeTransition(seen: ReadonlySet<MessageStatus>, status: MessageStatus): Transition {
  statusSet(seen, 'seen', 'judgeTransition');
  knownStatus(status, 'status', 'judgeTransition');
  const reached = furthestStep(seen);
  const hasFailed = seen.has('failed') && reached < RANK_DELIVERED;
  const rank = STATUS_FACTS[status].rank;
  const transition = (kind: TransitionKind, skipped: readonly MessageStatus[] = []): Transition => ({
    kind,
    skipped,
    afterFailed: hasFailed && rank !== null && rank >= RANK_DELIVERED,
  });
  if (seen.size === 0) return transition('first');
  if (seen.has(status)) return transition('duplicate');
  if (status === 'failed') return transition(reached >= RANK_DELIVERED ? 'late' : 'next');
  if (rank === null) return transition('next');
  if (rank < reached || (hasFailed && rank < RANK_DELIVERED)) return transition('late');
  if (reached === NO_STEP) return transition('next');
  const skipped = STEPS.slice(reached + 1, rank);
  return skipped.length > 0 ? transition('skipped', skipped) : transition('next');
}

const statusSet = is((value) => value instanceof Set, 'a Set of statuses');
const knownStatus = oneOf(MESSAGE_STATUSES);

const NO_STEP = -1;
const RANK_DELIVERED = 2;

function furthestStep(seen: ReadonlySet<MessageStatus>): number {
  let furthest = NO_STEP;
  for (const status of seen) furthest = Math.max(furthest, STATUS_FACTS[status].rank ?? NO_STEP);
  return furthest;
}
