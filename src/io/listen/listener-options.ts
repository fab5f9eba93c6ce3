import { ARRIVAL_KINDS, FAULTS } from '../../domain/arrival/arrival.ts';
import type { ListenerNotice } from '../../domain/arrival/notice.ts';
import { REFUSAL_ANSWERS } from '../../domain/arrival/refusal.ts';
import type { ReplyPlanOptions } from '../../domain/arrival/reply.ts';
import type { SignatureCheck } from '../../domain/arrival/signature.ts';
import {
  callback,
  flag,
  is,
  listOf,
  milliseconds,
  numberFrom,
  type OptionChecks,
  oneOf,
  optionsOf,
  required,
  secretText,
  webUrl,
  wholeNumber,
  words,
} from '../../domain/check-options.ts';
import { isCallbell } from '../../domain/delivery/target.ts';
import { MESSAGE_STATUSES, type MessageStatus } from '../../domain/status.ts';
import { CallbellStatusError } from '../../errors.ts';
import type { ArrivalCriteria, WaitOptions } from './arrival-log.ts';
import type { ForwardOptions } from './forwarder.ts';
import { SHORTEST_REDACTION_KEY } from './redaction-key.ts';
import type { RecordOptions } from './request-recorder.ts';
import type { ServerTimeouts } from './server-limits.ts';

/** How to listen. */
export interface ListenerOptions {
  /**
   * 0 picks a free one.
   * @default 0
   */
  readonly port?: number;
  /**
   * The address to listen on. Another than this machine's own lets everybody in who can reach it.
   * @default '127.0.0.1'
   */
  readonly host?: string;
  /** Names besides this machine's own that a `Host` header may have, a tunnel's for example. */
  readonly allowHosts?: readonly string[];
  /**
   * Larger bodies are answered 413; counted as sent and as unpacked.
   * @default 1048576
   */
  readonly maxBodyBytes?: number;
  /** Verifies signatures with this secret. */
  readonly signature?: SignatureCheck;
  /**
   * Answers 401 to what is not verified. A check of the connection, which has no event, is answered as usual and
   * not passed on.
   * @default false
   */
  readonly requireSignature?: boolean;
  /** Writes each request to a file before it is answered. */
  readonly record?: RecordOptions;
  /** Passes each request on, and gives the sender the first target's answer. */
  readonly forward?: ForwardOptions;
  /** Answers otherwise than with an immediate 200. */
  readonly reply?: ReplyPlanOptions;
  /** For what is random about the answers. */
  readonly seed?: number;
  readonly timeouts?: ServerTimeouts;
  /**
   * Called with what is not an arrival: a capture that cannot be written, a target that went away. An error that it
   * throws makes `waitFor` and `close` reject.
   */
  readonly onNotice?: (notice: ListenerNotice) => void;
}

/** What each option of `startListener` takes. */
export const LISTENER_CHECKS: OptionChecks<ListenerOptions> = {
  port: wholeNumber(0, 65_535),
  host: words,
  allowHosts: listOf(words),
  maxBodyBytes: wholeNumber(1),
  signature: optionsOf<SignatureCheck>({ secret: required(secretText), toleranceSeconds: numberFrom(0) }),
  requireSignature: flag,
  record: optionsOf<RecordOptions>({
    file: required(words),
    sync: flag,
    redact: is((value) => typeof value === 'boolean' || value === 'keep-tags', "true, false or 'keep-tags'"),
    redactionKey,
  }),
  forward: optionsOf<ForwardOptions>({
    targets: required(listOf(forwardTarget)),
    timeoutMs: milliseconds(1),
  }),
  reply: optionsOf<ReplyPlanOptions>({
    inTurn: listOf(wholeNumber(200, 599), 1),
    byStatus: optionsOf<Record<MessageStatus, number>>({
      enqueued: wholeNumber(200, 599),
      sent: wholeNumber(200, 599),
      delivered: wholeNumber(200, 599),
      read: wholeNumber(200, 599),
      failed: wholeNumber(200, 599),
      mismatch: wholeNumber(200, 599),
      deleted: wholeNumber(200, 599),
    }),
    delayMs: milliseconds(),
    jitterMs: milliseconds(),
    faults: listOf(oneOf(FAULTS)),
    faultRate: numberFrom(0, 1),
  }),
  seed: wholeNumber(0),
  timeouts: optionsOf<ServerTimeouts>({ headersMs: milliseconds(1), requestMs: milliseconds(1) }),
  onNotice: callback,
};

/** A secret: what is there instead of one is not repeated. */
function redactionKey(value: unknown, name: string, whose: string): void {
  secretText(value, name, whose);
  if (String(value).length >= SHORTEST_REDACTION_KEY) return;
  throw new CallbellStatusError(
    'usage',
    `${whose}: "${name}" has less than ${SHORTEST_REDACTION_KEY} characters`,
  );
}

function forwardTarget(value: unknown, name: string, whose: string): void {
  webUrl(value, name, whose);
  isNotCallbell(value, name, whose);
}

const isNotCallbell = is(
  (value) => !(value instanceof URL && isCallbell(value)),
  'the URL of your own handler: events are never sent to Callbell',
);

/** What each part of what `waitFor` waits for takes. */
export const CRITERIA_CHECKS: OptionChecks<ArrivalCriteria> = {
  status: oneOf(MESSAGE_STATUSES),
  uuid: words,
  kind: oneOf(ARRIVAL_KINDS),
  refusal: oneOf([...Object.keys(REFUSAL_ANSWERS), 'any']),
};

/** What each option of `waitFor` takes. */
export const WAIT_CHECKS: OptionChecks<WaitOptions> = { timeout: milliseconds() };
