import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { failureCodes, findFailure } from '../../src/domain/failures.ts';
import { CONTACT_KINDS, type ContactKind } from '../../src/domain/generate/contact.ts';
import { createEntropy } from '../../src/domain/generate/entropy.ts';
import { COUNTRY_CODES, fictionalCountryOf } from '../../src/domain/generate/fictional-numbers.ts';
import type { GeneratedProvider, MessageOptions } from '../../src/domain/generate/run.ts';
import { SCENARIO_NAMES, SCENARIOS } from '../../src/domain/generate/scenarios.ts';
import { type Story, storyOf, storyOfStatus } from '../../src/domain/generate/story.ts';
import { generateTraffic } from '../../src/domain/generate/traffic.ts';
import { MESSAGE_STATUSES } from '../../src/domain/status.ts';
import { validateEvent } from '../../src/domain/validate/event.ts';
import { numberInWamid, numberInWhatsappId } from './decode-ids.ts';
import { type ReadEvent, readEvent } from './read-event.ts';

const NOW = new Date('2026-01-31T14:03:00.789Z');
const RUNS = { numRuns: 2000 };

const anySeed = fc.integer({ min: 0, max: 0xffff_ffff });
const anyProvider = fc.constantFrom<GeneratedProvider>('gupshup', 'cloud', 'none');
const anyStory = fc.oneof(
  fc.constantFrom(...MESSAGE_STATUSES).map(storyOfStatus),
  fc.constantFrom(...SCENARIO_NAMES).map((name) => storyOf(SCENARIOS[name])),
);
const anyOptions = fc.record({
  provider: anyProvider,
  contact: fc.constantFrom(...(Object.keys(CONTACT_KINDS) as ContactKind[])),
  countries: fc.constantFrom(COUNTRY_CODES, ...COUNTRY_CODES.map((code) => [code] as const)),
  metadata: fc.constantFrom(undefined, { order: '7' }),
});

function generate(
  seed: number,
  story: Story,
  options: MessageOptions = {},
  messages = 1,
  interleave = false,
) {
  const entropy = createEntropy({ seed, now: NOW });
  return [...generateTraffic({ ...options, stories: [story], messages, interleave }, entropy)];
}

function distinct(values: readonly (string | undefined)[]): number {
  return new Set(values.filter((value) => value !== undefined)).size;
}

function numbersInIds({ whatsappId, inboundId, isCloud }: ReadEvent): string[] {
  const ids = [whatsappId, inboundId].filter((id) => id !== undefined);
  return ids.map(isCloud ? numberInWamid : numberInWhatsappId);
}

describe('every generated event', () => {
  it('passes validate with no error and no warning, save the deprecation of "deleted"', () => {
    fc.assert(
      fc.property(anySeed, anyStory, anyOptions, (seed, story, options) => {
        for (const event of generate(seed, story, options)) {
          // As it arrives: undefined members are not on the wire.
          const { problems } = validateEvent(JSON.parse(JSON.stringify(event)));
          const wrong = problems.filter(({ severity }) => severity !== 'note').map(({ code }) => code);
          expect(wrong.filter((code) => code !== 'deprecated-status')).toEqual([]);
        }
      }),
      RUNS,
    );
  });

  it('has only members that JSON can say', () => {
    fc.assert(
      fc.property(anySeed, anyStory, anyOptions, (seed, story, options) => {
        for (const event of generate(seed, story, options)) {
          expect(event).toStrictEqual(JSON.parse(JSON.stringify(event)));
        }
      }),
      { numRuns: 300 },
    );
  });

  it.each(['gupshup', 'cloud'] as const)(
    'says each failure of %s in its shape and passes validate',
    (provider) => {
      for (const failureCode of failureCodes()) {
        const fact = findFailure(provider, failureCode);
        if (fact === undefined) continue;
        const [event] = generate(7, storyOfStatus('failed'), { provider, failureCode });
        const { problems, reading } = validateEvent(event);
        expect(reading?.failure).toEqual({ code: failureCode, reason: fact.reason });
        expect(problems).toEqual([]);
      }
    },
  );
});

describe('the events of one message', () => {
  it('belong together: one uuid, one contact, one number, and ids that follow from each other', () => {
    fc.assert(
      fc.property(anySeed, anyStory, anyOptions, (seed, story, options) => {
        const events = generate(seed, story, options).map(readEvent);
        for (const key of ['uuid', 'contactUuid', 'destination', 'gupshupId', 'whatsappId'] as const) {
          expect(distinct(events.map((event) => event[key]))).toBeLessThanOrEqual(1);
        }
      }),
      RUNS,
    );
  });

  it('have ids that hold the number of the destination', () => {
    fc.assert(
      fc.property(anySeed, anyStory, anyOptions, (seed, story, options) => {
        for (const event of generate(seed, story, options).map(readEvent)) {
          const { destination } = event;
          const numbers = destination === undefined ? [] : numbersInIds(event);
          expect(numbers.filter((number) => number !== destination)).toEqual([]);
        }
      }),
      RUNS,
    );
  });

  it('never go back in time in the order in which they happened', () => {
    fc.assert(
      fc.property(anySeed, fc.constantFrom(...SCENARIO_NAMES), anyProvider, (seed, name, provider) => {
        const story = storyOf(SCENARIOS[name]);
        const arrived = generate(seed, story, { provider });
        const happened = story.arrivals
          .map((step, index) => ({ step, event: arrived[index] }))
          .sort((a, b) => a.step.happened - b.step.happened);
        const times = happened
          .map(({ event }) => readEvent(event).timeSeconds)
          .filter((time) => time !== undefined);
        expect(times).toEqual([...times].sort((a, b) => a - b));
        expect(Math.max(0, ...times)).toBeLessThanOrEqual(NOW.getTime() / 1000);
      }),
      RUNS,
    );
  });

  it('use only numbers that are reserved for fiction', () => {
    fc.assert(
      fc.property(anySeed, fc.constantFrom(...COUNTRY_CODES), (seed, country) => {
        const [event] = generate(seed, storyOfStatus('sent'), { countries: [country] });
        const { destination = '' } = readEvent(event);
        expect(fictionalCountryOf(destination)).toBe(country);
      }),
      RUNS,
    );
  });
});

describe('many messages', () => {
  it('share no id', () => {
    for (const provider of ['gupshup', 'cloud'] as const) {
      const events = generate(7, storyOf(SCENARIOS.read), { provider }, 5000).map(readEvent);
      for (const key of ['uuid', 'contactUuid', 'whatsappId'] as const) {
        expect(distinct(events.map((event) => event[key]))).toBe(5000);
      }
    }
  });

  it('keep their ids whatever else is asked for: each draws for itself', () => {
    const uuids = (options: MessageOptions, story: Story, interleave: boolean): Set<string> =>
      new Set(generate(7, story, options, 200, interleave).map(({ payload }) => payload.uuid));
    const plain = uuids({}, storyOfStatus('sent'), false);
    const others = uuids(
      { provider: 'cloud', contact: 'none', countries: ['IE'] },
      storyOf(SCENARIOS.duplicates),
      true,
    );
    expect(others).toEqual(plain);
  });

  it('differ from seed to seed', () => {
    const uuids = Array.from(
      { length: 3000 },
      (_, seed) => generate(seed, storyOfStatus('sent'))[0]?.payload.uuid,
    );
    expect(new Set(uuids).size).toBe(3000);
  });
});
