import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StatusEvent } from '../../src/domain/event.ts';
import { CONTACT_KINDS, type ContactKind } from '../../src/domain/generate/contact.ts';
import { createEntropy } from '../../src/domain/generate/entropy.ts';
import { COUNTRY_CODES } from '../../src/domain/generate/fictional-numbers.ts';
import type { GeneratedProvider } from '../../src/domain/generate/run.ts';
import { SCENARIO_NAMES, SCENARIOS } from '../../src/domain/generate/scenarios.ts';
import { storyOf, storyOfStatus } from '../../src/domain/generate/story.ts';
import { generateTraffic } from '../../src/domain/generate/traffic.ts';
import { Redactor } from '../../src/domain/redaction/redactor.ts';
import { WITHHELD } from '../../src/domain/redaction/withheld.ts';
import { MESSAGE_STATUSES } from '../../src/domain/status.ts';
import { validateEvent } from '../../src/domain/validate/event.ts';
import { readWhatsappId } from '../../src/domain/whatsapp-id.ts';

const anySeed = fc.integer({ min: 0, max: 0xffff_ffff });
const anyStory = fc.oneof(
  fc.constantFrom(...MESSAGE_STATUSES).map((status) => storyOfStatus(status)),
  fc.constantFrom(...SCENARIO_NAMES).map((name) => storyOf(SCENARIOS[name])),
);
// The masks are American numbers: those of America could not be told from them.
const anyCountry = fc.constantFrom(...COUNTRY_CODES.filter((code) => code !== 'US' && code !== 'CA'));
const anyOptions = fc.record({
  provider: fc.constantFrom<GeneratedProvider>('gupshup', 'cloud', 'none'),
  contact: fc.constantFrom(...(Object.keys(CONTACT_KINDS) as ContactKind[])),
  countries: anyCountry.map((code) => [code] as const),
  metadata: fc.constantFrom(undefined, { customer: 'Anna', mail: 'anna@shop.example' }),
});

const redactor = new Redactor({ key: 'a key for these tests', keepTags: false });
const receivedAt = '2026-01-31T14:03:00.000Z';
const bodyOf = (text: string): string =>
  redactor.redactRequest({ receivedAt, path: '/', headers: {}, text }).body;

describe('readWhatsappId', () => {
  it.each([
    ['gBEGRHcAkAEDAgnZxQ3JmKK6Wvg', '447700900103'],
    ['wamid.HBgMNDQ3NzAwOTAwMTIzFQIAERgSOUFFOTEyMDk1OEFGQzgwMTMxAA==', '447700900123'],
  ])('finds the number in %s', (id, number) => {
    expect(readWhatsappId(id)?.number).toBe(number);
    expect(readWhatsappId(id)?.withNumber(number)).toBe(id);
  });

  it.each([
    ['gBEGRHcAkAEDAgnZxQ3JmKK6Wvg', '12015550123'],
    ['wamid.HBgMNDQ3NzAwOTAwMTIzFQIAERgSOUFFOTEyMDk1OEFGQzgwMTMxAA==', '12015550123'],
  ])('puts a number of another length into %s', (id, number) => {
    const masked = readWhatsappId(id)?.withNumber(number) ?? '';
    expect(readWhatsappId(masked)?.number).toBe(number);
  });

  it.each(['', 'wamid.', 'gBEG', 'a text', '87dafc75-50e6-4f29-ab8c-a6c48506de72'])(
    'knows that %j is none',
    (text) => {
      expect(readWhatsappId(text)).toBeUndefined();
    },
  );
});

