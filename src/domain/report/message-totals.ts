import { notesOnFailure } from '../failure-notes.ts';
import { judgeFailure, knownFailure } from '../failure-of.ts';
import { LogHistogram } from '../log-histogram.ts';
import { MESSAGE_STATUSES, type MessageStatus } from '../status.ts';
import type { FailureFigures, OptOutFigures, PricingFigures, StepFigures } from './capture-report.ts';
import { type MessageRecord, type Outcome, type ReportClock, smaller } from './message-record.ts';
import { noOutcomes, PeriodCounts } from './period-counts.ts';
import type { ReportedFailure } from './report-event.ts';

/** The spans of time that are told. `sent → read` covers messages whose `delivered` never came. */
const STEPS = [
  ['enqueued', 'sent'],
  ['sent', 'delivered'],
  ['delivered', 'read'],
  ['sent', 'read'],
  ['enqueued', 'failed'],
  ['sent', 'failed'],
] as const satisfies readonly (readonly [MessageStatus, MessageStatus])[];

const CLOCKS = ['provider', 'receiver'] as const satisfies readonly ReportClock[];

/** Providers have fewer codes and kinds of pricing than these; beyond are made-up ones. */
const MOST_FAILURES = 1000;
const MOST_PRICINGS = 200;
/** So many recipients who opted out are named. */
const MOST_RECIPIENTS = 10_000;

/** Adds up messages of which nothing more is expected, in bounded memory. */
export class MessageTotals {
  readonly outcomes = noOutcomes();
  readonly late: Partial<Record<MessageStatus, number>> = {};
  readonly periods = new PeriodCounts();
  readonly counts = {
    messages: 0,
    overriddenFailures: 0,
    duplicates: 0,
    withoutTime: 0,
    withoutReceivedAt: 0,
    fallingTimes: 0,
    otherFailures: 0,
    optOuts: 0,
  };
  readonly #failures = new Map<string, FailureFigures & { messages: number; text: string | undefined }>();
  readonly #pricing = new Map<string, { -readonly [K in keyof PricingFigures]: PricingFigures[K] }>();
  readonly #recipients = new Set<string>();
  readonly #histograms = STEPS.map(() => ({ provider: new LogHistogram(), receiver: new LogHistogram() }));

  add(message: MessageRecord): void {
    const { outcome, begins } = message;
    const { counts } = this;
    counts.messages += 1;
    this.outcomes[outcome] += 1;
    counts.duplicates += message.duplicates;
    if (!message.isTimed) counts.withoutReceivedAt += 1;
    if (begins === undefined) counts.withoutTime += 1;
    else this.periods.add(begins, outcome);
    for (const status of message.lateStatuses) this.late[status] = (this.late[status] ?? 0) + 1;
    if (outcome === 'failed') this.#addFailures(message);
    else if (message.has('failed')) counts.overriddenFailures += 1;
    this.#addPricing(message, outcome);
    this.#addSteps(message);
  }

  #addFailures(message: MessageRecord): void {
    let hasOptedOut = false;
    for (const failure of message.failures) {
      const figures = this.#figuresOf(failure);
      if (figures === undefined) this.counts.otherFailures += 1;
      else figures.messages += 1;
      if (figures?.class === 'optOut') hasOptedOut = true;
    }
    if (!hasOptedOut) return;
    this.counts.optOuts += 1;
    const { recipient } = message;
    if (recipient !== undefined && this.#recipients.size < MOST_RECIPIENTS) this.#recipients.add(recipient);
  }

  #figuresOf({ provider, code, text }: ReportedFailure) {
    const key = `${provider} ${code}`;
    const known = this.#failures.get(key);
    if (known !== undefined) {
      known.text = smaller(known.text, text);
      return known;
    }
    if (this.#failures.size >= MOST_FAILURES) return undefined;
    const fact = knownFailure(provider, code);
    const title = fact?.title ?? fact?.details ?? fact?.gupshupReason;
    const advice = fact && notesOnFailure(fact).advice;
    const figures = { provider, code, text, title, ...judgeFailure(fact), advice, messages: 0 };
    this.#failures.set(key, figures);
    return figures;
  }

  #addPricing({ pricing }: MessageRecord, outcome: Outcome): void {
    const { category, type, billable } = pricing ?? {};
    const key = pricing === undefined ? '' : `${category}\t${type}\t${billable}`;
    let figures = this.#pricing.get(key);
    if (figures === undefined) {
      const isFull = this.#pricing.size >= MOST_PRICINGS;
      figures = isFull ? this.#pricing.get(OTHER) : undefined;
      figures ??= { category: isFull ? OTHER : category, type, billable, messages: 0, delivered: 0 };
      this.#pricing.set(isFull ? OTHER : key, figures);
    }
    figures.messages += 1;
    if (outcome === 'delivered' || outcome === 'read') figures.delivered += 1;
  }

  #addSteps(message: MessageRecord): void {
    let falls = false;
    STEPS.forEach(([from, to], index) => {
      const step = message.step(from, to);
      if (step === undefined) return;
      if (step.ms < 0) falls = true;
      else this.#histograms[index]?.[step.clock].add(step.ms);
    });
    if (falls) this.counts.fallingTimes += 1;
  }

  /** The most frequent ones first. */
  failures(): FailureFigures[] {
    return [...this.#failures.values()].sort(
      (a, b) =>
        b.messages - a.messages ||
        (a.code ?? -1) - (b.code ?? -1) ||
        (a.provider ?? '').localeCompare(b.provider ?? ''),
    );
  }

  optOuts(): OptOutFigures {
    return { messages: this.counts.optOuts, recipients: [...this.#recipients].sort() };
  }

  pricing(): PricingFigures[] {
    return [...this.#pricing.entries()]
      .sort(([keyA, a], [keyB, b]) => b.messages - a.messages || (keyA < keyB ? -1 : 1))
      .map(([, figures]) => ({ ...figures }));
  }

  steps(): StepFigures[] {
    return STEPS.flatMap(([from, to], index) =>
      CLOCKS.flatMap((clock) => {
        const histogram = this.#histograms[index]?.[clock];
        if (histogram === undefined || histogram.count === 0) return [];
        // Providers tell whole seconds: up to 100 s the figures are exact then.
        const unit = clock === 'provider' ? 1000 : 1;
        const [p50 = 0, p90 = 0] = [0.5, 0.9].map(
          (share) => Math.round((histogram.percentile(share) ?? 0) / unit) * unit,
        );
        return [{ from, to, clock, messages: histogram.count, p50, p90 }];
      }),
    );
  }

  /** The figures of late events, in the order of the statuses. */
  lateInOrder(): Partial<Record<MessageStatus, number>> {
    return Object.fromEntries(
      MESSAGE_STATUSES.flatMap((status) => {
        const times = this.late[status];
        return times === undefined ? [] : [[status, times]];
      }),
    );
  }
}

const OTHER = 'other';
