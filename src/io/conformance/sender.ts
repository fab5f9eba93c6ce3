import { setMaxListeners } from 'node:events';
import {
  type ClientRequest,
  Agent as HttpAgent,
  request as httpRequest,
  type RequestOptions,
} from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { rootCertificates } from 'node:tls';
import { gzipSync } from 'node:zlib';
import type { Answer, TestRequest } from '../../domain/conformance/case.ts';
import { judgeStatus } from '../../domain/delivery/delivery.ts';
import { headersToSend, type RequestHeader } from '../../domain/delivery/request-headers.ts';
import { SIGNATURE_HEADER, signBody } from '../../domain/signature.ts';
import { explainFailure } from '../deliver/failure-cause.ts';
import { sleep } from '../deliver/pace.ts';

/** How a target is reached. */
export interface SenderOptions {
  readonly url: URL;
  readonly headers: readonly RequestHeader[];
  readonly secret: string | undefined;
  /** The longest time from the first byte sent to the last byte of the answer. */
  readonly timeoutMs: number;
  /** How long a slow body takes to send. */
  readonly slowBodyMs: number;
  readonly certificates: string | undefined;
  readonly insecure: boolean;
  /** Gives up what is under way. */
  readonly stopped: AbortSignal;
}

/** Of the body of a refused answer this much is kept. */
const EXCERPT_BYTES = 2048;

/** An answer is not read beyond this. */
const MOST_ANSWER_BYTES = 1024 * 1024;

/** Time between two parts of a body: each is on the wire, and read, before the next follows. */
const APART_MS = 50;

/** A request whose last byte waits to be released; `release` sends it and resolves with the answer. */
interface HeldRequest {
  readonly answer: Promise<Answer>;
  /** Resolves when everything but the last byte is on the wire. */
  readonly ready: Promise<void>;
  release(): void;
}

/**
 * Sends the requests of conformance cases with `node:http`, because cases decide when the bytes go out: all but the
 * last byte of several requests first, in two parts, slowly, or without a length. Undici sends a body as a whole.
 */
export class Sender {
  readonly #options: SenderOptions;
  readonly #agent: HttpAgent | HttpsAgent;

  constructor(options: SenderOptions) {
    this.#options = options;
    const { url, certificates, insecure } = options;
    setMaxListeners(0, options.stopped);
    // A connection a request: one that the handler closes while it is idle would look like its failure.
    const common = { keepAlive: false, maxSockets: 64 };
    this.#agent =
      url.protocol === 'https:'
        ? new HttpsAgent({
            ...common,
            rejectUnauthorized: !insecure,
            ...(certificates !== undefined && { ca: [...rootCertificates, certificates] }),
          })
        : new HttpAgent(common);
  }

  /** Sends one request. Never rejects: a failure is part of the answer. */
  send(request: TestRequest): Promise<Answer> {
    const held = this.#hold(request, request.transport);
    held.ready.then(held.release, held.release);
    return held.answer;
  }

