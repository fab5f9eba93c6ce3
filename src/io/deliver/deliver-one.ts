import type { Dispatcher } from 'undici';
import {
  type Delivery,
  explainBadSignature,
  judgeStatus,
  refusalReason,
  refusesSignature,
  roundMs,
} from '../../domain/delivery/delivery.ts';
import { maskedText, SecretMask, secretsOfHeader, secretsOfUrl } from '../../domain/delivery/mask.ts';
import { headersToSend } from '../../domain/delivery/request-headers.ts';
import { isWorthRetrying, parseRetryAfter, retryWait } from '../../domain/delivery/retry.ts';
import { authorizationOf, shownUrl } from '../../domain/delivery/target.ts';
import { isSecretName } from '../../domain/secret-name.ts';
import { SIGNATURE_HEADER, signBadly, signBody } from '../../domain/signature.ts';
import type { SignatureFault } from '../../domain/signature-fault.ts';
import { isAskedForByProxy } from './connect.ts';
import type { DeliverableEvent, DeliverOptions } from './deliver-options.ts';
import { explainFailure, failureOf, type ProxyInUse, withoutProxy } from './failure-cause.ts';
import { sleep } from './pace.ts';
import { type Attempt, sendOnce } from './send-once.ts';

/** Delivers one event with all its retries. */
export type DeliverOne = (event: DeliverableEvent, n: number) => Promise<Delivery>;

/**
 * Prepares all that is the same for every event of a run.
 *
 * @param stop ends the waiting for retries: a delivery then comes to what its last attempt came to
 */
export function createDeliverOne(
  options: DeliverOptions & { readonly timeoutMs: number },
  dispatcher: Dispatcher,
  stop: AbortSignal,
): DeliverOne {
  const { url, timeoutMs, retry, strict = false, onRetry, now = Date.now, signatureFault } = options;
  const mask = new SecretMask(secretsOf(options));
  const keptBytes = KEPT_CHARACTERS * BYTES_OF_CHARACTER + mask.longestBytes;
  const shown = shownUrl(url);
  const signed = createSigner(options, now);
  const isKept = (httpStatus: number): boolean => judgeStatus(httpStatus, strict).outcome === 'refused';
  const proxy = proxyInUse(options);
  const { origin } = url;
  const path = url.pathname + url.search;
  const request = (body: Uint8Array): Dispatcher.DispatchOptions => {
    return { origin, path, method: 'POST', headers: signed(body), body, headersTimeout: 0, bodyTimeout: 0 };
  };

  const describe = (
    { source, uuid, status }: DeliverableEvent,
    n: number,
    attempts: number,
    attempt: Attempt,
  ) => {
    const delivery: Mutable<Delivery> = {
      n,
      source,
      ...(uuid !== undefined && { uuid }),
      ...(status !== undefined && { status }),
      url: shown,
      outcome: 'unreachable',
      ...(attempt.httpStatus !== undefined && { httpStatus: attempt.httpStatus }),
      ms: roundMs(attempt.ms),
      attempts,
    };
    return judge(delivery, attempt, { url, strict, proxy, signatureFault }, mask);
  };

  return async (event, n) => {
    for (let attempts = 1; ; attempts += 1) {
      const attempt = await sendOnce(dispatcher, request(event.bytes), isKept, { timeoutMs, keptBytes });
      const delivery = describe(event, n, attempts, attempt);
      const isLast = retry === undefined || attempts > retry.retries || !isWorthRetrying(delivery);
      if (isLast || stop.aborted) return delivery;
      const wait = retryWait(retry, attempts, parseRetryAfter(attempt.retryAfter, now()), Math.random());
      const { source, reason = '' } = delivery;
      onRetry?.({ source, retry: attempts, retries: retry.retries, ...wait, reason });
      if (!(await sleep(wait.waitMs, stop))) return delivery;
    }
  };
}

/** Of the body of a refused answer this much is kept. */
const KEPT_CHARACTERS = 2048;
const BYTES_OF_CHARACTER = 4;

/** The beginning of a text, without half a character at its end. */
function beginning(text: string): string {
  return text.slice(0, KEPT_CHARACTERS).replace(/[\ud800-\udbff]$/, '');
}

type Mutable<Shape> = { -readonly [Key in keyof Shape]: Shape[Key] };

interface JudgeContext {
  readonly url: URL;
  readonly strict: boolean;
  readonly proxy: ProxyInUse | undefined;
  readonly signatureFault: SignatureFault | undefined;
}

function judge(
  delivery: Mutable<Delivery>,
  { httpStatus, body, location, error, phase }: Attempt,
  context: JudgeContext,
  mask: SecretMask,
): Delivery {
  const { signatureFault: fault } = context;
  if (fault !== undefined) delivery.expected = false;
  if (error !== undefined || httpStatus === undefined) {
    const known = { phase, httpStatus, proxy: context.proxy };
    delivery.failure = failureOf(error, known);
    // An answer came, and it is none that a sender could count as a success.
    if (delivery.failure === 'protocol') delivery.outcome = 'refused';
    delivery.reason = mask.mask(explainFailure(error, context.url, known));
    return delivery;
  }
  const { outcome, warning } = judgeStatus(httpStatus, context.strict);
  delivery.outcome = outcome;
  if (warning !== undefined) delivery.warning = warning;
  if (fault !== undefined) {
    delivery.expected = refusesSignature(httpStatus);
    delivery.reason = explainBadSignature(httpStatus, outcome, fault);
  }
  if (outcome === 'refused' && delivery.expected !== true) {
    const reason = delivery.reason ?? refusalReason(httpStatus, location && maskedText(location));
    delivery.reason = mask.mask(reason + aboutProxy(context));
    // Masked before it is cut: half a secret at the end is still half of one.
    if (body !== '') delivery.responseBody = beginning(mask.mask(body));
  }
  return delivery;
}

/** A proxy that is asked for the target may have answered itself, with a page of its own. */
function aboutProxy({ url, proxy }: JudgeContext): string {
  if (proxy === undefined || !isAskedForByProxy(url, proxy.url)) return '';
  return ` (through the proxy ${shownUrl(proxy.url)}; if it answered itself: ${withoutProxy(url, proxy)})`;
}

function proxyInUse({ proxy, proxyVariable }: DeliverOptions): ProxyInUse | undefined {
  return proxy === undefined ? undefined : { url: proxy, variable: proxyVariable };
}

/** Gives the headers of a request with that body, as undici takes them: names and values in turn. */
function createSigner(
  { url, headers = [], secret, signatureFault: fault }: DeliverOptions,
  now: () => number,
): (bytes: Uint8Array) => string[] {
  const flat = headersToSend(url, headers).flatMap(({ name, value }) => [name, value]);
  if (secret === undefined) return () => flat;
  return (bytes) => {
    const seconds = Math.floor(now() / 1000);
    const signature =
      fault === undefined ? signBody(bytes, secret, seconds) : signBadly(bytes, secret, seconds, fault);
    return signature === undefined ? flat : [...flat, SIGNATURE_HEADER, signature];
  };
}

/** All that a target could echo and nobody should read in a log. */
function secretsOf({ url, headers = [], secret, proxy }: DeliverOptions): string[] {
  const authorization = authorizationOf(url);
  return [
    ...secretsOfUrl(url),
    ...(authorization === undefined ? [] : [authorization, authorization.replace('Basic ', '')]),
    ...(secret === undefined ? [] : [secret]),
    ...(proxy === undefined ? [] : secretsOfUrl(proxy)),
    ...headers.filter(({ name }) => isSecretName(name)).flatMap(({ value }) => secretsOfHeader(value)),
  ];
}
