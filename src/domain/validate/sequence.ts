import type { ProviderName, ProviderReading } from '../providers/provider.ts';
import { RecentMap } from '../recent-map.ts';
import { MESSAGE_STATUSES, type MessageStatus } from '../status.ts';
import {
  comparableProvider,
  comparableWhatsappId,
  formOf,
  inSeconds,
  isKnown,
  isShort,
  lineOf,
  type MessageEvent,
  type MessageState,
  newState,
  rankOf,
  remember,
  type TextFact,
} from './message-state.ts';
import { type Problem, problem } from './problem.ts';
import type { ProblemDetails } from './problem-details.ts';
import { PROVIDER_PATH } from './provider-path.ts';
import { TIME_PATHS } from './provider-time.ts';
import { SharedIds } from './shared-ids.ts';
import { digitsOfWrittenNumber } from './written-number.ts';

/** Messages remembered for certain. Enough for those under way at one time, in a few tens of megabytes. */
const CAPACITY = 25_000;

/**
 * Compares the events of each message in the order in which they come. Remembers a bounded number of messages:
 * one that was not heard of for long is forgotten, and then counts as new.
 */
export class SequenceValidator {
  readonly #messages = new RecentMap<string, MessageState>(CAPACITY);
  readonly #ids = new SharedIds(2 * CAPACITY);

  /** Checks an event against those before it. Paths are those of the event; `line` is where it stands, from 1. */
  check(event: MessageEvent, line: number): readonly Problem[] {
    const known = this.#messages.touch(event.uuid);
    const state = known ?? newState();
    if (known === undefined) this.#messages.put(event.uuid, state);
    const problems = known === undefined ? NO_PROBLEMS : compare(known, event);
    const shared = this.#ids.check(event, line, state);
    remember(state, event, line);
    return shared.length === 0 ? problems : [...problems, ...shared];
  }
}

const NO_PROBLEMS: readonly Problem[] = [];

function compare(state: MessageState, event: MessageEvent): readonly Problem[] {
  const { status, reading } = event;
  const problems: Problem[] = [];
  addOrderProblem(problems, state, status);
  addPayloadProblems(problems, state, event);
  if (reading !== undefined) addFactProblems(problems, state, status, reading);
  return problems;
}

function addOrderProblem(problems: Problem[], state: MessageState, status: MessageStatus): void {
  const path = ['payload', 'status'];
  const { kind, afterFailed } = state.seen.step(status).transition;
  if (kind === 'duplicate') {
    problems.push(problem('repeated-status', path, { value: status, before: lineOf(state, status) }));
  } else if (kind === 'late') {
    const furthest = MESSAGE_STATUSES.reduce(
      (far, each) => (lineOf(state, each) > 0 && rankOf(each) > rankOf(far) ? each : far),
      status,
    );
    // No step is further on: it is late after a failure.
    const reached = furthest === status ? 'failed' : furthest;
    const details = { value: status, reached, before: lineOf(state, reached) };
    problems.push(problem('late-status', path, details));
  } else if (afterFailed) {
    const details = { value: status, before: lineOf(state, 'failed') };
    problems.push(problem('status-after-failed', path, details));
  }
}

/** Adds what differs in the payload outside of the provider's object. */
function addPayloadProblems(
  problems: Problem[],
  state: MessageState,
  { status, contactUuid, contactNumber, metadata }: MessageEvent,
): void {
  const contact = findChange(contactUuid, state.contactUuid);
  if (contact !== undefined)
    problems.push(problem('contact-change', ['payload', 'contact', 'uuid'], contact));
  // Another contact has another number, and a mismatch says that the number changed.
  const mayChange = contact !== undefined || status === 'mismatch' || lineOf(state, 'mismatch') > 0;
  const number = mayChange ? undefined : findChange(contactNumber, state.contactNumber);
  if (number !== undefined) {
    problems.push(problem('contact-number-change', ['payload', 'contact', 'phoneNumber'], number));
  }
  const pairs = findChange(metadata, state.metadata);
  if (pairs !== undefined) {
    problems.push(problem('metadata-change', ['payload', 'metadata'], { before: pairs.before }));
  }
}

function addFactProblems(
  problems: Problem[],
  state: MessageState,
  status: MessageStatus,
  reading: ProviderReading,
): void {
  const { gupshupId, destination, provider, path, whatsappIdPath } = reading;
  const keys = KEYS[provider];
  // At Gupshup, `id` is then Gupshup's own id, and not the one of WhatsApp.
  const hasOwnId = whatsappIdPath.length > 1;
  const add = (code: ChangeCode, change: Change | undefined, at: ProviderReading['path']): void => {
    if (change !== undefined) problems.push(problem(code, [...PROVIDER_PATH, ...path, ...at], change));
  };
  add('provider-change', findChange(comparableProvider(status, reading), state.provider), NO_PATH);
  add('time-falls', findFallenTime(state, status, reading), TIME_PATHS[provider]);
  // Without a gsId, Gupshup's own id is the `id` (documented for `enqueued` and failures at once).
  add('id-change', findChange(gupshupId, state.gupshupId), hasOwnId ? ID_PATH : keys.gupshupId);
  // After a correction the message goes to another number, and the number is in the id.
  if (status === 'mismatch' || lineOf(state, 'mismatch') > 0) return;
  const whatsappId = comparableWhatsappId(status, reading);
  add('id-change', findChange(whatsappId, state.whatsappIds[formOf(whatsappId)]), whatsappIdPath);
  const isSame = destination === state.destination?.value;
  if (!isSame && bareNumber(destination) !== bareNumber(state.destination?.value)) {
    add('destination-change', findChange(destination, state.destination), keys.destination);
  }
}

type ChangeCode = 'time-falls' | 'id-change' | 'destination-change' | 'provider-change';
type Change = ProblemDetails[ChangeCode];

/** Where a provider writes a fact, below its object. */
const KEYS = {
  gupshup: { gupshupId: ['gsId'], destination: ['destination'] },
  cloud: { gupshupId: ['gs_id'], destination: ['recipient_id'] },
} as const satisfies Record<ProviderName, object>;
const NO_PATH = [] as const;
const ID_PATH = ['id'] as const;

/** A number without what it is dressed up with, of which it is said elsewhere. */
function bareNumber(text = ''): string {
  return digitsOfWrittenNumber(text) ?? text;
}

function findChange(value: string | undefined, earlier: TextFact): Change | undefined {
  if (!value || earlier === undefined || !isShort(value)) return undefined;
  if (isKnown(earlier, value)) return undefined;
  return { value, earlier: earlier.value, before: earlier.line };
}

/** A step whose time is before that of a step before it, or after that of a step behind it. */
function findFallenTime(
  { times, timeLines }: MessageState,
  status: MessageStatus,
  { timeSeconds }: ProviderReading,
): Change | undefined {
  const rank = rankOf(status);
  if (timeSeconds === undefined || rank === -1) return undefined;
  const time = inSeconds(timeSeconds);
  const other = times.findIndex((each, index) => (index < rank ? each > time : index > rank && each < time));
  if (other === -1) return undefined;
  return { value: clock(time), earlier: clock(times[other] ?? time), before: timeLines[other] ?? 0 };
}

function clock(seconds: number): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? String(seconds) : date.toISOString().replace('.000Z', 'Z');
}
