import { judgeTransition, type Transition } from './lifecycle.ts';
import { MESSAGE_STATUSES, type MessageStatus } from './status.ts';

/** What one more status means after those that were seen. */
export interface SeenStep {
  readonly transition: Transition;
  readonly next: SeenStatuses;
}

/**
 * The statuses that were seen of a message. Seven statuses have 128 sets, and each has one object that all
 * messages share and that remembers where it leads: a message costs a reference and not a set, and its next
 * event a look-up and not a judgement.
 */
export class SeenStatuses {
  readonly #seen: ReadonlySet<MessageStatus>;
  readonly #steps = new Map<MessageStatus, SeenStep>();

  /** For {@link NOTHING_SEEN} and what it leads to. */
  constructor(statuses: readonly MessageStatus[]) {
    this.#seen = new Set(statuses);
  }

  get isEmpty(): boolean {
    return this.#seen.size === 0;
  }

  step(status: MessageStatus): SeenStep {
    const known = this.#steps.get(status);
    if (known !== undefined) return known;
    const next = shared(MESSAGE_STATUSES.filter((each) => each === status || this.#seen.has(each)));
    const step = { transition: judgeTransition(this.#seen, status), next };
    this.#steps.set(status, step);
    return step;
  }

  without(status: MessageStatus): SeenStatuses {
    return shared(MESSAGE_STATUSES.filter((each) => each !== status && this.#seen.has(each)));
  }
}

const SHARED = new Map<string, SeenStatuses>();

/** @param statuses in the order of {@link MESSAGE_STATUSES} */
function shared(statuses: readonly MessageStatus[]): SeenStatuses {
  const key = statuses.join();
  const seen = SHARED.get(key) ?? new SeenStatuses(statuses);
  SHARED.set(key, seen);
  return seen;
}

/** Where every message begins. */
export const NOTHING_SEEN = shared([]);
