import { Agent, type Dispatcher, request } from 'undici';
import { type Delivery, judgeAnswer, roundMs } from '../../domain/delivery.ts';
import { VERSION } from '../../version.ts';
import { explainFailure } from './failure-cause.ts';

/** An event to deliver: its bytes as they go out, and what is known of it. */
export interface DeliverableEvent {
  readonly bytes: Uint8Array;
  /** Where it came from, as `file:line`. */
  readonly source: string;
  readonly uuid?: string;
  readonly status?: string;
}

/** How to deliver. */
export interface DeliverOptions {
  readonly url: URL;
  /**
   * How long connecting, waiting for the answer's headers and each wait for more of its body may take, each,
   * in milliseconds.
   * @default 10000
   */
  readonly timeoutMs?: number;
}

const DEFAULT_TIMEOUT_MS = 10_000;

/** Of a refused answer's body this many bytes are read and kept; of an accepted one's, nothing is kept. */
const RESPONSE_BODY_BYTES = 2048;

/**
 * Delivers events one after another, each as the bytes it is, and gives a {@link Delivery} for every one: an
 * answer that refuses or a target that cannot be reached is a value, not an exception. Redirects are not
 * followed. On abort it ends after the delivery under way.
 */
export async function* deliverAll(
  events: AsyncIterable<DeliverableEvent> | Iterable<DeliverableEvent>,
  options: DeliverOptions & { readonly signal?: AbortSignal },
): AsyncGenerator<Delivery> {
  const { timeoutMs = DEFAULT_TIMEOUT_MS, signal } = options;
  const dispatcher = new Agent({
    connect: { timeout: timeoutMs },
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
  });
  try {
    let n = 0;
    for await (const event of events) {
      if (signal?.aborted) return;
      n += 1;
      yield await deliverOne(event, n, options, dispatcher);
    }
  } finally {
    await dispatcher.destroy();
  }
}

/** Delivers one event. Never rejects for what the target does. */
export async function deliver(event: DeliverableEvent, options: DeliverOptions): Promise<Delivery> {
  for await (const delivery of deliverAll([event], options)) return delivery;
  throw new Error('one event gives one delivery');
}

async function deliverOne(
  event: DeliverableEvent,
  n: number,
  { url }: DeliverOptions,
  dispatcher: Dispatcher,
): Promise<Delivery> {
  const { bytes, source, uuid, status } = event;
  const began = performance.now();
  const common = {
    n,
    source,
    ...(uuid !== undefined && { uuid }),
    ...(status !== undefined && { status }),
    url: url.href,
    attempts: 1,
  };
  try {
    const answer = await request(url, {
      method: 'POST',
      dispatcher,
      headers: { 'content-type': 'application/json', 'user-agent': `callbell-status/${VERSION}` },
      body: bytes,
    });
    const responseBody = await readBeginning(answer.body);
    const { outcome, warning } = judgeAnswer(answer.statusCode);
    return {
      ...common,
      outcome,
      httpStatus: answer.statusCode,
      ms: roundMs(performance.now() - began),
      ...(warning !== undefined && { warning }),
      ...(outcome === 'refused' && {
        reason: refusalReason(answer.statusCode, answer.headers.location),
        ...(responseBody !== '' && { responseBody }),
      }),
    };
  } catch (error) {
    const reason = explainFailure(error, url);
    return { ...common, outcome: 'unreachable', ms: roundMs(performance.now() - began), reason };
  }
}

function refusalReason(httpStatus: number, location: string | string[] | undefined): string {
  if (httpStatus >= 300 && httpStatus < 400 && location !== undefined) {
    return `answered ${httpStatus}, a redirect to ${String(location)}: Callbell's webhook URL must be the final one`;
  }
  return `answered ${httpStatus}`;
}

/** Reads the beginning of an answer's body and drops the rest, however long it is. */
async function readBeginning(body: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= RESPONSE_BODY_BYTES) break;
  }
  return Buffer.concat(chunks).subarray(0, RESPONSE_BODY_BYTES).toString('utf8');
}
