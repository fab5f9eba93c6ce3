import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEntropy } from '../../src/domain/generate/entropy.ts';
import { generateEvent } from '../../src/domain/generate/event.ts';
import { Redactor, WITHHELD } from '../../src/domain/redaction.ts';
import { MESSAGE_STATUSES } from '../../src/domain/status.ts';
import { validateEvent } from '../../src/domain/validate/event.ts';
import { readWhatsappId } from '../../src/domain/whatsapp-id.ts';

const redactor = new Redactor('a key');
const bodyOf = (text: string): string => redactor.redactRequest({ path: '/', headers: {}, text }).body;

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
  it('leaves no trace of number and name, and a valid event', () => {
    const seeds = fc.tuple(fc.constantFrom(...MESSAGE_STATUSES), fc.integer({ min: 0, max: 2 ** 31 }));
    fc.assert(
      fc.property(seeds, ([status, seed]) => {
        const event = generateEvent({ status }, createEntropy({ seed, now: new Date(0) }));
        const { phoneNumber, name } = event.payload.contact ?? {};
        const redacted = bodyOf(JSON.stringify(event));
        const parsed: unknown = JSON.parse(redacted);
        expect(redacted).not.toContain(phoneNumber);
        expect(redacted).not.toContain(name);
        expect(idsIn(parsed).map((id) => readWhatsappId(id)?.number)).not.toContain(phoneNumber);
        expect(validateEvent(parsed).valid).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('makes the same number of the same number, wherever it stands', () => {
    const id = 'gBEGRHcAkAEDAgnZxQ3JmKK6Wvg';
    const event = {
      contact: { phoneNumber: '+44 7700 900103', note: 'x' },
      inner: { destination: '447700900103', id, payload: { reason: 'call 447700900103 again', code: 1002 } },
    };
    const masked = JSON.parse(bodyOf(JSON.stringify(event))) as typeof event;
    const number = masked.inner.destination;
    expect(number).toMatch(/^1\d{3}55501\d\d$/);
    expect(masked.contact.phoneNumber).toBe(`+${number}`);
    expect(readWhatsappId(masked.inner.id)?.number).toBe(number);
    expect(masked.inner.payload).toEqual({ reason: `call ${number} again`, code: 1002 });
  });

  it.each(['{not json 447700900103', '['.repeat(100_000) + ']'.repeat(100_000)])(
    'keeps nothing of what it cannot walk through',
    (text) => {
      expect(bodyOf(text)).toBe(WITHHELD);
    },
  );
});

function idsIn(value: unknown): string[] {
  if (typeof value === 'string') return readWhatsappId(value) === undefined ? [] : [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(idsIn) : [];
}
