import { describe, expect, it } from 'vitest';
import { SCENARIO_NAMES } from '../../src/domain/generate/scenarios.ts';
import { runCli } from '../support/cli.ts';
import { readEvent } from './read-event.ts';

const FIXED = ['--seed', '7', '--now', '2026-09-30T14:03:00Z', '--json'];

const statusOf = (event: Record<string, unknown>): string => (event.payload as { status: string }).status;

describe('simulate --scenario', () => {
  it.each([
    ['read', 'enqueued sent delivered read'],
    ['delivered', 'enqueued sent delivered'],
    ['stuck-at-sent', 'enqueued sent'],
    ['failed', 'failed'],
    ['failed-late', 'enqueued sent failed'],
    ['mismatch', 'enqueued mismatch sent delivered'],
    ['mismatch-failed', 'enqueued mismatch failed'],
    ['read-without-delivered', 'enqueued sent read'],
    ['late-sent', 'enqueued delivered sent read'],
    ['late-delivered', 'enqueued sent read delivered'],
    ['failed-then-delivered', 'enqueued sent failed delivered'],
    ['delivered-then-failed', 'enqueued sent delivered failed'],
    ['duplicates', 'enqueued sent enqueued sent delivered delivered read read'],
    ['deleted', 'enqueued sent delivered read deleted'],
  ])('%s arrives as %s, of one message', async (scenario, statuses) => {
    const { code, jsonLines } = await runCli(['simulate', '-S', scenario, ...FIXED]);
    expect(code).toBe(0);
    expect(jsonLines.map(statusOf).join(' ')).toBe(statuses);
    expect(new Set(jsonLines.map((event) => readEvent(event).uuid)).size).toBe(1);
  });

  it('repeats duplicates to the byte', async () => {
    const { stdout } = await runCli(['simulate', '-S', 'duplicates', ...FIXED]);
    const lines = stdout.trimEnd().split('\n');
    expect(new Set(lines).size).toBe(lines.length / 2);
  });

  it('tells all lives with all', async () => {
    const { jsonLines } = await runCli(['simulate', '-S', 'all', ...FIXED]);
    expect(new Set(jsonLines.map((event) => readEvent(event).uuid)).size).toBe(SCENARIO_NAMES.length);
  });

  it('lets messages overlap with --interleave: the same ones, their own order kept, times rising', async () => {
    const plain = await runCli(['simulate', '-S', 'read', '-n', '200', ...FIXED]);
    const { jsonLines } = await runCli(['simulate', '-S', 'read', '-n', '200', '--interleave', ...FIXED]);
    const lives = new Map<string, string[]>();
    for (const event of jsonLines) {
      const { uuid } = readEvent(event);
      lives.set(uuid, [...(lives.get(uuid) ?? []), statusOf(event)]);
    }
    expect(new Set(jsonLines.map((event) => readEvent(event).uuid))).toEqual(
      new Set(plain.jsonLines.map((event) => readEvent(event).uuid)),
    );
    expect(new Set([...lives.values()].map((statuses) => statuses.join(' ')))).toEqual(
      new Set(['enqueued sent delivered read']),
    );
    const changes = jsonLines.filter(
      (event, at) => readEvent(event).uuid !== readEvent(jsonLines[at - 1] ?? event).uuid,
    );
    expect(changes.length).toBeGreaterThan(300);
    const times = jsonLines.map((event) => readEvent(event).timeSeconds ?? 0).filter((time) => time > 0);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(times.at(-1)).toBe(Date.parse('2026-09-30T14:03:00Z') / 1000);
  });

  it('draws scenarios by weight with --mix', async () => {
    const mix = ['--mix', 'stuck-at-sent=80,failed=15', '--mix', 'read=5', '-n', '2000'];
    const { jsonLines } = await runCli(['simulate', ...mix, ...FIXED]);
    const share = (status: string): number =>
      jsonLines.filter((event) => statusOf(event) === status).length / 2000;
    expect(share('failed')).toBeCloseTo(0.15, 1);
    expect(share('read')).toBeCloseTo(0.05, 1);
    expect(share('enqueued')).toBeCloseTo(0.85, 1);
  });

  it.each([
    [['-S', 'late-snet'], '"late-sent"'],
    [['--mix', 'delivred=1'], '"delivered"'],
    [['--mix', 'read'], 'read=80'],
    [['--mix', 'read=0'], 'weight above 0'],
    [['-s', 'read', '-S', 'read'], 'exclude'],
    [['-S', 'read', '--interleave'], '--count'],
    [['-S', 'read', '-n', '2', '--uuid', 'a'.repeat(32)], '--uuid'],
    [['-s', 'sent,read', '--uuid', 'a'.repeat(32)], '--scenario'],
    [['-s', 'read', '--force'], '--output'],
    [['-s', 'read', '--set-new'], '--set'],
    [['-s', 'read', '--yes'], '--to'],
    [['--list', '-s', 'read'], 'exclude'],
    [['-s', 'read', '--json', '-o', 'x.json'], 'exclude'],
  ])('refuses %j as usage and says %s', async (flags, expected) => {
    const { code, stdout, stderr } = await runCli(['simulate', ...flags]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(expected);
  });
});
