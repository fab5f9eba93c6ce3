import type { RequestHeader } from '../delivery/request-headers.ts';
import type { MessageStatus } from '../status.ts';

/** The groups of cases, in the order in which they run: those that may hurt the handler come last. */
export const CASE_GROUPS = [
  'accept',
  'order',
  'repeat',
  'content',
  'transport',
  'signature',
  'life',
] as const;

/** The topic of a case. */
export type CaseGroup = (typeof CASE_GROUPS)[number];

/**
 * `required`: failing it contradicts a document, or loses or doubles data under documented behaviour.
 * `recommended`: failing it will hurt, but no document forbids it.
 */
export type CaseLevel = 'required' | 'recommended';

/**
 * Something a case cannot do without: `state` and `effects` are read by the probe, `secret` signs, `next-secret` is
 * the second secret of a rotation, `app` was started by the command and can be killed.
 */
export type CaseNeed = 'state' | 'effects' | 'secret' | 'next-secret' | 'app';

/** How the bytes of a request go out: `slow` takes seconds, `splitAt` sends two parts with a pause between. */
export type Transport = 'plain' | 'chunked' | 'slow' | { readonly splitAt: number };

/** One request of a case. */
export interface TestRequest {
  /** Shown in the transcript: the status, or what is sent instead. */
  readonly label: string;
  readonly message: TestMessage | undefined;
  /** The status that the model counts for the message if the request is accepted. */
  readonly status: string | undefined;
  readonly method: 'POST' | 'GET' | 'HEAD';
  readonly body: Uint8Array;
  /** Sent besides ours; replace ours of the same name. */
  readonly headers: readonly RequestHeader[];
  /** Ours that are not sent, in lower case. */
  readonly without: readonly string[];
  /** `good` signs where a secret is known; otherwise the header to send, or none. */
  readonly signature: 'good' | RequestHeader | undefined;
  readonly transport: Transport;
}

/** What came back. */
export interface Answer {
  /** Undefined where no complete answer came. */
  readonly httpStatus: number | undefined;
  readonly isAccepted: boolean;
  readonly ms: number;
  /** The beginning of the body of a refused answer. */
  readonly excerpt: string;
  /** Why there was no complete answer, in a sentence. */
  readonly failure: string | undefined;
}

/** A new message of a case, and what the handler accepted of it so far. */
export interface TestMessage {
  readonly uuid: string;
  /** Fictional, digits only; empty where the contact has none. */
  readonly phoneNumber: string;
  /** Statuses whose delivery was accepted. */
  readonly accepted: string[];
  /** Statuses whose delivery was refused or not answered: they may have counted. */
  readonly uncertain: string[];
  /** The event as it is sent for a status; all events of a message share ids, contact and number. */
  event(status: MessageStatus): EventObject;
  /** A request with this event, or the event of this status. */
  request(event: MessageStatus | EventObject, changes?: Partial<TestRequest>): TestRequest;
}

/** An event as plain JSON, to be changed by a case. */
export interface EventObject {
  event: string;
  payload: { uuid: string; status: string; [key: string]: unknown };
  [key: string]: unknown;
}

/** Something that a check wants to be true. */
export interface Expectation {
  /** @default the level of the case */
  readonly level?: CaseLevel;
  readonly expected: string;
  readonly got: string;
}

/** How a signature differs from the right one. */
export interface SigningOptions {
  /** @default the secret of the handler */
  readonly secret?: 'other' | 'next';
  /** Distance of the signed time from now. @default 0 */
  readonly offsetSeconds?: number;
  /** Signs these bytes instead of the body. */
  readonly body?: Uint8Array;
}