describe('Redactor', () => {
  it('leaves no trace of a person in any event, and no problem that was not there before', () => {
    fc.assert(
      fc.property(anySeed, anyStory, anyOptions, (seed, story, options) => {
        const entropy = createEntropy({ seed, now: new Date('2026-01-31T14:03:00Z') });
        // Only the numbers of some countries are corrected.
        const countries = story.isCorrected ? undefined : options.countries;
        const asked = { ...options, countries, stories: [story], messages: 1 } as const;
        for (const event of generateTraffic(asked, entropy)) {
          const redacted: unknown = JSON.parse(bodyOf(JSON.stringify(event)));
          expect(problemsOf(redacted)).toEqual(problemsOf(event));
          const said = textsIn(redacted);
          for (const trace of personsIn(event))
            expect(said.filter((text) => text.includes(trace))).toEqual([]);
        }
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['an address', { assignedUser: 'anna@shop.example' }],
    ['a BSUID', { bsuid: 'GB.AnnaB5uid' }],
    ['a BSUID of a company', { bsuid: 'GB.ENT.AnnaB5uid' }],
    ['a URL', { avatarUrl: 'https://pictures.example/Anna.png' }],
    ['a number', { phoneNumber: '447700900103' }],
    ['a number that is no whole one', { phoneNumber: '4477' }],
    ['a link that does not lead to Callbell', { href: 'https://shop.example/Anna' }],
  ])('stays %s', (_name, contact) => {
    const event = {
      event: 'message_status_updated',
      payload: { uuid: 'a'.repeat(32), status: 'read', contact },
    };
    const redacted = bodyOf(JSON.stringify(event));
    for (const value of Object.values(contact)) expect(redacted).not.toContain(value);
    expect(problemsOf(JSON.parse(redacted))).toEqual(problemsOf(event));
  });

  it.each([
    ['447700900103', '447700900103'],
    ['447700900103', '+44 7700 900103'],
    // Callbell's own example: the number of the destination is not a whole one.
    ['4477009001', '4477009001'],
    ['44770090XXXX', '44770090XXXX'],
    ['00447700900103', '447700900103'],
  ])('makes no new problem of a number written %s and %s', (destination, phone) => {
    const inner = { code: 1002, reason: 'x', wa_id: '447700900104', phone };
    const raw = { type: 'failed', id: 'gBEGRHcAkAEDAgnZxQ3JmKK6Wvg', destination, payload: inner };
    const payload = { uuid: 'a'.repeat(32), status: 'failed', messageStatusPayload: raw };
    const event = { event: 'message_status_updated', payload };
    expect(problemsOf(JSON.parse(bodyOf(JSON.stringify(event))))).toEqual(problemsOf(event));
  });

  it('gives different numbers different masks', () => {
    const numbers = Array.from({ length: 5000 }, (_, n) => `44770090${String(n).padStart(4, '0')}`);
    const masked = JSON.parse(bodyOf(JSON.stringify({ members: numbers.map((phone) => ({ phone })) }))) as {
      members: { phone: string }[];
    };
    expect(new Set(masked.members.map(({ phone }) => phone)).size).toBe(numbers.length);
  });

  it.each([
    ['a member that nobody knows', { payload: { newField: 'Anna' } }],
    ['the object of an unknown provider', { payload: { messageStatusPayload: { who: { called: 'Anna' } } } }],
    ['JSON inside a note', { payload: { contact: { note: '{"who":"Anna"}' } } }],
    ['JSON inside metadata', { payload: { metadata: { a: '[["Anna"]]' } } }],
    ['texts in lists of lists', [['Anna']]],
    [
      'an id of Meta that cannot be read',
      { id: `wamid.${Buffer.from('Anna447700900103').toString('base64')}` },
    ],
  ])('keeps nothing of %s', (_name, body) => {
    const said = textsIn(JSON.parse(bodyOf(JSON.stringify(body)))).join();
    expect(said).not.toContain('Anna');
    expect(said).not.toContain('447700900103');
  });

  it.each([
    ['spaces', `${' '.repeat(300_000)}x`],
    ['digits', `${'1'.repeat(300_000)}x`],
    ['dots', `${'a.'.repeat(150_000)}@`],
  ])('does not take long for a number made of %s', (_name, phone) => {
    expect(
      bodyOf(JSON.stringify({ phone, reason: phone, messageStatusPayload: { reason: phone } })),
    ).not.toBe('');
  });

  it('makes the same number of the same number, wherever it stands', () => {
    const id = 'gBEGRHcAkAEDAgnZxQ3JmKK6Wvg';
    const event = {
      contact: { phoneNumber: '+44 7700 900103', note: 'x' },
      messageStatusPayload: {
        destination: '447700900103',
        id,
        payload: { reason: '07700 900 103', code: 1002 },
      },
    };
    const masked = JSON.parse(bodyOf(JSON.stringify(event))) as typeof event;
    const number = masked.messageStatusPayload.destination;
    expect(number).toMatch(/^10\d{9}$/);
    expect(masked.contact.phoneNumber).toBe(`+${number}`);
    expect(readWhatsappId(masked.messageStatusPayload.id)?.number).toBe(number);
    expect(masked.messageStatusPayload.payload).toEqual({ reason: `0${number}`, code: 1002 });
  });

  it('keeps nothing of what it cannot parse', () => {
    expect(bodyOf('{not json 447700900103')).toBe(WITHHELD);
  });
});

function problemsOf(event: unknown): string[] {
  return validateEvent(event).problems.map(({ code, path }) => `${code} ${path}`);
}

/** Every text in a value, names too, and what is in its ids and in base64. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') {
    const inside = Buffer.from(value.replace(/^wamid\./, ''), 'base64');
    return [value, inside.toString('latin1'), inside.toString('hex')];
  }
  if (typeof value === 'number') return [String(value)];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => [name, ...textsIn(member)]);
}

/** What tells a person in a generated event. */
function personsIn(event: StatusEvent): string[] {
  const { contact, metadata } = event.payload;
  const { destination, whatsappId, correction } = validateEvent(event).reading ?? {};
  const { name, phoneNumber, assignedUser, bsuid } = contact ?? {};
  const ids = [whatsappId].filter((id) => id !== undefined && readWhatsappId(id) !== undefined);
  const all = [
    name,
    phoneNumber,
    assignedUser,
    bsuid,
    destination,
    ...ids,
    ...Object.values(correction ?? {}),
  ];
  return [...all, ...Object.values(metadata ?? {})].filter((text) => typeof text === 'string');
}
