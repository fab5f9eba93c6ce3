import type { DeliveryOutcome } from '../delivery/delivery.ts';
import { LogHistogram } from '../log-histogram.ts';
import { RecentMap } from '../recent-map.ts';
import { MESSAGE_STATUSES, type MessageStatus } from '../status.ts';
import {
  type Arrival,
  cameThrough,
  type ForwardResult,
  isAcknowledged,
  isUnverified,
  type Refusal,
} from './arrival.ts';

/** How long messages usually took from one status to the one that came next. */
export interface StepMedian {
  readonly from: MessageStatus;
  readonly to: MessageStatus;
  /** By the time of arrival, right to within 1 %. */
  readonly medianMs: number;
  readonly count: number;
}

/**
 * The figures of all arrivals of a listener. Those that were refused count as arrivals, as refused and as not
 * verified, and in no other figure.
 */
export interface ArrivalSummary {
  readonly arrivals: number;
  /** Status events, well-formed or not. */
  readonly events: number;
  /** Messages that were heard of. */
  readonly messages: number;
  /** How many events came with which status; statuses that did not come are left out. */
  readonly statuses: Readonly<Partial<Record<MessageStatus, number>>>;
  /**
   * How many messages reached which status, duplicates left out: the funnel. With targets, an event counts once the
   * first one has accepted it.
   */
  readonly reached: Readonly<Partial<Record<MessageStatus, number>>>;
  readonly steps: readonly StepMedian[];
  /** Events that came before and were acknowledged. */
  readonly duplicates: number;
  /** Events that were sent again because their last answer was no success. */
  readonly resent: number;
  readonly late: number;
  readonly otherEvents: number;
  readonly connectionChecks: number;
  readonly unreadable: number;
  /** Requests that were turned away: too large, not allowed, not verified, not recorded. */
  readonly refused: number;
  /** How many were turned away for which reason; reasons that did not occur are left out. */
  readonly refusals: Readonly<Partial<Record<Refusal, number>>>;
  /** Arrivals with at least one problem of severity `error`. */
  readonly invalid: number;
  /** Arrivals whose signature was looked at and not verified; checks of the connection without one do not count. */
  readonly notVerified: number;
  /** Arrivals whose sender saw no 2xx, though they were not refused. */
  readonly notAccepted: number;
  /** Arrivals whose answer was changed on purpose. */
  readonly onPurpose: number;
  /** Arrivals that at least one target gave no answer to. */
  readonly notForwarded: number;
  /** What became of the arrivals at each target they were passed on to, in the order of the targets. */
  readonly targets: readonly TargetFigures[];
  /** How often something was answered with which status that was no HTTP request, or one with too much in it. */
  readonly badRequests: Readonly<Record<number, number>>;
}

/** What became of arrivals at one target. */
export type TargetFigures = Readonly<Record<DeliveryOutcome, number>>;

interface Step {
  readonly from: MessageStatus;
  readonly to: MessageStatus;
  readonly histogram: LogHistogram;
  count: number;
}

/** How many events that were not accepted are remembered for certain. */
const REMEMBERED_EVENTS = 10_000;