/** What a case works with. All input and output is behind it: a case is pure. */
export interface Trial {
  /** How often a race is tried. */
  readonly rounds: number;
  /** Above this an answer is too slow, in milliseconds. */
  readonly budgetMs: number;
  /** Duration of every accepted answer of the run so far, in milliseconds, and its status code. */
  readonly answers: readonly { readonly ms: number; readonly httpStatus: number }[];
  /** Makes a new message; `--create` is called for it unless `isCreated` is false. */
  message(options?: { readonly isCreated?: boolean }): Promise<TestMessage>;
  /**
   * Signs a request here and now, so that it is sent with this signature each time. Leaves it as it is where no secret
   * is known.
   */
  signed(request: TestRequest, options?: SigningOptions): TestRequest;
  /** Sends one request and waits for its answer. */
  send(request: TestRequest): Promise<Answer>;
  /** Sends requests whose last bytes are released in one tick, so that they meet in the handler. */
  sendTogether(requests: readonly TestRequest[]): Promise<Answer[]>;
  /** Sends lanes at the same time, at most `concurrency` of them, each in its order. */
  sendLanes(lanes: readonly (readonly TestRequest[])[], concurrency: number): Promise<Answer[][]>;
  /**
   * Sends lanes like {@link Trial.sendLanes}, kills the app after so many answers, starts it again and waits until it
   * answers. A request that was never sent has no answer.
   */
  sendUntilCrash(
    lanes: readonly (readonly TestRequest[])[],
    concurrency: number,
    answers: number,
  ): Promise<(Answer | undefined)[][]>;
  /** Sends requests in turn, each of which must be accepted. */
  deliver(...requests: readonly TestRequest[]): Promise<Answer[]>;
  /** Checks that answers were accepted. */
  expectAccepted(answers: readonly Answer[], expectation?: { readonly level?: CaseLevel }): void;
  /**
   * Waits for the state that the model allows, and checks that it stays. Does nothing without a probe.
   *
   * @returns how many messages are in a wrong state
   * @param isFinal false where a later check of the same message follows: then its staying is not waited for
   */
  expectEnd(
    messages: readonly TestMessage[],
    options?: { readonly level?: CaseLevel; readonly isFinal?: boolean },
  ): Promise<number>;
  /** Reads how many effects each message had, when they no longer change; undefined where effects are not observed. */
  effects(messages: readonly TestMessage[]): Promise<(number | undefined)[]>;
  /** How many effects one `read` alone has, learned before the cases; undefined where effects are not observed. */
  readonly effectsOfRead: number | undefined;
  check(isTrue: boolean, expectation: Expectation): void;
  /** Says how often a race was run, and how often it was lost. */
  races(run: number, failed: number): void;
}

/** One case: a row of the table. */
export interface ConformanceCase {
  readonly group: CaseGroup;
  readonly level: CaseLevel;
  readonly needs: readonly CaseNeed[];
  /** What a right handler does, in one sentence. */
  readonly title: string;
  /** Why it happens and what it costs. */
  readonly why: string;
  /** What to change in the handler. */
  readonly fix: string;
  /** Documents, and public bugs of the same kind (repository#issue). */
  readonly sources: readonly string[];
  run(trial: Trial): Promise<void>;
}

/** A request and its answer, for the transcript of a case. */
export interface Exchange {
  /** Position in the case, from 1. */
  readonly n: number;
  readonly label: string;
  readonly uuid: string | undefined;
  readonly answer: Answer;
  /** The state that was read after it, and after how many milliseconds. */
  state?: { readonly status: string | undefined; readonly afterMs: number };
}

/** A check that did not hold. */
export interface FailedCheck {
  readonly level: CaseLevel;
  readonly expected: string;
  readonly got: string;
}

/** What a case came to. */
export interface CaseResult {
  readonly id: string;
  readonly group: CaseGroup;
  readonly level: CaseLevel;
  readonly title: string;
  /** `warn`: only recommended checks failed. */
  readonly outcome: 'pass' | 'warn' | 'fail' | 'skip';
  readonly failed: readonly FailedCheck[];
  /** Why a skipped case was skipped. */
  readonly skipped: string | undefined;
  readonly exchanges: readonly Exchange[];
  /** Exchanges that were left out of the transcript. */
  readonly exchangesLeftOut: number;
  readonly rounds: { readonly run: number; readonly failed: number } | undefined;
  readonly ms: number;
}
