import { type Dispatcher, errors } from 'undici';
import type { RequestPhase } from './failure-causes.ts';

/** What one attempt came to: an answer, or the error that came instead of it or in the middle of it. */
export interface Attempt {
  /** The status of the answer, also of one that broke off. */
  readonly httpStatus?: number;
  /** The beginning of the answer's body, where it was kept. */
  readonly body: string;
  readonly location?: string;
  readonly retryAfter?: string;
  /** Why there was no complete answer. */
  readonly error?: unknown;
  /** How far it came. */
  readonly phase: RequestPhase;
  readonly ms: number;
}

/** The limits of one attempt. */
export interface AttemptLimits {
  /** How long connecting, the headers and the body may take, each, in milliseconds. */
  readonly timeoutMs: number;
  /** How many bytes of a body of interest are kept. */
  readonly keptBytes: number;
}

/** A body is received up to that length, so that its connection can be used again; then it is cut off. */
const RECEIVED_BYTES = 256 * 1024;

/**
 * Sends one request and receives its answer. Never rejects: an error is part of what it came to.
 *
 * @param isKept whether the body of an answer with that status is of interest
 */
export function sendOnce(
  dispatcher: Dispatcher,
  request: Dispatcher.DispatchOptions,
  isKept: (httpStatus: number) => boolean,
  limits: AttemptLimits,
): Promise<Attempt> {
  return new Promise((resolve) => {
    const receiver = new AnswerReceiver(resolve, isKept, limits);
    try {
      dispatcher.dispatch(request, receiver);
    } catch (error) {
      receiver.settle(error);
    }
  });
}

const TIMEOUTS = {
  connecting: errors.ConnectTimeoutError,
  sent: errors.HeadersTimeoutError,
  answering: errors.BodyTimeoutError,
} as const satisfies Record<RequestPhase, unknown>;

class AnswerReceiver implements Dispatcher.DispatchHandler {
  readonly #began = performance.now();
  readonly #resolve: (attempt: Attempt) => void;
  readonly #isKept: (httpStatus: number) => boolean;
  /** One timer for the phases one after another. Undici's own are only good to half a second or a whole one. */
  readonly #timer: NodeJS.Timeout;
  readonly #keptBytes: number;
  #phase: RequestPhase = 'connecting';
  #controller: Dispatcher.DispatchController | undefined;
  #settled = false;
  #httpStatus: number | undefined;
  #location: string | undefined;
  #retryAfter: string | undefined;
  #keep = false;
  #kept: Buffer[] = [];
  #received = 0;

  constructor(
    resolve: (attempt: Attempt) => void,
    isKept: (httpStatus: number) => boolean,
    { timeoutMs, keptBytes }: AttemptLimits,
  ) {
    this.#resolve = resolve;
    this.#keptBytes = keptBytes;
    this.#isKept = isKept;
    this.#timer = setTimeout(() => this.#giveUp(), timeoutMs);
  }

  /** The connection stands, and the request goes out next. */
  onRequestStart(controller: Dispatcher.DispatchController): void {
    // It was given up while the connection was made: it must not go out after all.
    if (this.#settled) controller.abort(new errors.RequestAbortedError());
    this.#controller = controller;
    this.#phase = 'sent';
    this.#timer.refresh();
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    httpStatus: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    this.#phase = 'answering';
    this.#timer.refresh();
    this.#httpStatus = httpStatus;
    this.#keep = this.#isKept(httpStatus);
    if (this.#keep) {
      this.#location = first(headers.location);
      this.#retryAfter = first(headers['retry-after']);
    }
    if (!isBodyless(httpStatus) || !announcesBody(headers)) return;
    // It ends here, and what may follow must not be taken for the next answer on this connection.
    this.settle();
    controller.abort(new errors.RequestAbortedError());
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#settled) return;
    if (this.#keep && this.#received < this.#keptBytes) this.#kept.push(chunk);
    this.#received += chunk.length;
    if (this.#received < RECEIVED_BYTES) return;
    this.settle();
    controller.abort(new errors.RequestAbortedError());
  }

  onResponseEnd(): void {
    this.settle();
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: unknown): void {
    this.settle(error);
  }

  #giveUp(): void {
    const error = new TIMEOUTS[this.#phase]();
    this.settle(error);
    this.#controller?.abort(error);
  }

  settle(error?: unknown): void {
    if (this.#settled) return;
    this.#settled = true;
    clearTimeout(this.#timer);
    this.#resolve({
      body: this.#keep ? Buffer.concat(this.#kept).subarray(0, this.#keptBytes).toString('utf8') : '',
      ms: performance.now() - this.#began,
      phase: this.#phase,
      ...(this.#httpStatus !== undefined && { httpStatus: this.#httpStatus }),
      ...(this.#location !== undefined && { location: this.#location }),
      ...(this.#retryAfter !== undefined && { retryAfter: this.#retryAfter }),
      ...(error !== undefined && { error }),
    });
  }
}

/** By their definition these answers have no body, whatever their headers say (RFC 9110, 15.3.5 and 15.4.5). */
function isBodyless(httpStatus: number): boolean {
  return httpStatus === 204 || httpStatus === 304;
}

function announcesBody(headers: Record<string, string | string[] | undefined>): boolean {
  return headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;
}

function first(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
