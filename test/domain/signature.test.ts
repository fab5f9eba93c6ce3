import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { judgeSignature } from '../../src/domain/arrival/signature.ts';
import { SIGNATURE_TOLERANCE_SECONDS, signBody, verifySignature } from '../../src/domain/signature.ts';

interface Vector {
  readonly name: string;
  readonly secret: string;
  readonly timestamp: number;
  readonly bodyBase64: string;
  readonly header: string;
  readonly now: number;
  readonly verdict: string;
}

const { vectors } = JSON.parse(readFileSync('fixtures/signature-vectors.json', 'utf8')) as {
  readonly vectors: readonly Vector[];
};

const SECRET = 'whsec_test_0123456789abcdef';
const NOW = 1_790_000_000;
const BODY = Buffer.from('{"event":"message_status_updated","payload":{}}');

describe('verifySignature', () => {
  it.each(vectors.map((vector, index) => ({ index, ...vector })))(
    'gives the verdict of vector $index, $name: $verdict',
    ({ secret, bodyBase64, header, now, verdict }) => {
      const body = Buffer.from(bodyBase64, 'base64');
      expect(verifySignature(header, body, { secret, nowSeconds: now })).toBe(verdict);
    },
  );

  it('makes the same header as the vectors that are signed rightly', () => {
    const right = vectors.filter(({ name }) =>
      ['compact', 'spaced with escapes', 'not utf-8'].includes(name),
    );
    expect(right.length).toBeGreaterThan(0);
    for (const { secret, timestamp, bodyBase64, header } of right) {
      expect(signBody(Buffer.from(bodyBase64, 'base64'), secret, timestamp)).toBe(header);
    }
  });
});

describe('judgeSignature', () => {
  const check = { secret: SECRET };
  const signed = signBody(BODY, SECRET, NOW);

  it('says nothing more of a right signature', () => {
    expect(judgeSignature(signed, BODY, NOW, check)).toEqual({ verdict: 'verified' });
  });

  it.each([
    ['the clock', signed, BODY, NOW + SIGNATURE_TOLERANCE_SECONDS + 1, 'stale', /clock/],
    ['a clock in the future', signed, BODY, NOW - 400, 'stale', /future/],
    ['no header', undefined, BODY, NOW, 'absent', /switched on/],
    ['a malformed header', 'sha256=abc', BODY, NOW, 'invalid', /malformed/],
    ['another secret', signBody(BODY, 'whsec_other', NOW), BODY, NOW, 'invalid', /another secret/],
    ['the prefix left out', signBody(BODY, SECRET.slice(6), NOW), BODY, NOW, 'invalid', /whsec_/],
    ['JSON written anew', signBody(BODY, SECRET, NOW), Buffer.from(`${BODY} `), NOW, 'invalid', /on the way/],
  ] as const)('finds the likely reason: %s', (_name, header, body, now, verdict, reason) => {
    const finding = judgeSignature(header, body, now, check);
    expect(finding.verdict).toBe(verdict);
    expect(finding.reason).toMatch(reason);
  });

  it('takes another tolerance', () => {
    const options = { secret: SECRET, toleranceSeconds: 1000 };
    expect(judgeSignature(signed, BODY, NOW + 900, options).verdict).toBe('verified');
  });
});

describe('several signatures in one header', () => {
  const body = Buffer.from('{}');
  const now = 1_769_868_180;
  const secret = 'whsec_new';
  const [, good = ''] = signBody(body, secret, now).split(',');
  const [, other = ''] = signBody(body, 'whsec_old', now).split(',');
  const verdict = (header: string) => verifySignature(header, body, { secret, nowSeconds: now });
  const old = signBody(body, secret, now - 1000);

  it.each([
    ['the last is right', `t=${now},${other},${good}`, 'verified'],
    ['the first is right', `t=${now},${good},${other}`, 'verified'],
    ['none is right', `t=${now},${other},${other}`, 'invalid'],
    ['a malformed one beside a right one', `t=${now},v1=xyz,${good}`, 'verified'],
    ['two headers, the last is right', `t=${now},${other}, t=${now},${good}`, 'verified'],
    ['two headers, each with its time', `${old}, t=${now},${good}`, 'verified'],
    ['two headers, the right one is old', `t=${now},${other}, ${old}`, 'stale'],
    ['a time that belongs to another one', `t=${now},${other}, t=${now - 1},${good}`, 'invalid'],
    ['the time behind', `${good},t=${now}`, 'verified'],
    ['no time', good, 'invalid'],
    ['more than anybody sends', `t=${now},${`${other},`.repeat(8)}${good}`, 'invalid'],
  ])('%s', (_name, header, expected) => {
    expect(verdict(header)).toBe(expected);
  });
});
