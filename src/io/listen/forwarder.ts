import type { IncomingHttpHeaders } from 'node:http';
import type { Agent, Dispatcher } from 'undici';
import type { ForwardResult } from '../../domain/arrival/arrival.ts';
import type { ListenerNotice } from '../../domain/arrival/notice.ts';
import { judgeAnswer, roundMs } from '../../domain/delivery/delivery.ts';
import { authorizationOf, shownUrl } from '../../domain/delivery/target.ts';
import { explainFailure } from '../deliver/failure-cause.ts';
import { ABSOLUTE_FORM } from './check-head.ts';
import { headersToForward, headersToRelay } from './forward-headers.ts';
import { jsonReply, type Reply } from './reply.ts';

/** Where and how to pass requests on. */
export interface ForwardOptions {
  /** The first one's answer is the one the sender gets. */
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
}

/** What passing on came to. */
export interface Forwarded {
  readonly results: readonly ForwardResult[];
  /** The first target's answer, for the sender. */
  readonly reply: Reply;
}

const DEFAULT_TIMEOUT_MS = 10_000;

/** An answer is held whole before it is given to the sender. */
const MAX_ANSWER_BYTES = 5 * 1024 * 1024;

/** Of the body of an answer that refuses this much is kept with the arrival. */
const KEPT_BODY_BYTES = 2048;

/** Passes requests on to all targets at the same time, as the bytes they are. */
export class Forwarder {
  readonly #targets: readonly URL[];
  readonly #timeoutMs: number;
  readonly #agent: Agent;
  readonly #onNotice: (notice: ListenerNotice) => void;
  readonly #down = new Set<string>();

  private constructor(options: ForwardOptions, agent: Agent, onNotice: (notice: ListenerNotice) => void) {
    this.#targets = options.targets;
    this.#timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
    this.#agent = agent;
    this.#onNotice = onNotice;
  }

  static async create(
    options: ForwardOptions,
    onNotice: (notice: ListenerNotice) => void,
  ): Promise<Forwarder> {
    const { Agent } = await import('undici');
    return new Forwarder(options, new Agent(), onNotice);
  }

  /** Never rejects for what a target does. */
  async forward(request: ForwardedRequest, signal: AbortSignal): Promise<Forwarded> {
    const all = await Promise.all(this.#targets.map((target) => this.#forwardTo(target, request, signal)));
    for (const { result } of all) this.#follow(result);
    const [first] = all;
    return { results: all.map(({ result }) => result), reply: first?.reply ?? jsonReply(200) };
  }

  async close(): Promise<void> {
    await this.#agent.destroy();
  }

  async #forwardTo(
    target: URL,
    request: ForwardedRequest,
    signal: AbortSignal,
  ): Promise<{ readonly result: ForwardResult; readonly reply: Reply }> {
    const url = urlAtTarget(target, request.path);
    const tooSlow = AbortSignal.timeout(this.#timeoutMs);
    const began = performance.now();
    const common = (): { url: string; ms: number } => ({
      url: shownUrl(url),
      ms: roundMs(performance.now() - began),
    });
    try {
      const answer = await this.#agent.request({
        origin: url.origin,
        path: url.pathname + url.search,
        method: request.method as Dispatcher.HttpMethod,
        headers: [...headersToForward(request.rawHeaders, request.connection), ...loginOf(target, request)],
        body: request.body.length > 0 ? request.body : null,
        signal: AbortSignal.any([tooSlow, signal]),
      });
      const body = await readAnswer(answer.body);
      return this.#answered(common(), answer.statusCode, answer.headers, body, request.method);
    } catch (error) {
      const reason = tooSlow.aborted
        ? `${url.host} did not answer within ${this.#timeoutMs / 1000} s`
        : explainFailure(error, url);
      const result = { ...common(), outcome: 'unreachable' as const, reason };
      return { result, reply: jsonReply(tooSlow.aborted ? 504 : 502, reason) };
    }
  }

  #answered(
    common: Pick<ForwardResult, 'url' | 'ms'>,
    httpStatus: number,
    headers: IncomingHttpHeaders,
    body: Buffer | undefined,
    method: string,
  ): { readonly result: ForwardResult; readonly reply: Reply } {
    const { outcome, warning } = judgeAnswer(httpStatus);
    const result = { ...common, outcome, httpStatus, ...(warning !== undefined && { warning }) };
    if (body === undefined) {
      const reason = `it answered more than ${MAX_ANSWER_BYTES} bytes`;
      return { result: { ...result, outcome: 'refused', reason }, reply: jsonReply(502, reason) };
    }
    const kept = outcome === 'refused' ? body.subarray(0, KEPT_BODY_BYTES).toString('utf8') : '';
    const length = method === 'HEAD' ? headers['content-length'] : body.length;
    return {
      result: { ...result, ...(kept !== '' && { responseBody: kept }) },
      reply: {
        httpStatus,
        headers: { ...headersToRelay(headers), ...(length !== undefined && { 'content-length': length }) },
        body,
      },
    };
  }

  #follow({ url, outcome, reason = '' }: ForwardResult): void {
    const { origin } = new URL(url);
    if (outcome === 'unreachable' && !this.#down.has(origin)) {
      this.#down.add(origin);
      this.#onNotice({ code: 'target-down', url: origin, reason });
    } else if (outcome !== 'unreachable' && this.#down.delete(origin)) {
      this.#onNotice({ code: 'target-up', url: origin });
    }
  }
}

/** A user and password in the target's URL, unless the sender has its own. */
function loginOf(target: URL, { rawHeaders }: ForwardedRequest): string[] {
  const authorization = authorizationOf(target);
  const hasOwn = rawHeaders.some((text, at) => at % 2 === 0 && text.toLowerCase() === 'authorization');
  return authorization === undefined || hasOwn ? [] : ['authorization', authorization];
}

/**
 * Where a request goes at a target: the target's path, then the request's own, with its query. A request to
 * `/` goes to exactly the URL of the target.
 */
export function urlAtTarget(target: URL, path: string): URL {
  const [pathname = '', query] = splitOnce(path.replace(ABSOLUTE_FORM, ''), '?');
  const base = target.pathname.replace(/\/$/, '');
  const url = new URL(target);
  url.pathname = pathname === '/' || pathname === '' ? target.pathname : `${base}${pathname}`;
  if (query !== undefined) url.search = target.search === '' ? query : `${target.search}&${query}`;
  url.hash = '';
  return url;
}

function splitOnce(text: string, separator: string): [string, string?] {
  const at = text.indexOf(separator);
  return at === -1 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

/** Undefined where the answer is too large. */
async function readAnswer(body: AsyncIterable<Buffer>): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body) {
    length += chunk.length;
    if (length > MAX_ANSWER_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}
