import { judgeTransition } from '../lifecycle.ts';
import type { ProviderReading } from '../providers/provider.ts';
import { isMessageStatus, type MessageStatus, STATUS_FACTS } from '../status.ts';
import { type Problem, type ProblemDetails, problem } from './problem.ts';
import { PROVIDER_PATH } from './provider-path.ts';

/** What of one event matters for those after it; small and plain, so that it can be kept and sent. */
export interface SequenceFacts {
  readonly uuid: string;
  readonly status: MessageStatus;
  /** Where it stands, from 1. */
  readonly line: number;
  readonly timeSeconds?: number | undefined;
  readonly gupshupId?: string | undefined;
  readonly whatsappId?: string | undefined;
  readonly destination?: string | undefined;
}

/** The facts of an event; undefined where its uuid or status is not fit to be compared. */
export function sequenceFactsOf(
  payload: { readonly [key: string]: unknown },
  reading: ProviderReading | undefined,
  line: number,
): SequenceFacts | undefined {
  const { uuid, status } = payload;
  if (typeof uuid !== 'string' || !isMessageStatus(status)) return undefined;
  const { timeSeconds, gupshupId, whatsappId, destination } = reading ?? {};
  return { uuid, status, line, timeSeconds, gupshupId, whatsappId, destination };
}

interface Fact<Value> {
  readonly value: Value;
  readonly line: number;
}

interface MessageState {
  readonly statuses: Fact<MessageStatus>[];
  readonly times: Map<number, Fact<number>>;
  gupshupId: Fact<string> | undefined;
  whatsappId: Fact<string> | undefined;
  destination: Fact<string> | undefined;
}

/** Enough for the messages that are under way at one time, in a few tens of megabytes. */
const CAPACITY = 50_000;

/**
 * Checks the events of each message against each other, in the order in which they come. Remembers a bounded
 * number of messages: the one heard of least recently is forgotten first, and then counts as new.
 */
export class SequenceValidator {
  readonly #messages = new Map<string, MessageState>();

  /**
   * What is wrong with an event, given those before it. Paths are those of the event.
   *
   * @param readAgain gives what the event's provider says; asked only where it contradicts an earlier event
   */
  check(facts: SequenceFacts, readAgain: () => ProviderReading | undefined): Problem[] {
    const { uuid } = facts;
    const known = this.#messages.get(uuid);
    if (known === undefined) {
      this.#messages.set(uuid, remember(newState(), facts));
      if (this.#messages.size > CAPACITY) this.#forgetOldest();
      return [];
    }
    // A Map keeps the order of insertion: put back at the end, the first is the one least recently heard of.
    this.#messages.delete(uuid);
    this.#messages.set(uuid, known);
    const problems = [...orderProblems(known, facts), ...factProblems(known, facts, readAgain)];
    remember(known, facts);
    return problems;
  }

  #forgetOldest(): void {
    for (const oldest of this.#messages.keys()) {
      this.#messages.delete(oldest);
      return;
    }
  }
}

function newState(): MessageState {
  return {
    statuses: [],
    times: new Map(),
    gupshupId: undefined,
    whatsappId: undefined,
    destination: undefined,
  };
}

function remember(state: MessageState, facts: SequenceFacts): MessageState {
  const { status, line, timeSeconds, gupshupId, destination } = facts;
  if (state.statuses.every(({ value }) => value !== status)) state.statuses.push({ value: status, line });
  const { rank } = STATUS_FACTS[status];
  if (timeSeconds !== undefined && rank !== null)
    state.times.set(rank, { value: inSeconds(timeSeconds), line });
  if (gupshupId !== undefined) state.gupshupId ??= { value: gupshupId, line };
  const whatsappId = comparableWhatsappId(facts);
  if (whatsappId !== undefined) state.whatsappId ??= { value: whatsappId, line };
  // After a correction the message goes to another number.
  if (status === 'mismatch') state.destination = undefined;
  else if (destination !== undefined) state.destination ??= { value: destination, line };
  return state;
}

