import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FAILURE_ROWS } from '../../src/domain/failure-rows.ts';
import { failureText, findFailure, metaTexts, PROVIDER_OF_SPACE } from '../../src/domain/failures.ts';
import { ERAS } from '../../src/domain/generate/era.ts';
import { SCENARIOS, type ScenarioStep } from '../../src/domain/generate/scenarios.ts';
import { PROVIDERS } from '../../src/domain/providers/providers.ts';
import { runCli } from '../support/cli.ts';
import { failureOriginsModule, failureRowsModule } from '../support/failure-modules.js';
import { readFailure } from './read-event.ts';

const FIXED = ['--seed', '7', '--now', '2026-09-30T14:03:00Z'];

/** The codes of all that fails, in order. */
async function codesOf(...flags: string[]): Promise<number[]> {
  const { jsonLines } = await runCli(['simulate', ...flags]);
  return jsonLines.flatMap((event) => readFailure(event) ?? []);
}

describe('the failure table', () => {
  it('is what its modules were made from', () => {
    const entries = JSON.parse(readFileSync('fixtures/failure-codes.json', 'utf8'));
    expect(readFileSync('src/domain/failure-rows.ts', 'utf8')).toBe(failureRowsModule(entries));
    expect(readFileSync('src/domain/failure-origins.ts', 'utf8')).toBe(failureOriginsModule(entries));
  });
});

async function rawObject(...flags: string[]): Promise<Record<string, unknown>> {
  return await rawObjectOf([...flags, ...FIXED]);
}

async function rawObjectOf(flags: readonly string[]): Promise<Record<string, unknown>> {
  const { code, stdout, stderr } = await runCli(['simulate', ...flags]);
  expect(code, stderr).toBe(0);
  const lines = stdout.trimEnd().split('\n');
  const last = flags.includes('--json') ? (lines.at(-1) ?? '') : stdout;
  const event = JSON.parse(last) as { payload: { messageStatusPayload: Record<string, unknown> } };
  return event.payload.messageStatusPayload;
}

