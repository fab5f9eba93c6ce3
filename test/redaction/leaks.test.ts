import { describe, expect, it } from 'vitest';
import { Redactor } from '../../src/domain/redaction/redactor.ts';
import { marksIn, SPELLINGS } from './marks.ts';
import { PLACES, requestWith } from './places.ts';

describe('a redacted request', () => {
  const redactor = new Redactor({ key: 'a key for these tests', keepTags: false });

  it('is tried with enough places and spellings', () => {
    expect(PLACES.length).toBeGreaterThanOrEqual(100);
    expect(SPELLINGS.length).toBeGreaterThanOrEqual(60);
  });

  it.each(SPELLINGS)('is searched well enough to find %s', (_name, token) => {
    for (const [, hole] of PLACES.filter(([name]) => /^contact.name|raw segment|in base64/.test(name))) {
      expect(marksIn(JSON.stringify(requestWith(hole, token)))).not.toEqual([]);
    }
  });

  it.each(PLACES)('keeps no mark in %s', (_name, hole) => {
    const redact = (token: string): string =>
      JSON.stringify(redactor.redactRequest(requestWith(hole, token)));
    const all = SPELLINGS.map(([, token]) => redact(token)).join('\n');
    if (marksIn(all).length === 0) return;
    expect(SPELLINGS.filter(([, token]) => marksIn(redact(token)).length > 0)).toEqual([]);
  });
});
