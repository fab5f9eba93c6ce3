import { describe, expect, it } from 'vitest';
import { MESSAGE_STATUSES } from '../../src/domain/status.ts';
import { runCli } from '../support/cli.ts';
import { freePort, startReceiver } from '../support/receiver.ts';

const FIXED = ['--seed', '7', '--now', '2026-01-31T14:03:00Z'];

describe('simulate', () => {
  it('prints one event as a document', async () => {
    const { code, stdout, stderr } = await runCli(['simulate', '-s', 'failed', ...FIXED]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toBe(`${JSON.stringify(JSON.parse(stdout), null, 2)}\n`);
  });

  it.each([
    ['several statuses', ['-s', 'sent,read'], ['sent', 'read']],
    ['repeated flags', ['-s', 'sent', '-s', 'read'], ['sent', 'read']],
    ['all', ['-s', 'all'], [...MESSAGE_STATUSES]],
    ['a count', ['-s', 'sent', '-n', '3'], ['sent', 'sent', 'sent']],
    ['--json', ['-s', 'sent', '--json'], ['sent']],
  ])('prints one event a line for %s', async (_name, flags, statuses) => {
    const { code, jsonLines } = await runCli(['simulate', ...flags, ...FIXED]);
    expect(code).toBe(0);
    expect(jsonLines.map(({ payload }) => (payload as { status: string }).status)).toEqual(statuses);
  });

  it('gives every event its own message', async () => {
    const { jsonLines } = await runCli(['simulate', '-s', 'all', '-n', '20', ...FIXED]);
    const uuids = jsonLines.map(({ payload }) => (payload as { uuid: string }).uuid);
    expect(new Set(uuids).size).toBe(140);
  });

  it('is the same to the byte for the same seed and time, and says how when none was given', async () => {
    const first = await runCli(['simulate', '-s', 'all']);
    const flags = first.stderr.match(/--seed \d+ --now \S+/)?.[0].split(' ') ?? [];
    expect(flags).toHaveLength(4);
    const again = await runCli(['simulate', '-s', 'all', ...flags]);
    expect(again.stdout).toBe(first.stdout);
    const other = await runCli(['simulate', '-s', 'all', ...flags, '--seed', '8']);
    expect(other.stdout).not.toBe(first.stdout);
  });

  it('notes on stderr that deleted is deprecated', async () => {
    const { code, stderr } = await runCli(['simulate', '-s', 'deleted', ...FIXED]);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^note: .*deprecated/);
  });

  it('delivers with --to, and exits 0 when all is accepted', async () => {
    const receiver = await startReceiver();
    const { code, jsonLines } = await runCli([
      'simulate',
      '-s',
      'sent,read',
      '--to',
      receiver.url,
      '--json',
      ...FIXED,
    ]);
    expect(code).toBe(0);
    expect(jsonLines.map(({ type, outcome }) => [type, outcome])).toEqual([
      ['delivery', 'accepted'],
      ['delivery', 'accepted'],
      ['summary', undefined],
    ]);
    const printed = await runCli(['simulate', '-s', 'sent,read', ...FIXED]);
    expect(receiver.requests.map(({ body }) => `${body}\n`).join('')).toBe(printed.stdout);
  });

  it('exits 3 when nothing was ever reached', async () => {
    const port = await freePort();
    const { code, jsonLines } = await runCli([
      'simulate',
      '-s',
      'sent',
      '--to',
      String(port),
      '--json',
      ...FIXED,
    ]);
    expect(code).toBe(3);
    expect(jsonLines[0]).toMatchObject({
      outcome: 'unreachable',
      reason: expect.stringContaining(String(port)),
    });
  });
});

describe('simulate --timing original', () => {
  it('comes at the gaps of its scenario with --timing original, what is late and what has no time too', async () => {
    const argv = ['simulate', '--scenario', 'late-sent', '-n', '2', '--to', '3000', '--timing', 'original'];
    const { jsonLines } = await runCli([...argv, '--dry-run', '--json', ...FIXED]);
    const planned = jsonLines.filter(({ type }) => type === 'planned');
    const dues = planned.map(({ dueMs }) => Number(dueMs));
    expect(planned.map(({ status }) => status)).toEqual([
      'enqueued',
      'delivered',
      'sent',
      'read',
      'enqueued',
      'delivered',
      'sent',
      'read',
    ]);
    // A life begins where the one before ends; within one, no two events come at once.
    const gaps = dues.map((due, index) => due - (dues[index - 1] ?? 0));
    expect(gaps.map((gap) => gap > 0)).toEqual([false, true, true, true, false, true, true, true]);
  });

  it('says beforehand how long it takes', async () => {
    const argv = [
      'simulate',
      '--scenario',
      'read',
      '--to',
      '3000',
      '--timing',
      'original',
      '--dry-run',
      ...FIXED,
    ];
    const { code, stderr } = await runCli(argv);
    expect(code).toBe(0);
    expect(stderr).toMatch(/at the recorded gaps this takes \S+/);
  });
});