function orderProblems({ statuses }: MessageState, { status }: SequenceFacts): Problem[] {
  const path = ['payload', 'status'];
  const lineOf = (wanted: MessageStatus): number => statuses.find(({ value }) => value === wanted)?.line ?? 0;
  const { kind, afterFailed } = judgeTransition(new Set(statuses.map(({ value }) => value)), status);
  if (kind === 'duplicate') {
    return [problem('repeated-status', path, { value: status, before: lineOf(status) })];
  }
  if (kind === 'late') {
    const reached = statuses.reduce((far, { value }) => (rankOf(value) > rankOf(far) ? value : far), status);
    return [problem('late-status', path, { value: status, reached, before: lineOf(reached) })];
  }
  if (!afterFailed) return [];
  return [problem('status-after-failed', path, { value: status, before: lineOf('failed') })];
}

function rankOf(status: MessageStatus): number {
  return STATUS_FACTS[status].rank ?? -1;
}

function factProblems(
  state: MessageState,
  facts: SequenceFacts,
  readAgain: () => ProviderReading | undefined,
): Problem[] {
  const { status, gupshupId, destination } = facts;
  const problems: Problem[] = [];
  const add = (code: ChangeCode, change: Change | undefined, pathOf: PathOf): void => {
    const reading = change && readAgain();
    if (change === undefined || reading === undefined) return;
    problems.push(problem(code, [...PROVIDER_PATH, ...reading.path, ...pathOf(reading)], change));
  };
  add('time-falls', findFallenTime(state, facts), PATHS.time);
  add('id-change', findChange(gupshupId, state.gupshupId), PATHS.gupshupId);
  add('id-change', findChange(comparableWhatsappId(facts), state.whatsappId), PATHS.whatsappId);
  if (status !== 'mismatch') {
    add('destination-change', findChange(destination, state.destination), PATHS.destination);
  }
  return problems;
}

type ChangeCode = 'time-falls' | 'id-change' | 'destination-change';
type Change = ProblemDetails[ChangeCode];
type PathOf = (reading: ProviderReading) => readonly (string | number)[];

/** Where a provider writes a fact, below its object. */
const PATHS = {
  time: ({ provider }) => (provider === 'gupshup' ? ['payload', 'ts'] : ['timestamp']),
  // Without a gsId, Gupshup's own id is the `id` (documented for `enqueued` and failures at once).
  gupshupId: ({ provider, whatsappIdPath }) => {
    if (provider === 'cloud') return ['gs_id'];
    return whatsappIdPath.length > 1 ? ['id'] : ['gsId'];
  },
  whatsappId: ({ whatsappIdPath }) => whatsappIdPath,
  destination: ({ provider }) => [provider === 'gupshup' ? 'destination' : 'recipient_id'],
} as const satisfies Record<string, PathOf>;

/** The id of a later failure may be another one, and that of `deleted` is of another message (both documented). */
function comparableWhatsappId({ status, whatsappId }: SequenceFacts): string | undefined {
  return rankOf(status) === -1 ? undefined : whatsappId;
}

function findChange(value: string | undefined, earlier: Fact<string> | undefined): Change | undefined {
  if (value === undefined || earlier === undefined || value === earlier.value) return undefined;
  return { value, earlier: earlier.value, before: earlier.line };
}

/** A step whose time is before that of a step before it, or after that of a step behind it. */
function findFallenTime({ times }: MessageState, { status, timeSeconds }: SequenceFacts): Change | undefined {
  const rank = rankOf(status);
  if (timeSeconds === undefined || rank === -1) return undefined;
  const time = inSeconds(timeSeconds);
  for (const [otherRank, other] of times) {
    const fallen = otherRank < rank ? other.value > time : otherRank > rank && other.value < time;
    if (fallen) return { value: clock(time), earlier: clock(other.value), before: other.line };
  }
  return undefined;
}

function inSeconds(time: number): number {
  return time > 100_000_000_000 ? Math.floor(time / 1000) : time;
}

function clock(seconds: number): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? String(seconds) : date.toISOString().replace('.000Z', 'Z');
}
