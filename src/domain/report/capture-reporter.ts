import { RecentMap } from '../recent-map.ts';
import type { CaptureReport, UncountedKind } from './capture-report.ts';
import { MessageRecord } from './message-record.ts';
import { MessageTotals } from './message-totals.ts';
import type { Period } from './period-counts.ts';
import type { ReportEvent } from './report-event.ts';

const DAY_MS = 86_400_000;

/**
 * Counts what the events of a capture tell of their messages. Only so many messages are held at a time: those not
 * heard of for the longest time are added to the totals and forgotten.
 */
export class CaptureReporter {
  readonly #totals = new MessageTotals();
  readonly #messages: RecentMap<string, MessageRecord>;
  readonly #uncounted: Record<UncountedKind, number> = {
    otherEvents: 0,
    connectionChecks: 0,
    unidentified: 0,
    unrecognised: 0,
    ownLines: 0,
    logLines: 0,
    skipped: 0,
  };
  #events = 0;
  #forgotten = 0;
  #wrongTimes = 0;
  #from = Number.POSITIVE_INFINITY;
  #to = Number.NEGATIVE_INFINITY;

  /** @param held how many of the messages heard of most recently are held for certain, and up to as many more */
  constructor(held = 100_000) {
    this.#messages = new RecentMap(held, (message) => {
      this.#totals.add(message);
      this.#forgotten += 1;
    });
  }

  add(event: ReportEvent): void {
    this.#events += 1;
    if (event.hasWrongTime) this.#wrongTimes += 1;
    const moment = event.occurredAt ?? event.receivedAt;
    if (moment !== undefined) {
      if (moment < this.#from) this.#from = moment;
      if (moment > this.#to) this.#to = moment;
    }
    const message = this.#messages.get(event.uuid) ?? new MessageRecord();
    message.add(event, this.#events);
    this.#messages.put(event.uuid, message);
  }

  addUncounted(kind: UncountedKind): void {
    this.#uncounted[kind] += 1;
  }

  /** What there is to say of all that was added; nothing can be added after it. */
  finish(period: Period | undefined): CaptureReport {
    for (const [, message] of this.#messages.entries()) this.#totals.add(message);
    const totals = this.#totals;
    const { outcomes, counts, periods } = totals;
    const { read, delivered } = outcomes;
    const hasRange = this.#to >= this.#from;
    return {
      events: this.#events,
      messages: counts.messages,
      range: hasRange ? { from: this.#from, to: this.#to } : undefined,
      outcomes,
      stuckForADay: hasRange ? periods.countBefore(this.#to - DAY_MS, 'sent') : 0,
      reached: { delivered: delivered + read, read },
      overriddenFailures: counts.overriddenFailures,
      duplicates: counts.duplicates,
      late: totals.lateInOrder(),
      failures: totals.failures(),
      optOuts: totals.optOuts(),
      steps: totals.steps(),
      pricing: totals.pricing(),
      ...periods.figures(period),
      uncounted: this.#uncounted,
      unknown: {
        forgotten: this.#forgotten,
        withoutTime: counts.withoutTime,
        withoutReceivedAt: counts.withoutReceivedAt,
        wrongTimes: this.#wrongTimes,
        fallingTimes: counts.fallingTimes,
        otherFailures: counts.otherFailures,
      },
    };
  }
}