describe('simulate --failure', () => {
  it.each(FAILURE_ROWS.filter((fact) => fact.last === undefined))(
    '$space $code in its own words',
    async (fact) => {
      const { space, code } = fact;
      const provider = PROVIDER_OF_SPACE[space];
      // 500 is a code of Gupshup and of the on-premises API.
      if (findFailure(provider, code) !== fact) return;
      const era = space === 'onprem' ? ['--era', '2023', '--seed', '7'] : FIXED;
      const raw = await rawObjectOf(['--failure', String(code), '--provider', provider, ...era]);
      const { title, details } = metaTexts(fact);
      const expected =
        provider === 'gupshup'
          ? { code, reason: failureText('gupshup', fact) }
          : { code, title, message: title, error_data: { details } };
      expect(JSON.stringify(raw)).toContain(JSON.stringify(expected).slice(0, -1));
    },
  );

  it.each([
    [
      131047,
      'Message failed to send because more than 24 hours have passed since the customer last replied to this number.',
    ],
    [131049, 'In order to maintain a healthy ecosystem engagement, the message failed to be delivered.'],
    [131026, 'Message Undeliverable.'],
    [130472, "Failed to send message because this user's phone number is part of an experiment"],
  ])('%i has the details that were seen, at Meta and joined by Gupshup', async (code, details) => {
    const cloud = JSON.stringify(await rawObject('--failure', String(code), '--provider', 'cloud'));
    expect(cloud).toContain(`"error_data":{"details":${JSON.stringify(details)}}`);
    expect(JSON.stringify(await rawObject('--failure', String(code)))).toContain(`(#${code}) ${details}`);
  });

  it('fails at once without a gsId, later with one and the id at WhatsApp', async () => {
    const atOnce = await rawObject('--failure', '1002');
    expect(atOnce).not.toHaveProperty('gsId');
    const handedOn = await rawObject('--failure', '131047');
    expect([handedOn.gsId, handedOn.id]).toEqual([atOnce.id, expect.stringMatching(/^[0-9a-f]{8}-/)]);
    expect(handedOn.id).not.toBe(handedOn.gsId);
    const refused = await rawObject('--failure', '132000');
    expect(refused).not.toHaveProperty('gsId');
  });

  it('takes the provider or the era that has the code, and says so', async () => {
    const cloud = await runCli(['simulate', '--failure', '190', ...FIXED]);
    expect(cloud.stdout).toContain('"recipient_id"');
    expect(cloud.stderr).toContain('--provider cloud');
    const old = await runCli(['simulate', '--failure', '470', '--seed', '7']);
    expect(old.stdout).toMatch(/"id": "gB[EG]G/);
    expect(old.stderr).toContain('--era 2023');
  });

  it('takes several codes: what fails does so once for each, in a mix by equal shares', async () => {
    expect(await codesOf('-f', '131049,131026', '-f', '1002', '--json', ...FIXED)).toEqual([
      131049, 131026, 1002,
    ]);
    const drawn = await codesOf(
      '-f',
      '131049,131026',
      '--mix',
      'failed-late=1',
      '-n',
      '300',
      '--json',
      ...FIXED,
    );
    expect(drawn).toHaveLength(300);
    expect(drawn.filter((code) => code === 131049).length).toBeGreaterThan(100);
    expect(new Set(drawn)).toEqual(new Set([131049, 131026]));
  });

  it.each([
    [['--failure', '133005'], /never comes as the status/],
    [['--failure', '132001'], /unknown whether 132001/],
    [['--failure', '1008', '-S', 'failed-late'], /1008 is not known to come late/],
    [['--failure', '1002', '-S', 'delivered-then-failed'], /1002 is not known to come after "delivered"/],
    [['--failure', '131049', '-S', 'failed'], /131049 is not known to come at once/],
    [['--failure', '470', '--era', '2026-04'], /470 did not come through Gupshup/],
    [['--failure', '131026', '--era', '2023', '--now', '2023-09-01'], /131026 did not come through Gupshup/],
  ])('generates %j, but says what is wrong with it', async (flags, expected) => {
    const { code, stderr } = await runCli(['simulate', '--json', ...FIXED.slice(0, 2), ...flags]);
    expect(code).toBe(0);
    expect(stderr).toMatch(expected);
  });

  it.each([
    ['--failure', '131047'],
    ['--failure', '1002'],
    ['--failure', '1002', '-S', 'failed-late'],
    ['--failure', '131026', '-S', 'delivered-then-failed'],
  ])('says nothing of %s %s %s %s', async (...flags) => {
    const { stderr } = await runCli([
      'simulate',
      '--json',
      ...FIXED,
      ...flags.filter((flag) => flag !== undefined),
    ]);
    expect(stderr).toBe('');
  });

  it.each([
    [['--failure', '1020'], /Did you mean 10\d\d\?/],
    [['--failure', '131074'], /Did you mean 1310\d\d\?/],
    [['--failure', '1002', '--provider', 'cloud'], /--provider gupshup/],
    [['--failure', '1002', '--provider', 'none'], /needs a provider/],
    [['--failure', '1002', '-s', 'read'], /something that fails/],
    [['--failure', '131049,131074'], /131074/],
  ])('refuses %j as usage', async (flags, expected) => {
    const { code, stdout, stderr } = await runCli(['simulate', ...flags]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(expected);
  });
});

describe('what fails', () => {
  it.each(
    (['gupshup', 'cloud'] as const).flatMap((provider) =>
      (['service', 'utility', 'marketing', 'authentication'] as const).map(
        (category) => [provider, category] as const,
      ),
    ),
  )('has at %s, for %s, only codes that can occur at that moment', async (provider, category) => {
    for (const scenario of [
      'failed',
      'failed-late',
      'failed-then-delivered',
      'delivered-then-failed',
    ] as const) {
      const steps: readonly ScenarioStep[] = SCENARIOS[scenario].steps;
      const moment = steps.find(({ fails }) => fails !== undefined)?.fails ?? 'late';
      const common = ['-p', provider, '--category', category, '--json', ...FIXED];
      const usual = await codesOf('-S', scenario, ...common);
      const drawn = await codesOf('--mix', `${scenario}=1`, '-n', '300', ...common);
      const facts = [...usual, ...drawn].map((code) => findFailure(provider, code));
      const wrong = facts.filter(
        (fact) => fact === undefined || !PROVIDERS[provider].canFailWith(fact, moment, ERAS['2026-04']),
      );
      expect([scenario, wrong, facts.length]).toEqual([scenario, [], 301]);
    }
  });

  it('is drawn by the documented shares in a mix of marketing', async () => {
    const argv = [
      'simulate',
      '--mix',
      'failed-late=1',
      '-n',
      '4000',
      '--category',
      'marketing',
      '--json',
      ...FIXED,
    ];
    const codes = (await runCli(argv)).jsonLines.flatMap((event) => readFailure(event) ?? []);
    const share = (code: number): number => codes.filter((each) => each === code).length / codes.length;
    expect(share(131049)).toBeCloseTo(0.67, 1);
    expect(share(131026)).toBeCloseTo(0.2, 1);
    expect(share(131050)).toBeCloseTo(0.05, 1);
  });
});

describe('simulate --provider', () => {
  it('cloud has no enqueued and no mismatch: no object, and a note', async () => {
    const { jsonLines, stderr } = await runCli(['simulate', '-S', 'mismatch', '-p', 'cloud', ...FIXED]);
    const inside = jsonLines.map(({ payload }) => 'messageStatusPayload' in (payload as object));
    expect(inside).toEqual([false, false, true, true]);
    expect(stderr).toMatch(/"enqueued"[\s\S]*"mismatch"/);
  });

  it('none leaves the object out, and says why', async () => {
    const { stdout, stderr } = await runCli(['simulate', '-s', 'read', '-p', 'none', ...FIXED]);
    expect(stdout).not.toContain('messageStatusPayload');
    expect(stderr).toContain('QR');
  });
});

describe('simulate --list', () => {
  it('names every status, scenario and failure with its meaning and how it is known', async () => {
    const { code, jsonLines, stderr } = await runCli(['simulate', '--list', '--json']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const of = (type: string): number => jsonLines.filter((line) => line.type === type).length;
    expect([of('status'), of('scenario'), of('failure')]).toEqual([7, 14, FAILURE_ROWS.length]);
    const origins = new Set(jsonLines.map(({ origin }) => origin));
    expect(origins).toEqual(new Set(['documented', 'seen', 'assumed']));
    expect(jsonLines.filter(({ name, meaning }) => !name || !meaning)).toEqual([]);
  });

  it.each([60, 200])('fits %i columns', async (columns) => {
    const { stdout } = await runCli(['simulate', '--list'], {
      terminal: true,
      columns,
      variables: { NO_COLOR: '1' },
    });
    const longest = Math.max(...stdout.split('\n').map((line) => line.length));
    expect(longest).toBeLessThanOrEqual(columns);
  });
});
