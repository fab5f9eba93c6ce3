import type { TestMessage } from '../../domain/conformance/case.ts';
import { possibleEnds } from '../../domain/conformance/model.ts';
import type { Probe } from '../../domain/conformance/probe.ts';
import { sleep } from '../deliver/pace.ts';

/** How long states are waited for. */
export interface WatchTiming {
  /** The longest time a state may take to show. */
  readonly settleMs: number;
  /** The shortest time that a state must stay as it is. */
  readonly leastHoldMs: number;
}

/** The state of a message when it was last read. */
export interface WatchedState {
  readonly message: TestMessage;
  readonly status: string | undefined;
  readonly isRight: boolean;
  /** How long it took until the state was right, in milliseconds. */
  readonly afterMs: number;
}

const FIRST_POLL_MS = 10;
const SLOWEST_POLL_MS = 200;

/** A state must stay for this many times the slowest propagation that was seen. */
const HOLD_FACTOR = 5;

/** Reads of the probe at the same time. */
const CONCURRENT_READS = 8;

/**
 * Waits for states, and checks that they stay. Handlers may answer first and work later: how long that takes is
 * learned during the run, so a synchronous handler is not waited for and a slow one is not judged too early.
 */
export class StateWatcher {
  readonly #probe: Probe;
  readonly #timing: WatchTiming;
  readonly #stopped: AbortSignal;
  #slowestMs = 0;

  constructor(probe: Probe, timing: WatchTiming, stopped: AbortSignal) {
    this.#probe = probe;
    this.#timing = timing;
    this.#stopped = stopped;
  }

  /** How long a state must stay, in milliseconds. */
  get holdMs(): number {
    const { leastHoldMs, settleMs } = this.#timing;
    return Math.min(settleMs, Math.max(leastHoldMs, HOLD_FACTOR * this.#slowestMs));
  }

  /** Waits until each message has a state that the model allows; where `hold`, also that it stays. */
  async watch(messages: readonly TestMessage[], hold: boolean): Promise<WatchedState[]> {
    const states = await inBatches(messages, (message) => this.#settle(message));
    if (!hold || states.some(({ isRight }) => !isRight)) return states;
    await sleep(this.holdMs, this.#stopped);
    return inBatches(states, async (state) => {
      const { status } = await this.#probe(state.message.uuid);
      return { ...state, status, isRight: isAllowed(state.message, status) };
    });
  }

  /** Reads the effects of messages when they have stayed the same for a while. */
  async effects(messages: readonly TestMessage[]): Promise<(number | undefined)[]> {
    const read = (): Promise<(number | undefined)[]> =>
      inBatches(messages, async ({ uuid }) => (await this.#probe(uuid)).effects);
    const until = performance.now() + this.#timing.settleMs;
    let effects = await read();
    while (effects.some((each) => each !== undefined)) {
      await sleep(this.holdMs, this.#stopped);
      const again = await read();
      const isSame = again.every((each, n) => each === effects[n]);
      effects = again;
      if (isSame || performance.now() > until || this.#stopped.aborted) break;
    }
    return effects;
  }

  async #settle(message: TestMessage): Promise<WatchedState> {
    const began = performance.now();
    for (let wait = FIRST_POLL_MS; ; wait = Math.min(wait * 2, SLOWEST_POLL_MS)) {
      const { status } = await this.#probe(message.uuid);
      const afterMs = performance.now() - began;
      const isRight = isAllowed(message, status);
      if (isRight) this.#slowestMs = Math.max(this.#slowestMs, afterMs);
      if (isRight || afterMs > this.#timing.settleMs || this.#stopped.aborted) {
        return { message, status, isRight, afterMs };
      }
      await sleep(wait, this.#stopped);
    }
  }
}

/** Where nothing of a message was surely accepted, the app may know it in any way or not at all. */
function isAllowed({ accepted, uncertain }: TestMessage, status: string | undefined): boolean {
  const ends = possibleEnds(accepted, uncertain);
  return ends.has(undefined) || ends.has(status as never);
}

async function inBatches<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (let at = 0; at < items.length; at += CONCURRENT_READS) {
    results.push(...(await Promise.all(items.slice(at, at + CONCURRENT_READS).map(work))));
  }
  return results;
}
