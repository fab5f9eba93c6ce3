import type { DeliveryFailure } from '../../domain/delivery/delivery.ts';
import { shownUrl } from '../../domain/delivery/target.ts';
import {
  CAUSES,
  type Cause,
  closed,
  closedEarly,
  closedInside,
  notHttp,
  type RequestPhase,
} from './failure-causes.ts';

/** A proxy that requests go through. */
export interface ProxyInUse {
  readonly url: URL;
  /** The environment variable that names it; undefined where it was given otherwise. */
  readonly variable: string | undefined;
}

/** What is known of a request besides the error that ended it. */
export interface FailureContext {
  /** How far it had come. @default 'sent' */
  readonly phase?: RequestPhase;
  /** The status of an answer that had begun. */
  readonly httpStatus?: number | undefined;
  readonly proxy?: ProxyInUse | undefined;
}

/** A proxy to which no connection could be made; the cause says why. */
export class ProxyUnreachable extends Error {
  constructor(cause: Error) {
    super('the proxy cannot be reached', { cause });
  }
}

/** The code of the reason why a request got no complete answer. */
export function failureOf(error: unknown, context: FailureContext = {}): DeliveryFailure {
  if (proxyStatus(error) !== undefined || error instanceof ProxyUnreachable) return 'proxy';
  return causeOf(error, context).failure;
}

/** Puts the reason why a request got no complete answer into a sentence with a next step. */
export function explainFailure(error: unknown, url: URL, context: FailureContext = {}): string {
  const { proxy } = context;
  const status = proxyStatus(error);
  if (status !== undefined) {
    const next = status === '407' ? 'put user and password into its URL, or ' : '';
    return `${named(proxy)} answered ${status}: ${next}${withoutProxy(url, proxy)}`;
  }
  if (error instanceof ProxyUnreachable && proxy !== undefined) {
    const what = causeOf(error.cause, { phase: 'connecting' }).what(proxy.url, error.cause);
    return `${what}, and that is ${named(proxy)}: ${withoutProxy(url, proxy)}`;
  }
  const { failure, what, next } = causeOf(error, context);
  const sentence = `${what(url, error)}${next === undefined ? '' : `: ${next(url)}`}`;
  return proxy === undefined || failure === 'cancelled' ? sentence : `${sentence} (through ${named(proxy)})`;
}

/** A proxy in words, with where it is named. */
function named(proxy: ProxyInUse | undefined): string {
  if (proxy === undefined) return 'the proxy';
  const from = proxy.variable === undefined ? '' : ` that ${proxy.variable} names`;
  return `the proxy ${shownUrl(proxy.url)}${from}`;
}

/** How to do without a proxy. */
export function withoutProxy({ hostname }: URL, proxy: ProxyInUse | undefined): string {
  if (proxy?.variable === undefined) return 'correct it, or leave it out';
  return `correct ${proxy.variable}, or go without it by NO_PROXY=${hostname}`;
}

function causeOf(error: unknown, { phase = 'sent', httpStatus }: FailureContext): Cause {
  if (isBadAnswer(error)) return brokenAnswer(error, httpStatus);
  for (const code of codesOf(error)) {
    const cause = causeOfCode(code, error);
    if (cause === closed) return CLOSED_IN[phase];
    if (cause === notHttp && phase === 'answering') break;
    if (cause !== undefined) return cause;
  }
  if (phase !== 'connecting') return brokenAnswer(error, httpStatus);
  return { failure: 'unknown', what: () => `no answer: ${messageOf(error)}` };
}

/** The same code says less than the moment at which it comes. */
const CLOSED_IN = { connecting: closedEarly, sent: closed, answering: closedInside } as const;

function causeOfCode(code: string, error: unknown): Cause | undefined {
  if (Object.hasOwn(CAUSES, code)) return CAUSES[code];
  if (!code.startsWith('ERR_SSL_')) return undefined;
  return { failure: 'tls', what: ({ host }) => `TLS with ${host} failed: ${messageOf(error)}` };
}

/** An answer that is none by the rules of HTTP, to a request that was received. */
function brokenAnswer(error: unknown, httpStatus: number | undefined): Cause {
  const detail = codesOf(error).map((code) => BROKEN[code])[0] ?? parserReason(error);
  const how = detail === undefined ? '' : ` (${detail})`;
  return {
    failure: 'protocol',
    what: ({ host }) =>
      httpStatus === undefined
        ? `${host} took the request, and its answer breaks the rules of HTTP${how}`
        : `${host} answered ${httpStatus}, ${httpStatus < 200 ? 'which ends no request' : `and then broke the rules of HTTP${how}`}`,
    next: () => 'look at the handler, and at what stands before it',
  };
}

const BROKEN: Readonly<Record<string, string>> = {
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'its Content-Length',
  UND_ERR_HEADERS_OVERFLOW: 'more headers than a client takes',
  ERR_ASSERTION: 'its status',
};

/** Undici closes a connection itself for some answers, and says so in words only. */
function isBadAnswer(error: unknown): boolean {
  return error instanceof Error && /^bad (response|upgrade)$/.test(error.message);
}

/** What the parser says of an answer. */
function parserReason(error: unknown): string | undefined {
  if (isBadAnswer(error)) return 'it changes to another protocol';
  return /\(([\w\s/:.,'-]+)\)$/.exec(messageOf(error))?.[1];
}

/** What a proxy answered that let no request through; undici says it in words only. */
function proxyStatus(error: unknown): string | undefined {
  const message = error instanceof Error ? error.message : '';
  return (
    /^Proxy response \((\d+)\)/.exec(message)?.[1] ??
    /^Proxy Authentication Required \((407)\)/.exec(message)?.[1]
  );
}

/** The codes of an error, of its causes and, for several addresses tried, of each attempt. */
function codesOf(error: unknown): string[] {
  if (!(error instanceof Error)) return [];
  const own = 'code' in error && typeof error.code === 'string' ? [error.code] : [];
  // The error of an AbortSignal has a number for a code.
  if (error.name === 'AbortError') own.push('ABORT_ERR');
  // Undici leaves out the code of its parser's errors: this is the one where HTTP should begin.
  if (error.message.includes('(Expected HTTP/')) own.push('HPE_INVALID_CONSTANT');
  const attempts = error instanceof AggregateError ? error.errors.flatMap(codesOf) : [];
  return [...attempts, ...codesOf(error.cause), ...own];
}

function messageOf(error: unknown): string {
  if (error instanceof Error && error.cause !== undefined) return messageOf(error.cause);
  return error instanceof Error ? error.message : String(error);
}
