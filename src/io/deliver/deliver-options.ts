import type { RequestHeader } from '../../domain/delivery/request-headers.ts';
import type { RetryPolicy, RetryWait } from '../../domain/delivery/retry.ts';
import type { SignatureFault } from '../../domain/signature-fault.ts';

/** An event to deliver: its bytes as they go out, and what is known of it. */
export interface DeliverableEvent {
  readonly bytes: Uint8Array;
  /** Where it came from, as `file:line`. */
  readonly source: string;
  /** The uuid of its message: events of one message are delivered one after another, in their order. */
  readonly uuid?: string;
  readonly status?: string;
  /** Not to be sent before that many milliseconds after the start of the run. */
  readonly dueMs?: number;
}

/** A delivery that failed and will be tried again. */
export interface RetryNotice extends RetryWait {
  readonly source: string;
  /** The number of the retry, from 1. */
  readonly retry: number;
  readonly retries: number;
  readonly reason: string;
}

/** How to deliver. */
export interface DeliverOptions {
  readonly url: URL;
  /**
   * How long connecting, waiting for the answer's headers and receiving its body may take, each, in
   * milliseconds.
   * @default 10000
   */
  readonly timeoutMs?: number;
  /**
   * How many deliveries may be under way at once. Events of one message stay in order all the same.
   * @default 1
   */
  readonly concurrency?: number;
  /**
   * Whether the events of one message wait for each other.
   * @default true
   */
  readonly keepOrder?: boolean;
  /** How many are sent in a second at most. Without it, as many as the target takes. */
  readonly ratePerSecond?: number;
  /** Headers besides our own; one of the same name replaces ours. */
  readonly headers?: readonly RequestHeader[];
  /** Signs every request as Callbell does, anew for each attempt. Without it there is no signature. */
  readonly secret?: string;
  /** Signs badly on purpose, to see the target refuse. */
  readonly signatureFault?: SignatureFault;
  /** @default no retries */
  readonly retry?: RetryPolicy;
  /**
   * Accept only 200.
   * @default false
   */
  readonly strict?: boolean;
  /** Sends no more after the first delivery that is not accepted. */
  readonly bail?: boolean;
  /** Certificates to trust besides the usual ones, in PEM. */
  readonly certificates?: string;
  /** Trusts every certificate. */
  readonly insecure?: boolean;
  /** The proxy to go through, `http` or `https`, with user and password where it wants them. */
  readonly proxy?: URL;
  /** The environment variable that names the proxy, for messages about it. */
  readonly proxyVariable?: string;
  /** Ends the run: what is under way is finished, nothing more is sent, no retry is waited for. */
  readonly signal?: AbortSignal;
  /** Gives up what is under way; to be used after `signal`. */
  readonly hurry?: AbortSignal;
  /** Unix milliseconds for signatures. @default Date.now */
  readonly now?: () => number;
  /** Hears of retries before they are waited for. */
  readonly onRetry?: (notice: RetryNotice) => void;
}
