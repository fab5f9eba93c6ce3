import { fromPointer } from '../json.ts';
import { judgeTransition } from '../lifecycle.ts';
import type { ProviderName } from '../providers/provider.ts';
import { type MessageStatus, STATUS_FACTS } from '../status.ts';
import { type Problem, problem } from './problem.ts';
import type { ProblemDetails } from './problem-details.ts';
import { PROVIDER_PATH } from './provider-path.ts';
import { type PackedFacts, type SequenceFacts, unpackFacts } from './sequence-facts.ts';
import { digitsOfWrittenNumber } from './written-number.ts';

interface Fact<Value> {
  readonly value: Value;
  readonly line: number;
}

interface MessageState {
  readonly statuses: Fact<MessageStatus>[];
  readonly times: Map<number, Fact<number>>;
  gupshupId: Fact<string> | undefined;
  /** The first id of each form. */
  readonly whatsappIds: Map<IdForm, Fact<string>>;
  destination: Fact<string> | undefined;
  /** The number was corrected: what was known of it and of the id around it holds no longer. */
  isCorrected: boolean;
}

/** Enough for the messages that are under way at one time, in a few tens of megabytes. */
const CAPACITY = 50_000;

/**
 * Checks the events of each message against each other, in the order in which they come. Remembers a bounded
 * number of messages: those not heard of for the longest time are forgotten, and then count as new.
 */
export class SequenceValidator {
  // Two generations: when the young one is full it becomes the old one, and what was old is forgotten. Taking
  // the oldest out of one Map again and again would walk over all the holes it leaves.
  #young = new Map<string, Remembered>();
  #old = new Map<string, Remembered>();

  /** What is wrong with an event, given those before it. Paths are those of the event. */
  check(packed: PackedFacts): readonly Problem[] {
    const uuid = packed.text.slice(0, packed.text.indexOf('\t'));
    const known = this.#young.get(uuid) ?? this.#old.get(uuid);
    if (known === undefined) {
      this.#remember(uuid, packed);
      return NO_PROBLEMS;
    }
    const facts = unpackFacts(packed);
    const state = 'statuses' in known ? known : remember(newState(), unpackFacts(known));
    const problems = [...orderProblems(state, facts), ...factProblems(state, facts)];
    this.#remember(uuid, remember(state, facts));
    return problems;
  }

  #remember(uuid: string, known: Remembered): void {
    this.#young.set(uuid, known);
    if (this.#young.size < CAPACITY / 2) return;
    this.#old = this.#young;
    this.#young = new Map();
  }
}

/** Of most messages of a large capture there is one event: its facts are kept as they came. */
type Remembered = MessageState | PackedFacts;

const NO_PROBLEMS: readonly Problem[] = [];

function newState(): MessageState {
  return {
    statuses: [],
    times: new Map(),
    gupshupId: undefined,
    whatsappIds: new Map(),
    destination: undefined,
    isCorrected: false,
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
  if (whatsappId !== undefined && !state.whatsappIds.has(formOf(whatsappId))) {
    state.whatsappIds.set(formOf(whatsappId), { value: whatsappId, line });
  }
  if (status === 'mismatch') state.isCorrected = true;
  if (destination !== undefined) state.destination ??= { value: destination, line };
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

function factProblems(state: MessageState, facts: SequenceFacts): Problem[] {
  const { status, gupshupId, destination, provider, object = '', hasOwnId } = facts;
  if (provider === undefined) return [];
  const keys = KEYS[provider];
  const problems: Problem[] = [];
  const add = (code: ChangeCode, change: Change | undefined, ...path: readonly string[]): void => {
    if (change === undefined) return;
    problems.push(problem(code, [...PROVIDER_PATH, ...fromPointer(object), ...path], change));
  };
  add('time-falls', findFallenTime(state, facts), ...keys.time);
  // Without a gsId, Gupshup's own id is the `id` (documented for `enqueued` and failures at once).
  add('id-change', findChange(gupshupId, state.gupshupId), hasOwnId ? 'id' : keys.gupshupId);
  // After a correction the message goes to another number, and the number is in the id.
  if (state.isCorrected || status === 'mismatch') return problems;
  const idPath = hasOwnId ? ['payload', 'whatsappMessageId'] : ['id'];
  const whatsappId = comparableWhatsappId(facts);
  add('id-change', findChange(whatsappId, state.whatsappIds.get(formOf(whatsappId))), ...idPath);
  if (bareNumber(destination) !== bareNumber(state.destination?.value)) {
    add('destination-change', findChange(destination, state.destination), keys.destination);
  }
  return problems;
}

type ChangeCode = 'time-falls' | 'id-change' | 'destination-change';
type Change = ProblemDetails[ChangeCode];

/** Where a provider writes a fact, below its object. */
const KEYS = {
  gupshup: { time: ['payload', 'ts'], gupshupId: 'gsId', destination: 'destination' },
  cloud: { time: ['timestamp'], gupshupId: 'gs_id', destination: 'recipient_id' },
} as const satisfies Record<ProviderName, object>;

/** The id of a later failure may be another one, and that of `deleted` is of another message (both documented). */
function comparableWhatsappId({ status, whatsappId }: SequenceFacts): string | undefined {
  return rankOf(status) === -1 ? undefined : whatsappId;
}

/** Providers write the id of a message in several forms (documented); one of another form is no other id. */
type IdForm = 'wamid' | 'old' | 'other';

function formOf(id = ''): IdForm {
  if (id.startsWith('wamid.')) return 'wamid';
  return /^[gA]BE?[\w-]{20,}$/.test(id) ? 'old' : 'other';
}

/** A number without what it is dressed up with, of which it is said elsewhere. */
function bareNumber(text = ''): string {
  return digitsOfWrittenNumber(text) ?? text;
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
