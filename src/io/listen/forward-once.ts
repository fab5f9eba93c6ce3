import type { Dispatcher } from 'undici';
import type { RequestPhase } from '../deliver/failure-causes.ts';

/** An answer is held whole before it is given to the sender. */
export const MAX_ANSWER_BYTES = 5 * 1024 * 1024;

/** A whole answer of a target. */
export interface TargetAnswer {
  readonly httpStatus: number;
  /** Names and values in turn, as the bytes that came. */
  readonly rawHeaders: readonly Uint8Array[];
  readonly body: Buffer;
}

/** Why a target gave no answer that could be passed on. */
export type ForwardFailure =
  | { readonly failure: 'timeout' | 'stopped' | 'no-room' }
  /** The body had more than {@link MAX_ANSWER_BYTES}. */
  | { readonly failure: 'too-large'; readonly httpStatus: number }
  | {
      readonly failure: 'error';
      readonly error: unknown;
      readonly phase: RequestPhase;
      readonly httpStatus: number | undefined;
    };

/** What came of asking a target. */
export type ForwardOutcome = { readonly answer: TargetAnswer } | ForwardFailure;

/** Counts bytes of an answer as held; returns false where there is no room for them. */
export type HoldBytes = (bytes: number) => boolean;

/** A request that waits for its answer. */
export interface PendingForward {
  readonly outcome: Promise<ForwardOutcome>;
  /** Ends the wait: the outcome is `stopped`, unless it is known already. */
  stop(): void;
}

/** Sends one request and collects its answer, which must be complete in time. Its outcome never rejects. */
export function forwardOnce(
  dispatcher: Dispatcher,
  request: Dispatcher.DispatchOptions,
  timeoutMs: number,
  hold: HoldBytes,
): PendingForward {
  let collector: AnswerCollector | undefined;
  const outcome = new Promise<ForwardOutcome>((resolve) => {
    collector = new AnswerCollector(resolve, timeoutMs, hold);
    try {
      dispatcher.dispatch(request, collector);
    } catch (error) {
      collector.onResponseError(undefined, error);
    }
  });
  return { outcome, stop: () => collector?.giveUp('stopped') };
}

class AnswerCollector implements Dispatcher.DispatchHandler {
  readonly #resolve: (outcome: ForwardOutcome) => void;
  readonly #hold: HoldBytes;
  /** One timer a request: an abort signal with a time-out costs more than twice as much. */
  readonly #timer: NodeJS.Timeout;
  #controller: Dispatcher.DispatchController | undefined;
  #isSettled = false;
  #httpStatus: number | undefined;
  #rawHeaders: readonly Uint8Array[] = [];
  readonly #chunks: Buffer[] = [];
  #length = 0;

  constructor(resolve: (outcome: ForwardOutcome) => void, timeoutMs: number, hold: HoldBytes) {
    this.#hold = hold;
    this.#resolve = resolve;
    this.#timer = setTimeout(() => this.giveUp('timeout'), timeoutMs);
  }

  giveUp(failure: 'timeout' | 'stopped' | 'no-room'): void {
    this.#settle({ failure });
    this.#controller?.abort(new Error(failure));
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    // It was given up while the connection was made: it must not go out after all.
    if (this.#isSettled) controller.abort(new Error('given up'));
    this.#controller = controller;
  }

  onResponseStart(controller: Dispatcher.DispatchController, httpStatus: number): void {
    // An early hint is no answer.
    if (httpStatus < 200) return;
    this.#httpStatus = httpStatus;
    this.#rawHeaders = (controller.rawHeaders ?? []) as Buffer[];
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (!this.#hold(chunk.length)) {
      this.giveUp('no-room');
      return;
    }
    this.#length += chunk.length;
    if (this.#length <= MAX_ANSWER_BYTES) {
      this.#chunks.push(chunk);
      return;
    }
    this.#settle({ failure: 'too-large', httpStatus: this.#httpStatus ?? 0 });
    controller.abort(new Error('too large'));
  }

  onResponseEnd(): void {
    const [first] = this.#chunks;
    const body = this.#chunks.length === 1 && first ? first : Buffer.concat(this.#chunks, this.#length);
    this.#settle({ answer: { httpStatus: this.#httpStatus ?? 0, rawHeaders: this.#rawHeaders, body } });
  }

  onResponseError(_controller: Dispatcher.DispatchController | undefined, error: unknown): void {
    const httpStatus = this.#httpStatus;
    // These end with their head. Undici waits for the body that a Content-Length names, which a 304 may have.
    if (httpStatus === 204 || httpStatus === 304) this.onResponseEnd();
    this.#settle({ failure: 'error', error, phase: this.#phase, httpStatus });
  }

  get #phase(): RequestPhase {
    if (this.#controller === undefined) return 'connecting';
    return this.#httpStatus === undefined ? 'sent' : 'answering';
  }

  #settle(outcome: ForwardOutcome): void {
    if (this.#isSettled) return;
    this.#isSettled = true;
    clearTimeout(this.#timer);
    this.#resolve(outcome);
  }
}
