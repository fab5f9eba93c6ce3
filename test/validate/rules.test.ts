import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { statusEventSchema } from '../../src/domain/event.ts';
import { EVENT_SCHEMA } from '../../src/domain/event-schema.ts';
import { FAILURE_ADVICE } from '../../src/domain/failure-advice.ts';
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

  it('knows what to do about a failure, and one answer for each code', async () => {
    const codes = FAILURE_ADVICE.flatMap((each) => each.codes);
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes.filter((code) => !isKnownFailureCode(code))).toEqual([]);
    const { jsonLines } = await runCli(['explain', '1002', '131047', '--json']);
    expect(jsonLines).toMatchObject([
      { advice: expect.any(String), adviceOrigin: 'assumed' },
      { advice: expect.any(String), adviceOrigin: 'assumed' },
    ]);
  });

  it('explains a code in the middle of a documented range', async () => {
    const { jsonLines } = await runCli(['explain', '138005', '--json']);
    expect(jsonLines).toMatchObject([{ name: '138005', facts: [{ code: 138000, last: 138018 }] }]);
  });

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
