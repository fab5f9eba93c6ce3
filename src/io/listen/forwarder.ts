import { randomBytes } from 'node:crypto';
import type { Dispatcher } from 'undici';
import type { ForwardResult, Refusal } from '../../domain/arrival/arrival.ts';
import { findPathFault, pathAtTarget, shownTarget, shownUrlAt } from '../../domain/arrival/forward-url.ts';
import type { ListenerNotice } from '../../domain/arrival/notice.ts';
import { roundMs } from '../../domain/delivery/delivery.ts';
import { authorizationOf } from '../../domain/delivery/target.ts';
import { explainFailure, failureOf } from '../deliver/failure-cause.ts';
import { HOP_HEADER, headersToForward, hopsOf, withLogin } from './forward-headers.ts';
import {
  type ForwardFailure,
  forwardOnce,
  type HoldBytes,
  MAX_ANSWER_BYTES,
  type PendingForward,
} from './forward-once.ts';
import { type ForwardedTo, relayed } from './relay-answer.ts';
import { jsonReply, type Reply } from './reply.ts';

/** Where and how to pass requests on. */
export interface ForwardOptions {
  /**
   * The first one's answer is the one the sender gets. A URL with a path is asked as it is, with the query of the
   * request appended; of a bare host the path of each request is asked.
   */
  readonly targets: readonly URL[];
  /**
   * How long a target may take for its whole answer, in milliseconds.
   * @default 10000
   */
  readonly timeoutMs?: number;
}

/** A request as it is passed on. */
export interface ForwardedRequest {
  readonly method: string;
  readonly path: string;
  readonly rawHeaders: readonly string[];
  readonly connection: string | undefined;
  readonly body: Uint8Array;
  /** Asked before bytes of an answer are kept. */
  readonly hold: HoldBytes;
}

/** What passing on came to. */
export interface Forwarded {
  readonly results: readonly ForwardResult[];
  /** The first target's answer, for the sender. */
  readonly reply: Reply;
}

const DEFAULT_TIMEOUT_MS = 10_000;

/** Through more listeners than this no request is passed on: the header that names them must not grow for ever. */
const MAX_HOPS = 8;

/** A target, and what is the same for all requests to it. */
interface Target {
  readonly url: URL;
  readonly shown: string;
  readonly authorization: string | undefined;
  readonly dispatcher: Dispatcher;
  isDown: boolean;
}

/** Passes requests on to all targets at the same time, as the bytes they are. */
export class Forwarder {
  readonly #targets: readonly Target[];
  readonly #timeoutMs: number;
  readonly #onNotice: (notice: ListenerNotice) => void;
  readonly #pending = new Set<PendingForward>();
  /** Names this listener in {@link HOP_HEADER}. */
  readonly #id = randomBytes(8).toString('hex');

  private constructor(
    targets: readonly Target[],
    timeoutMs: number,
    onNotice: (notice: ListenerNotice) => void,
  ) {
    this.#targets = targets;
    this.#timeoutMs = timeoutMs;
    this.#onNotice = onNotice;
  }

