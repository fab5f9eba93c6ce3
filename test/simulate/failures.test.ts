import { describe, expect, it } from 'vitest';
import { FAILURE_CATALOGUE } from '../../src/domain/failure-catalogue.ts';
import { runCli } from '../support/cli.ts';

const FIXED = ['--seed', '7', '--now', '2026-01-31T14:03:00Z'];

async function rawObject(...flags: string[]): Promise<Record<string, unknown>> {
  const { code, stdout, stderr } = await runCli(['simulate', ...flags, ...FIXED]);
  expect(code, stderr).toBe(0);
  const lines = stdout.trimEnd().split('\n');
  const last = flags.includes('--json') ? (lines.at(-1) ?? '') : stdout;
  const event = JSON.parse(last) as { payload: { messageStatusPayload: Record<string, unknown> } };
  return event.payload.messageStatusPayload;
}

describe('simulate --failure', () => {
  it.each(FAILURE_CATALOGUE)('$provider $code in its own shape', async ({ provider, code, reason }) => {
    const usual = FAILURE_CATALOGUE.find((each) => each.provider === provider && each.code === code);
    const text = JSON.stringify(await rawObject('--failure', String(code), '--provider', provider));
    const expected =
      provider === 'gupshup' ? { code, reason: usual?.reason } : { code, title: usual?.reason };
    expect(text).toContain(JSON.stringify(expected).slice(0, -1));
    expect(reason).not.toBe('');
  });

  it('fails at once without a gsId, later with one and the id at WhatsApp', async () => {
    const atOnce = await rawObject('--failure', '1002');
    expect(atOnce).not.toHaveProperty('gsId');
    expect(atOnce.id).toMatch(/^[0-9a-f]{8}-/);
    const handedOn = await rawObject('--failure', '131047');
    expect(handedOn.payload).toEqual({
      code: 131047,
      reason: 'Re-engagement message, (#131047) Re-engagement message.',
    });
    expect([handedOn.gsId, handedOn.id]).toEqual([atOnce.id, expect.stringMatching(/^gB[EG]G/)]);
    const late = await rawObject('-S', 'failed-late', '--failure', '1002', '--json');
    expect(late).toHaveProperty('gsId');
  });

  it('takes the provider that has the code, and says so', async () => {
    const { code, stdout, stderr } = await runCli(['simulate', '--failure', '190', ...FIXED]);
    expect(code).toBe(0);
    expect(stdout).toContain('"recipient_id"');
    expect(stderr).toContain('--provider cloud');
  });

  it.each([
    [['--failure', '1020'], /Did you mean 10\d\d\?/],
    [['--failure', '131074'], /Did you mean 1310\d\d\?/],
    [['--failure', '1002', '--provider', 'cloud'], /--provider gupshup/],
    [['--failure', '190', '--provider', 'gupshup'], /--provider cloud/],
    [['--failure', '1002', '--provider', 'none'], /needs a provider/],
    [['--failure', '1002', '-s', 'read'], /something that fails/],
  ])('refuses %j as usage', async (flags, expected) => {
    const { code, stdout, stderr } = await runCli(['simulate', ...flags]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(expected);
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
    expect([of('status'), of('scenario'), of('failure')]).toEqual([7, 14, FAILURE_CATALOGUE.length]);
    const origins = new Set(jsonLines.map(({ origin }) => origin));
    expect(origins).toEqual(new Set(['documented', 'seen', 'assumed', 'paraphrased']));
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