  /** Sends requests so that their last bytes go out in one tick of the event loop. */
  async sendTogether(requests: readonly TestRequest[]): Promise<Answer[]> {
    const held = requests.map((request) => this.#hold(request, { splitAt: request.body.length - 1 }));
    await Promise.all(held.map(({ ready }) => ready));
    for (const { release } of held) release();
    return Promise.all(held.map(({ answer }) => answer));
  }

  close(): void {
    this.#agent.destroy();
  }

  #hold(asked: TestRequest, transport: TestRequest['transport']): HeldRequest {
    const { request, body } = this.#open(asked);
    const answer = this.#receive(request);
    const parts = asked.method === 'POST' ? partsOf(body, transport) : [];
    const pauseMs = transport === 'slow' ? this.#options.slowBodyMs / parts.length : APART_MS;
    const ready = writeApart(request, parts.slice(0, -1), pauseMs, this.#options.stopped);
    return { answer, ready, release: () => void request.end(parts.at(-1)) };
  }

  #open({ method, headers, without, signature, body: plain, transport }: TestRequest): {
    readonly request: ClientRequest;
    readonly body: Uint8Array;
  } {
    const { url, secret } = this.#options;
    // A gateway may compress on the way: the signature is over what Callbell sent.
    const isZipped = headers.some(({ name, value }) => name === 'content-encoding' && value === 'gzip');
    const body = isZipped ? gzipSync(plain) : plain;
    const all = headersToSend(url, [...this.#options.headers, ...headers]).filter(
      ({ name }) => !without.includes(name.toLowerCase()) && (method === 'POST' || name !== 'content-type'),
    );
    if (signature !== 'good' && signature !== undefined) all.push(signature);
    if (signature === 'good' && secret !== undefined) {
      all.push({ name: SIGNATURE_HEADER, value: signBody(plain, secret, Math.floor(Date.now() / 1000)) });
    }
    if (method === 'POST' && transport !== 'chunked')
      all.push({ name: 'content-length', value: String(body.length) });
    const options: RequestOptions = {
      method,
      agent: this.#agent,
      headers: { ...headersByName(all), host: url.host },
      signal: this.#options.stopped,
      setHost: false,
    };
    const request = (url.protocol === 'https:' ? httpsRequest : httpRequest)(withoutLogin(url), options);
    request.setNoDelay(true);
    return { request, body };
  }

  #receive(request: ClientRequest): Promise<Answer> {
    const { timeoutMs, url } = this.#options;
    const began = performance.now();
    return new Promise((resolve) => {
      let httpStatus: number | undefined;
      const failed = (error: unknown): void => {
        clearTimeout(timer);
        const failure = explainFailure(error, url, {
          phase: httpStatus === undefined ? 'sent' : 'answering',
          httpStatus,
        });
        resolve({
          httpStatus: undefined,
          isAccepted: false,
          ms: performance.now() - began,
          excerpt: '',
          failure,
        });
      };
      const timer = setTimeout(() => request.destroy(new TooSlow(timeoutMs)), timeoutMs);
      request.on('error', failed);
      request.on('response', (response) => {
        httpStatus = response.statusCode ?? 0;
        const isAccepted = judgeStatus(httpStatus, false).outcome === 'accepted';
        const kept: Buffer[] = [];
        let length = 0;
        response.on('error', failed);
        response.on('data', (chunk: Buffer) => {
          if (length < EXCERPT_BYTES) kept.push(chunk.subarray(0, EXCERPT_BYTES - length));
          length += chunk.length;
          if (length > MOST_ANSWER_BYTES) request.destroy(new Error('the answer does not end'));
        });
        response.on('end', () => {
          clearTimeout(timer);
          const excerpt = isAccepted ? '' : Buffer.concat(kept).toString('utf8');
          resolve({ httpStatus, isAccepted, ms: performance.now() - began, excerpt, failure: undefined });
        });
      });
    });
  }
}

/** The timer of a request ran out. */
class TooSlow extends Error {
  readonly code = 'UND_ERR_HEADERS_TIMEOUT';

  constructor(timeoutMs: number) {
    super(`no complete answer within ${timeoutMs} ms`);
  }
}

/** The login in a URL is sent as a header that may be replaced. */
function withoutLogin(url: URL): URL {
  const bare = new URL(url);
  bare.username = '';
  bare.password = '';
  return bare;
}

function headersByName(headers: readonly RequestHeader[]): Record<string, string> {
  return Object.fromEntries(headers.map(({ name, value }) => [name, value]));
}

/** Cuts a body into the parts that are written one after another; the last one waits for its release. */
function partsOf(body: Uint8Array, transport: TestRequest['transport']): Uint8Array[] {
  if (typeof transport === 'object') return cut(body, [transport.splitAt]);
  // A body that is written at once gets a length from Node.
  const pieces = { plain: 1, chunked: 2, slow: 4 }[transport];
  return cut(
    body,
    Array.from({ length: pieces - 1 }, (_, n) => Math.floor((body.length * (n + 1)) / pieces)),
  );
}

function cut(body: Uint8Array, places: readonly number[]): Uint8Array[] {
  const borders = [0, ...places.filter((place) => place > 0 && place < body.length), body.length];
  return borders.slice(1).map((end, index) => body.subarray(borders[index], end));
}

/** Writes parts so that each arrives on its own; resolves when the last of them is on the wire. */
async function writeApart(
  request: ClientRequest,
  parts: readonly Uint8Array[],
  pauseMs: number,
  stopped: AbortSignal,
): Promise<void> {
  for (const part of parts) {
    await new Promise<void>((resolve) => {
      request.once('error', () => resolve());
      request.write(part, () => resolve());
    });
    await sleep(pauseMs, stopped);
  }
}
