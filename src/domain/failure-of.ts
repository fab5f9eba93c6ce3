import type { StatusEvent } from './event.ts';
import { type FailureFact, findFailure } from './failures.ts';
import type { ProviderName } from './providers/provider.ts';
import { readingFor, readProviderPayload } from './providers/providers.ts';

/** Kind of cause of a failure; `optOut` is a recipient who wants no more. */
export type FailureClass = FailureFact['class'];

/** Outlook of a retry: `after` means after a time to wait, `after-fix` after the sender changed something. */
export type FailureRetry = FailureFact['retry'];

/** Extent of a failure: other sends of the same scope fail alike. */
export type FailureScope = FailureFact['scope'];

/** What a failure asks of the sender. */
export interface FailureJudgement {
  /** `unknown` also where the code is not known. */
  readonly class: FailureClass;
  /** Undefined where the code is not known. */
  readonly retry: FailureRetry | undefined;
  /** The least time to wait as an ISO 8601 duration, where `retry` is `after`. */
  readonly retryAfter: string | undefined;
  /** Undefined where the code is not known. */
  readonly scope: FailureScope | undefined;
}

/** Why a message failed, and what that asks of the sender. */
export interface Failure extends FailureJudgement {
  /** The provider whose object says it; undefined where there is none that is known. */
  readonly provider: ProviderName | undefined;
  /** Undefined where the provider gives none. Match on it, not on the text. */
  readonly code: number | undefined;
  /** The text as it came; not to be trusted. */
  readonly text: string | undefined;
}

/**
 * Returns why a message failed; undefined for an event of another status. A code is looked up in the number spaces
 * of its provider: Gupshup hands on codes of Meta and of the former on-premises API.
 *
 * @example
 * ```ts
 * const failure = failureOf(event);
 * if (failure?.class === 'optOut') unsubscribe(event.payload.contact?.uuid);
 * if (failure?.retry === 'after') sendAgain(event, failure.retryAfter); // 'PT24H'
 * ```
 */
export function failureOf(event: StatusEvent): Failure | undefined {
  const { status, messageStatusPayload } = event.payload;
  if (status !== 'failed') return undefined;
  const reading = readingFor(readProviderPayload(messageStatusPayload), status);
  const { code, reason } = reading?.failure ?? {};
  const provider = reading?.provider;
  return { provider, code, text: reason, ...judgeFailure(knownFailure(provider, code)) };
}

/** Returns the row of the failure table for a code of a provider; undefined where it is not known. */
export function knownFailure(
  provider: ProviderName | undefined,
  code: number | undefined,
): FailureFact | undefined {
  return provider === undefined || code === undefined ? undefined : findFailure(provider, code);
}

/** Returns what a row of the failure table asks of the sender. */
export function judgeFailure(fact: FailureFact | undefined): FailureJudgement {
  return {
    class: fact?.class ?? 'unknown',
    retry: fact?.retry,
    retryAfter: fact?.retryAfter,
    scope: fact?.scope,
  };
}
