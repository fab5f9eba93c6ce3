import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CaptureReporter } from '../../src/domain/report/capture-reporter.ts';
import { OUTCOMES } from '../../src/domain/report/message-record.ts';
import type { ReportEvent } from '../../src/domain/report/report-event.ts';
import { MESSAGE_STATUSES } from '../../src/domain/status.ts';

const moment = fc.option(
  fc.integer({ min: 0, max: 400_000 }).map((minutes) => Date.UTC(2026, 0) + minutes * 60_000),
  { nil: undefined },
);
const text = fc.constantFrom('a', 'b', undefined);

const events: fc.Arbitrary<ReportEvent[]> = fc.array(
  fc
    .record({
      uuid: fc.constantFrom('1', '2', '3', '4'),
      status: fc.constantFrom(...MESSAGE_STATUSES),
      occurredAt: moment,
      receivedAt: moment.map((each) => each ?? Date.UTC(2026, 5)),
      hasWrongTime: fc.boolean(),
      failure: fc.record({
        provider: fc.constantFrom('gupshup' as const, 'cloud' as const, undefined),
        code: fc.constantFrom(1012, 131_049, undefined),
        text,
      }),
      pricing: fc.option(
        fc.record({ category: text, type: text, billable: fc.constantFrom(true, false, undefined) }),
        { nil: undefined },
      ),
      recipient: text,
    })
    .map((event) => (event.status === 'failed' ? event : { ...event, failure: undefined })),
  { maxLength: 40 },
);

function reportOn(list: readonly ReportEvent[], held = 1000) {
  const reporter = new CaptureReporter(held);
  for (const event of list) reporter.add(event);
  return reporter.finish(undefined);
}

/** Of a message with more reasons than are kept apart, the first ones count. */
const hasFewReasons = (list: readonly ReportEvent[]): boolean =>
  ['1', '2', '3', '4'].every((uuid) => {
    const own = list.filter((event) => event.uuid === uuid && event.failure !== undefined);
    return new Set(own.map(({ failure }) => `${failure?.provider} ${failure?.code}`)).size <= 4;
  });

describe('what a report counts', () => {
  it('does not depend on the order of events that say when they were received', () => {
    fc.assert(
      fc.property(events.filter(hasFewReasons), fc.integer(), (list, seed) => {
        const shuffled = list
          .map((event, index) => ({ event, key: Math.imul(seed ^ index, 0x9e37_79b1) }))
          .sort((a, b) => a.key - b.key)
          .map(({ event }) => event);
        expect(reportOn(shuffled)).toEqual(reportOn(list));
      }),
    );
  });

  it('adds up: every message has one outcome, one pricing and at most one period', () => {
    fc.assert(
      fc.property(events, (list) => {
        const report = reportOn(list);
        const sum = (numbers: readonly number[]): number => numbers.reduce((all, each) => all + each, 0);
        expect(report.events).toBe(list.length);
        expect(report.messages).toBe(new Set(list.map(({ uuid }) => uuid)).size);
        expect(sum(OUTCOMES.map((outcome) => report.outcomes[outcome]))).toBe(report.messages);
        expect(sum(report.pricing.map(({ messages }) => messages))).toBe(report.messages);
        const timed = sum(report.periods.map(({ messages }) => messages));
        expect(timed + report.unknown.withoutTime).toBe(report.messages);
        const pairs = new Set(list.map(({ uuid, status }) => `${uuid} ${status}`)).size;
        expect(report.duplicates).toBe(list.length - pairs);
      }),
    );
  });

  it('says how many messages were forgotten to bound memory, and counts each of them', () => {
    const list = Array.from(
      { length: 5000 },
      (_, index): ReportEvent => ({
        uuid: String(index),
        status: 'sent',
        occurredAt: undefined,
        receivedAt: undefined,
        hasWrongTime: false,
        failure: undefined,
        pricing: undefined,
        recipient: undefined,
      }),
    );
    const { messages, outcomes, unknown } = reportOn(list, 100);
    expect({ messages, sent: outcomes.sent }).toEqual({ messages: 5000, sent: 5000 });
    expect(unknown.forgotten).toBeGreaterThanOrEqual(4800);
    expect(unknown.forgotten).toBeLessThanOrEqual(4900);
  });

  it('is bounded whatever codes, prices and times are made up', () => {
    const list = Array.from(
      { length: 30_000 },
      (_, index): ReportEvent => ({
        uuid: String(index),
        status: 'failed',
        occurredAt: Date.UTC(2010, 0) + index * 3_600_000,
        receivedAt: undefined,
        hasWrongTime: false,
        failure: { provider: 'cloud', code: 1_000_000 + index, text: undefined },
        pricing: { category: `c${index}`, type: undefined, billable: undefined },
        recipient: `r${index}`,
      }),
    );
    const { failures, pricing, periods, unknown, messages } = reportOn(list);
    expect(messages).toBe(30_000);
    expect(failures).toHaveLength(1000);
    expect(unknown.otherFailures).toBe(29_000);
    expect(pricing).toHaveLength(201);
    expect(periods.length).toBeLessThanOrEqual(20_000);
  });
});
