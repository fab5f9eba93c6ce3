import { describe, expect, it } from 'vitest';
import { runCli } from '../support/cli.ts';
import { readEvent } from './read-event.ts';

const FIXED = ['--seed', '7', '--now', '2026-09-30T14:03:00Z', '--json', '--contact', 'none'];
const HOUR = 3600;

/** Seconds between two statuses of each message that has both. */
async function gaps(from: string, to: string, ...flags: string[]): Promise<number[]> {
  const { jsonLines } = await runCli(['simulate', ...flags, ...FIXED]);
  const began = new Map<string, number>();
  return jsonLines.flatMap((event) => {
    const { uuid, status, timeSeconds = 0 } = readEvent(event);
    if (status === from) began.set(uuid, timeSeconds);
    const start = began.get(uuid);
    return status === to && start !== undefined ? [timeSeconds - start] : [];
  });
}

const share = (values: readonly number[], holds: (value: number) => boolean): number =>
  values.filter(holds).length / values.length;

describe('times', () => {
  it('go from seconds to days, with reads in the same second and overnight', async () => {
    const lives = ['-S', 'read', '-n', '3000'];
    const toDelivered = await gaps('sent', 'delivered', ...lives);
    expect(share(toDelivered, (gap) => gap <= 5)).toBeCloseTo(0.77, 1);
    expect(share(toDelivered, (gap) => gap > HOUR)).toBeCloseTo(0.06, 1);
    expect(Math.max(...toDelivered)).toBeGreaterThan(24 * HOUR);
    const toRead = await gaps('delivered', 'read', ...lives);
    expect(share(toRead, (gap) => gap === 0)).toBeGreaterThan(0.03);
    expect(share(toRead, (gap) => gap > HOUR && gap <= 12 * HOUR)).toBeCloseTo(0.25, 1);
    expect(share(toRead, (gap) => gap > 12 * HOUR)).toBeCloseTo(0.1, 1);
  });

  it('are seconds before a failure', async () => {
    const lives = ['-S', 'failed-late', '-n', '500', '-p', 'cloud'];
    const toFailed = await gaps('sent', 'failed', ...lives);
    expect(Math.max(...toFailed)).toBeLessThanOrEqual(11);
    const media = await gaps('sent', 'failed', ...lives, '-f', '131053');
    expect(Math.max(...media)).toBeGreaterThan(20);
  });

  it('fit into --within, however long the life would be', async () => {
    const toRead = await gaps('sent', 'read', '-S', 'read', '-n', '1000', '--within', '30s');
    expect(Math.max(...toRead)).toBeLessThanOrEqual(30);
    expect(Math.max(...toRead)).toBeGreaterThan(20);
  });

  it('leave a third of what arrives unread in usual traffic, and one in ten failed', async () => {
    const { jsonLines } = await runCli([
      'simulate',
      '--mix',
      'usual',
      '-n',
      '3000',
      '--interleave',
      ...FIXED,
    ]);
    const statuses = jsonLines.map((event) => readEvent(event).status);
    const count = (status: string): number => statuses.filter((each) => each === status).length;
    const messages = new Set(jsonLines.map((event) => readEvent(event).uuid)).size;
    expect(messages).toBe(3000);
    expect(count('read') / (count('delivered') + 60)).toBeCloseTo(0.67, 1);
    expect(count('failed') / messages).toBeCloseTo(0.1, 1);
  });
});
