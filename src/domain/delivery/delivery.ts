import { checkOptions, flag, wholeNumber } from '../check-options.ts';
import type { SignatureFault } from '../signature-fault.ts';

/** What became of an event that was sent, as a developer must act on it. */
export type DeliveryOutcome = 'accepted' | 'refused' | 'unreachable';

/** Something that was accepted, but that Callbell may see otherwise. */
export type DeliveryWarning = 'not-200';

interface FailureFacts {
  /** Whether the target got the request, or may have got it. */
  readonly reached: boolean;
  /** Whether the same request may fare better a moment later. */
  readonly passing: boolean;
}

/**
 * Why there was no complete answer. `timeout-*` names the phase that took too long; `closed-connecting` came before
 * the request, `closed` without an answer, `incomplete-answer` in the middle of one; `protocol` is an answer that
 * breaks the rules of HTTP; `cancelled` was ours: a second Ctrl+C.
 */
export const DELIVERY_FAILURES = {
  'connection-refused': { reached: false, passing: true },
  'name-not-found': { reached: false, passing: true },
  'no-route': { reached: false, passing: true },
  'timeout-connect': { reached: false, passing: true },
  'closed-connecting': { reached: false, passing: true },
  certificate: { reached: false, passing: false },
  tls: { reached: false, passing: false },
  proxy: { reached: false, passing: true },
  'timeout-headers': { reached: true, passing: true },
  'timeout-body': { reached: true, passing: true },
  closed: { reached: true, passing: true },
  'incomplete-answer': { reached: true, passing: true },
  'not-http': { reached: true, passing: false },
  protocol: { reached: true, passing: false },
  cancelled: { reached: true, passing: false },
  unknown: { reached: false, passing: true },
} as const satisfies Record<string, FailureFacts>;

/** The code of a delivery's failure. */
export type DeliveryFailure = keyof typeof DELIVERY_FAILURES;

/** One event that we sent, and what came back. */
export interface Delivery {
  /** The 1-based number in its run, in the order of the input. */
  readonly n: number;
  /** Where the event came from, as `file:line`. */
  readonly source: string;
  /** The uuid of the message, where the body has one. */
  readonly uuid?: string;
  readonly status?: string;
  /** Where it went; passwords and tokens in it are masked. */
  readonly url: string;
  readonly outcome: DeliveryOutcome;
  /** The status of the answer; absent when there was none. */
  readonly httpStatus?: number;
  /** From the start of the last attempt to the end of its answer, in milliseconds. */
  readonly ms: number;
  readonly attempts: number;
  readonly warning?: DeliveryWarning;
  /** Why there was no complete answer, for programs. */
  readonly failure?: DeliveryFailure;
  /** Why it was not accepted, with the next step, in a sentence. */
  readonly reason?: string;
  /** The beginning of a refused answer's body, as text; it is not to be trusted. */
  readonly responseBody?: string;
  /** Whether a signature that is bad on purpose was refused, with 401 or 403; absent for a good one, and for none. */
  readonly expected?: boolean;
}

/** Tells whether a delivery came to what it was made for: accepted or, with a bad signature, refused for that. */
export function isSuccess({ outcome, expected }: Pick<Delivery, 'outcome' | 'expected'>): boolean {
  return expected ?? outcome === 'accepted';
}

/**
 * Tells whether an answer refuses a signature. Callbell's page answers 401 (documented), and 403 says the same; another
 * status may have any other reason.
 */
export function refusesSignature(httpStatus: number): boolean {
  return httpStatus === 401 || httpStatus === 403;
}

/** Says what an answer to a bad signature means. */
export function explainBadSignature(
  httpStatus: number,
  outcome: DeliveryOutcome,
  fault: SignatureFault,
): string {
  if (refusesSignature(httpStatus))
    return `answered ${httpStatus}, as it should: the signature is bad (${fault})`;
  return outcome === 'accepted'
    ? `accepted with a bad signature (${fault}): the handler does not check it`
    : `answered ${httpStatus}: a bad signature (${fault}) is refused with 401 or 403`;
}

/** How an answer is judged. */
export interface JudgeOptions {
  /**
   * Count only 200 as accepted, as one of Callbell's pages does.
   * @default false
   */
  readonly strict?: boolean;
}

/**
 * Judges an answer as Callbell would. One of its pages counts only 200 as success, a newer one says that a
 * non-2xx is retried (both documented): another 2xx is accepted with a warning. Redirects are refused.
 *
 * @example
 * ```ts
 * judgeAnswer(200); // { outcome: 'accepted' }
 * judgeAnswer(204, { strict: true }).outcome; // 'refused'
 * ```
 *
 * @throws {CallbellStatusError} `usage` for what is no HTTP status
 */
export function judgeAnswer(httpStatus: number, options: JudgeOptions = {}): Judgement {
  answerStatus(httpStatus, 'httpStatus', 'judgeAnswer');
  checkOptions('judgeAnswer', options, { strict: flag });
  return judgeStatus(httpStatus, options.strict ?? false);
}

const answerStatus = wholeNumber(100, 999);

/** How an answer is judged, and what to warn of. */
export interface Judgement {
  readonly outcome: DeliveryOutcome;
  readonly warning?: DeliveryWarning;
}

/** Judges the status of an answer that came, whatever it is, as {@link judgeAnswer}. */
export function judgeStatus(httpStatus: number, strict: boolean): Judgement {
  if (httpStatus === 200) return { outcome: 'accepted' };
  if (strict || httpStatus < 200 || httpStatus >= 300) return { outcome: 'refused' };
  return { outcome: 'accepted', warning: 'not-200' };
}

/** Says why an answer counts as refused, and what to look at. */
export function refusalReason(httpStatus: number, location: string | undefined): string {
  if (httpStatus >= 300 && httpStatus < 400 && location !== undefined) {
    return `answered ${httpStatus}, a redirect to ${location}: it is not followed, deliver there instead`;
  }
  if (httpStatus >= 200 && httpStatus < 300)
    return `answered ${httpStatus}, and only 200 is a success to be sure of`;
  const next = NEXT_STEPS[httpStatus] ?? (httpStatus >= 500 ? "look at the handler's own log" : undefined);
  return `answered ${httpStatus}${next === undefined ? '' : `: ${next}`}`;
}

const NEXT_STEPS: Readonly<Record<number, string>> = {
  401: 'does it verify signatures, with the same secret?',
  403: 'does it verify signatures, or protect against cross-site requests?',
  404: 'is this the path of the webhook?',
  405: 'does this path take POST?',
  413: 'it takes no body as large as this',
  415: 'it does not take application/json',
  429: 'it asks for fewer at a time: --rate, --retries',
};

/** The event could not be sent, or was not sent any more after the run was ended. */
export type NotSentReason = 'unreadable' | 'interrupted' | 'bailed' | 'stopped';

/** Milliseconds to a hundredth, as they are shown and written. */
export function roundMs(ms: number): number {
  return Math.round(ms * 100) / 100;
}
