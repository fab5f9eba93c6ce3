import { describe, expect, it } from 'vitest';
import { Redactor } from '../../src/domain/redaction/redactor.ts';

/** A new one each time: it remembers masks. */
const redact = (text: string, path = '/') =>
  new Redactor({ key: 'a key for these tests', keepTags: false }).redactRequest({
    receivedAt: '2026-01-31T14:03:00.000Z',
    path,
    headers: { 'user-agent': text },
    text,
  });

/** A body with a long text in places of several forms. */
const string = (text: string) => {
  const part = text.slice(0, text.length / 4);
  return JSON.stringify({ phone: part, reason: part, createdAt: part, [part]: 1 });
};

/** Bodies that grow with a number. */
const BODIES: Readonly<Record<string, (size: number) => string>> = {
  digits: (size) => string('1'.repeat(size)),
  'digits with spaces': (size) => string('1 '.repeat(size / 2)),
  'digits of another script': (size) => string('٣'.repeat(size)),
  dots: (size) => string(`${'a.'.repeat(size / 2)}@`),
  'a JSON number': (size) => `{"a":1${'0'.repeat(size)}}`,
  'base64 letters': (size) => string(`eyJ${'A'.repeat(size)}`),
  'deep lists': (size) => '['.repeat(size / 2) + ']'.repeat(size / 2),
  'deep objects': (size) => `${'{"a":'.repeat(size / 8)}1${'}'.repeat(size / 8)}`,
  'many keys': (size) => `{${Array.from({ length: size / 10 }, (_, n) => `"staru${n}":${n}`).join(',')}}`,
  'many misspelt keys': (size) => `{${Array.from({ length: size / 10 }, () => '"statuz":1').join(',')}}`,
  'many numbers': (size) => `[${Array.from({ length: size / 4 }, () => '123').join(',')}]`,
  'strings in strings': (size) => {
    let text = '[1]';
    while (text.length < size / 2) text = JSON.stringify([text]);
    return text + ' '.repeat(size - text.length);
  },
  backslashes: (size) => string('\\'.repeat(size / 2)),
  brackets: (size) => string('[{'.repeat(size / 2)),
};

function millisecondsFor(text: string): number {
  let least = Number.POSITIVE_INFINITY;
  for (let run = 0; run < 3; run += 1) {
    const before = process.cpuUsage();
    redact(text);
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1000);
  }
  return least;
}

describe('the time of redaction', () => {
  it.each(Object.entries(BODIES))('grows no faster than %s', (_name, bodyOf) => {
    redact(bodyOf(8000));
    const small = millisecondsFor(bodyOf(40_000));
    const large = millisecondsFor(bodyOf(160_000));
    // Less is noise.
    expect(large).toBeLessThan(Math.max(small, 15) * 6);
  });

  it('is short for a long path too', () => {
    redact('{}', `/${'a/'.repeat(8000)}?${'b=1&'.repeat(2000)}`);
    const before = process.cpuUsage();
    redact('{}', `/${'%41'.repeat(5000)}?${'=&'.repeat(5000)}`);
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(300);
  });
});