  /** @param givingUp aborted when requests in flight are no longer waited for */
  static async create(
    { targets, timeoutMs = DEFAULT_TIMEOUT_MS }: ForwardOptions,
    onNotice: (notice: ListenerNotice) => void,
    givingUp: AbortSignal,
  ): Promise<Forwarder> {
    const [{ Pool }, { createConnector }] = await Promise.all([
      import('undici'),
      import('../deliver/connector.ts'),
    ]);
    const opened = targets.map((url) => ({
      url,
      shown: shownTarget(url),
      authorization: authorizationOf(url),
      dispatcher: new Pool(url.origin, { headersTimeout: 0, bodyTimeout: 0, connect: createConnector({}) }),
      isDown: false,
    }));
    const forwarder = new Forwarder(opened, timeoutMs, onNotice);
    givingUp.addEventListener('abort', () => forwarder.#stop(), { once: true });
    return forwarder;
  }

  /** Finds why a request must not be passed on; asked before its body is read. */
  refuse(requestTarget: string, rawHeaders: readonly string[]): Refusal | undefined {
    const hops = hopsOf(rawHeaders);
    if (hops.includes(this.#id) || hops.length >= MAX_HOPS) return 'forward-loop';
    const isFaulty = this.#targets.some(({ url }) => findPathFault(url, requestTarget) !== undefined);
    return isFaulty ? 'path-not-forwarded' : undefined;
  }

  /** Never rejects for what a target does. */
  async forward(request: ForwardedRequest): Promise<Forwarded> {
    const hops = [...hopsOf(request.rawHeaders), this.#id].join(', ');
    const headers = [...headersToForward(request.rawHeaders, request.connection), HOP_HEADER, hops];
    const all = await Promise.all(this.#targets.map((target) => this.#forwardTo(target, request, headers)));
    const [first] = all;
    return { results: all.map(({ result }) => result), reply: first?.reply ?? jsonReply(200) };
  }

  async close(): Promise<void> {
    await Promise.all(this.#targets.map(({ dispatcher }) => dispatcher.destroy()));
  }

  #stop(): void {
    for (const pending of this.#pending) pending.stop();
  }

  async #forwardTo(
    target: Target,
    request: ForwardedRequest,
    headers: readonly string[],
  ): Promise<ForwardedTo> {
    const { method, body } = request;
    const path = pathAtTarget(target.url, request.path);
    const began = performance.now();
    const pending = forwardOnce(
      target.dispatcher,
      {
        path,
        method: method as Dispatcher.HttpMethod,
        headers: withLogin(headers, target.authorization),
        body: body.length > 0 ? body : null,
      },
      this.#timeoutMs,
      request.hold,
    );
    this.#pending.add(pending);
    const outcome = await pending.outcome;
    this.#pending.delete(pending);
    const asked = { url: shownUrlAt(target.url, path), ms: roundMs(performance.now() - began) };
    if ('answer' in outcome) {
      this.#followUp(target);
      return relayed(asked, outcome.answer, method);
    }
    const reason = reasonOf(outcome, target.url, this.#timeoutMs, asked.ms);
    if (isAnswered(outcome)) {
      this.#followUp(target);
      const { httpStatus } = outcome;
      const refused = { ...asked, outcome: 'refused', reason } as const;
      const result = httpStatus === undefined ? refused : { ...refused, httpStatus };
      return { result, reply: jsonReply(502, reason) };
    }
    // A wait that we ended says nothing of the target.
    if (outcome.failure !== 'stopped' && outcome.failure !== 'no-room') this.#followDown(target, reason);
    const reply = jsonReply(outcome.failure === 'timeout' ? 504 : 502, reason);
    return { result: { ...asked, outcome: 'unreachable', reason }, reply };
  }

  /** Says once that a target does not answer, until it does. */
  #followDown(target: Target, reason: string): void {
    if (target.isDown) return;
    target.isDown = true;
    this.#onNotice({ code: 'target-down', url: target.shown, reason });
  }

  #followUp(target: Target): void {
    if (!target.isDown) return;
    target.isDown = false;
    this.#onNotice({ code: 'target-up', url: target.shown });
  }
}

/** Whether the target took the request and answered, with something that cannot be passed on. */
function isAnswered(
  outcome: ForwardFailure,
): outcome is Exclude<ForwardFailure, { readonly failure: 'timeout' | 'stopped' | 'no-room' }> {
  return (
    outcome.failure === 'too-large' ||
    (outcome.failure === 'error' && failureOf(outcome.error, outcome) === 'protocol')
  );
}

function reasonOf(outcome: ForwardFailure, url: URL, timeoutMs: number, ms: number): string {
  switch (outcome.failure) {
    case 'timeout':
      return `${url.host} did not answer within ${timeoutMs / 1000} s`;
    case 'stopped':
      return `given up because the listener was stopped; no answer after ${(ms / 1000).toFixed(1)} s`;
    case 'no-room':
      return 'given up because the answers under way hold as much memory as they may';
    case 'too-large':
      return `it answered more than ${MAX_ANSWER_BYTES} bytes`;
    case 'error':
      return explainFailure(outcome.error, url, outcome);
    default:
      return outcome satisfies never;
  }
}