/** Adds up arrivals in constant memory. */
export class ArrivalTally {
  readonly #counts = {
    arrivals: 0,
    messages: 0,
    duplicates: 0,
    resent: 0,
    late: 0,
    refused: 0,
    invalid: 0,
    notVerified: 0,
    notAccepted: 0,
    onPurpose: 0,
    notForwarded: 0,
  };
  readonly #kinds: Record<Arrival['kind'], number> = {
    status: 0,
    'other-event': 0,
    'connection-check': 0,
    unreadable: 0,
  };
  readonly #refusals = new Map<Refusal, number>();
  readonly #statuses = new Map<MessageStatus, number>();
  readonly #reached = new Map<MessageStatus, number>();
  readonly #steps = new Map<string, Step>();
  /** Events that the first target has not accepted yet. */
  readonly #notAccepted = new RecentMap<string, true>(REMEMBERED_EVENTS);
  readonly #targets: Record<DeliveryOutcome, number>[] = [];
  readonly #badRequests = new Map<number, number>();

  add(arrival: Arrival): void {
    const { kind, problems, onPurpose, forwards, refusal } = arrival;
    const counts = this.#counts;
    counts.arrivals += 1;
    if (isUnverified(arrival)) counts.notVerified += 1;
    if (refusal !== undefined) {
      counts.refused += 1;
      increment(this.#refusals, refusal);
      return;
    }
    this.#kinds[kind] += 1;
    if (problems.some(({ severity }) => severity === 'error')) counts.invalid += 1;
    if (!isAcknowledged(arrival)) counts.notAccepted += 1;
    if (onPurpose !== undefined) counts.onPurpose += 1;
    if (forwards !== undefined) this.#addForwards(forwards);
    if (arrival.status !== undefined) this.#addStatus(arrival, arrival.status);
  }

  /** Takes what was answered without being an arrival: it was no HTTP request, or one with too much in it. */
  addBadRequest(httpStatus: number): void {
    increment(this.#badRequests, httpStatus);
  }

  #addForwards(forwards: readonly ForwardResult[]): void {
    if (forwards.some(({ outcome }) => outcome === 'unreachable')) this.#counts.notForwarded += 1;
    forwards.forEach(({ outcome }, index) => {
      const figures = this.#targets[index] ?? { accepted: 0, refused: 0, unreachable: 0 };
      this.#targets[index] = figures;
      figures[outcome] += 1;
    });
  }

  #addStatus(arrival: Arrival, status: MessageStatus): void {
    const { transition, previousStatus, sincePreviousMs, resentAfter } = arrival;
    increment(this.#statuses, status);
    const change = transition?.kind;
    if (change === 'first') this.#counts.messages += 1;
    if (resentAfter !== undefined) this.#counts.resent += 1;
    else if (change === 'duplicate') this.#counts.duplicates += 1;
    if (this.#reachesAnew(arrival, status)) increment(this.#reached, status);
    if (change === 'late') this.#counts.late += 1;
    const isStep = change === 'next' || change === 'skipped';
    if (!isStep || previousStatus === undefined || sincePreviousMs === undefined) return;
    const step = this.#stepBetween(previousStatus, status);
    step.count += 1;
    step.histogram.add(sincePreviousMs);
  }

  /** Whether a message reaches a status with this event, and did not with an earlier one. */
  #reachesAnew(arrival: Arrival, status: MessageStatus): boolean {
    const isFirst = arrival.transition?.kind !== 'duplicate';
    const hasCome = cameThrough(arrival);
    if (hasCome && this.#notAccepted.size === 0) return isFirst;
    const key = `${status} ${arrival.uuid}`;
    const wasNotAccepted = this.#notAccepted.get(key) === true;
    if (hasCome) this.#notAccepted.delete(key);
    else if (isFirst) this.#notAccepted.put(key, true);
    return hasCome && (isFirst || wasNotAccepted);
  }

  #stepBetween(from: MessageStatus, to: MessageStatus): Step {
    const key = `${from} ${to}`;
    const step = this.#steps.get(key) ?? { from, to, histogram: new LogHistogram(), count: 0 };
    this.#steps.set(key, step);
    return step;
  }

  summary(): ArrivalSummary {
    const order = ({ from, to }: Step): number =>
      MESSAGE_STATUSES.indexOf(from) * MESSAGE_STATUSES.length + MESSAGE_STATUSES.indexOf(to);
    const steps = [...this.#steps.values()].sort((a, b) => order(a) - order(b));
    const { arrivals, messages, ...others } = this.#counts;
    return {
      arrivals,
      events: this.#kinds.status,
      messages,
      statuses: inOrder(this.#statuses),
      reached: inOrder(this.#reached),
      steps: steps.map(({ from, to, histogram, count }) => ({
        from,
        to,
        medianMs: Math.round(histogram.percentile(0.5) ?? 0),
        count,
      })),
      otherEvents: this.#kinds['other-event'],
      connectionChecks: this.#kinds['connection-check'],
      unreadable: this.#kinds.unreadable,
      refusals: Object.fromEntries(this.#refusals),
      targets: this.#targets.map((figures) => ({ ...figures })),
      badRequests: Object.fromEntries(this.#badRequests),
      ...others,
    };
  }
}

function increment<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function inOrder(counts: ReadonlyMap<MessageStatus, number>): Partial<Record<MessageStatus, number>> {
  const entries = MESSAGE_STATUSES.flatMap((status) => {
    const times = counts.get(status);
    return times === undefined ? [] : [[status, times] as const];
  });
  return Object.fromEntries(entries);
}
