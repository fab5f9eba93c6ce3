import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { statusEventSchema } from '../../src/domain/event.ts';
import { EVENT_SCHEMA } from '../../src/domain/event-schema.ts';
import { explainableTopics } from '../../src/domain/explanation.ts';
import { isKnownFailureCode } from '../../src/domain/failures.ts';
import { PAYLOAD_SCHEMAS } from '../../src/domain/providers/payload-schemas.ts';
import { schemaTypes } from '../../src/domain/schema-types.ts';
import { RULE_PAGES } from '../../src/domain/validate/rule-pages.ts';
import { RULES } from '../../src/domain/validate/rules.ts';
import { runCli } from '../support/cli.ts';
import { fixtureName, rulesDocument } from '../support/rules-document.js';

describe('the table of rules', () => {
  it.each(Object.entries(RULE_PAGES))(
    '%s: its good example has nothing wrong',
    async (_code, { capture }) => {
      const { code, jsonLines } = await runCli(['validate', '-', '--json'], { stdin: capture.good });
      expect(jsonLines.filter(({ type }) => type === 'problem')).toEqual([]);
      expect(code).toBe(0);
    },
  );

  it.each(Object.entries(RULE_PAGES))('%s: its bad example is the fixture', (code, { capture, latin1 }) => {
    const fixture = readFileSync(`fixtures/invalid/${fixtureName(code, capture.bad)}`);
    expect(fixture.equals(Buffer.from(capture.bad, latin1 ? 'latin1' : 'utf8'))).toBe(true);
  });

  it('is what docs/rules.md was made from', () => {
    expect(rulesDocument(RULES, RULE_PAGES)).toBe(readFileSync('docs/rules.md', 'utf8'));
  });
});

describe('the schema', () => {
  it('that the validator reads is what zod says today, and so are the files of the package', () => {
    const schema = z.toJSONSchema(statusEventSchema);
    expect(EVENT_SCHEMA).toEqual(schema);
    const files = 'schema/message_status_updated';
    expect(JSON.parse(readFileSync(`${files}.schema.json`, 'utf8'))).toEqual(schema);
    const types = schemaTypes(EVENT_SCHEMA, PAYLOAD_SCHEMAS);
    expect(readFileSync(`${files}.d.ts`, 'utf8')).toBe(types);
    expect(readFileSync('src/domain/status-event.ts', 'utf8').endsWith(`\n\n${types}`)).toBe(true);
  });

  it('is printed as JSON Schema or as types', async () => {
    expect(JSON.parse((await runCli(['schema'])).stdout)).toEqual(EVENT_SCHEMA);
    expect((await runCli(['schema', '--types'])).stdout).toBe(schemaTypes(EVENT_SCHEMA, PAYLOAD_SCHEMAS));
  });
});

describe('explain', () => {
  it.each(['failed', '131047', 'unknown-status'])('explains %s in words and as JSON', async (topic) => {
    const words = await runCli(['explain', topic]);
    expect(words.code).toBe(0);
    expect(words.stdout).toContain(topic);
    expect((await runCli(['explain', topic, '--json'])).jsonLines).toMatchObject([{ name: topic }]);
  });

  it('says of each failure its class, what to do, whether and when to retry, and how that is known', async () => {
    const codes = explainableTopics().failure;
    const { jsonLines } = await runCli(['explain', ...codes, '--json']);
    expect(jsonLines).toHaveLength(codes.length);
    for (const { facts } of jsonLines as unknown as { facts: Record<string, unknown>[] }[]) {
      for (const fact of facts) {
        expect(fact).toMatchObject({
          space: expect.stringMatching(/^(gupshup|onprem|cloud)$/),
          class: expect.any(String),
          retry: expect.stringMatching(/^(never|after-fix|later|after)$/),
          scope: expect.any(String),
          when: expect.stringMatching(/^(at-once|late|either)$/),
          comesAsStatus: expect.anything() as unknown,
          advice: expect.stringMatching(/\.$/),
          origins: expect.arrayContaining([expect.objectContaining({ fact: 'class', origin: 'assumed' })]),
        });
        expect(fact.retry === 'after').toBe(fact.retryAfter !== undefined);
      }
    }
  });

  it.each([
    ['131049', { class: 'throttled', retry: 'after', retryAfter: 'PT24H', scope: 'recipient', when: 'late' }],
    ['133016', { comesAsStatus: false, scope: 'sender' }],
    ['131062', { advice: expect.any(String), class: 'recipient' }],
    ['130403', { advice: 'Unblock this user first: your own business has blocked them.' }],
    ['134101', { retryAfter: 'PT10M' }],
    ['131056', { scope: 'recipient' }],
  ])('explains %s for programs', async (code, expected) => {
    const { jsonLines } = await runCli(['explain', code, '--json']);
    expect(jsonLines).toMatchObject([{ facts: [expected] }]);
  });

  it('keeps the number spaces apart', async () => {
    const { jsonLines } = await runCli(['explain', '500', '--json']);
    expect(jsonLines).toMatchObject([{ facts: [{ space: 'gupshup' }, { space: 'onprem' }] }]);
    expect([isKnownFailureCode('gupshup', 1002), isKnownFailureCode('cloud', 1002)]).toEqual([true, false]);
  });

  it('explains a code in the middle of a documented range', async () => {
    const { jsonLines } = await runCli(['explain', '205', '--json']);
    expect(jsonLines).toMatchObject([{ name: '205', facts: [{ code: 201, last: 299 }] }]);
  });

  it.each(['bsuid', 'gsId', 'wamid', 'pricing', 'metadata', 'messageStatusPayload', 'played'])(
    'explains the word %s',
    async (word) => {
      const { code, jsonLines } = await runCli(['explain', word, '--json']);
      expect(code).toBe(0);
      expect(jsonLines).toMatchObject([
        { topic: 'word', name: word.toLowerCase(), means: expect.any(String) },
      ]);
    },
  );

  it('suggests the nearest topic for a misspelt one', async () => {
    const { code, stderr } = await runCli(['explain', 'unknwn-status']);
    expect(code).toBe(2);
    expect(stderr).toContain('"unknown-status"');
  });

  it('knows every topic that it lists', async () => {
    const { jsonLines } = await runCli(['explain', '--json']);
    expect(jsonLines.length).toBeGreaterThan(7 + Object.keys(RULES).length);
  });
});
