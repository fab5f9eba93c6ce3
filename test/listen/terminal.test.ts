import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { Timeline } from '../../src/domain/arrival/timeline.ts';
import type { MessageStatus } from '../../src/domain/status.ts';
import { formatTimelineRow } from '../../src/ui/arrival-timeline.ts';
import { createStyle } from '../../src/ui/style.ts';
import { startCli } from '../support/cli.ts';
import { minimalEvent } from '../support/events.ts';
import { post } from '../support/listener.ts';
import { freePort } from '../support/receiver.ts';

const A = 'a'.repeat(32);
const style = await createStyle(0);

/** The row of a message with those statuses, one second apart. */
function rowOf(statuses: readonly MessageStatus[], width: number): string {
  const timeline = new Timeline();
  statuses.forEach((status, index) => {
    const receivedAt = new Date(Date.UTC(2026, 0, 31, 14, 3, index)).toISOString();
    const late = status === 'sent' && index > 1;
    const transition = { kind: late ? 'late' : 'next', skipped: [], afterFailed: false } as const;
    timeline.add({
      ...{ n: 1, method: 'POST', path: '/', headers: {}, body: Buffer.alloc(0), signature: 'unchecked' },
      ...{ kind: 'status', problems: [], answered: 200, ms: 1 },
      ...{ uuid: A, status, receivedAt, transition },
    });
  });
  const [row] = timeline.rows;
  return row === undefined ? '' : formatTimelineRow(row, style, width);
}

describe('a row of the timeline', () => {
  it('has the latest status and its time, whatever finds no room', () => {
    const statuses = ['enqueued', 'delivered', 'sent', 'read'] as const;
    const widths = [60, 72, 120];
    const rows = widths.map((width) => rowOf(statuses, width));
    expect(rows.map((row) => row.slice(25))).toEqual([
      '… ─ sent (late) +1s ─ read +1s',
      'enqueued ─ delivered ─ sent (late) ─ read +1s',
      'enqueued 14:03:00 ─ delivered +1s ─ sent (late) +1s ─ read +1s',
    ]);
    for (const [index, width] of widths.entries()) {
      expect(stringWidth(rows[index] ?? '')).toBeLessThanOrEqual(width);
    }
  });
});

describe('listen on a terminal', () => {
  it('draws the timeline from the first column, over the ^C', async () => {
    const run = startCli(['listen', '--port', '0', '--show', 'timeline', '--no-color'], { terminal: true });
    const [, url = ''] = await run.stderr.until(/(http:\/\/127\.0\.0\.1:\d+)/);
    await post(url, minimalEvent(A, 'sent'));
    await run.stdout.until(/sent/);
    run.interrupt();
    await run.exitCode;
    expect(run.stdout.text).toContain('\r\u001b[1Aaaaaaaaa');
  });

  it('says what it has to say above the timeline, and breaks no word', async () => {
    const flags = ['--show', 'timeline', '--no-color', '--forward-to', String(await freePort())];
    const run = startCli(['listen', '--port', '0', ...flags], { terminal: true, columns: 60 });
    const [, url = ''] = await run.stderr.until(/(http:\/\/127\.0\.0\.1:\d+)/);
    for (const status of ['sent', 'delivered', 'read']) await post(url, minimalEvent(A, status));
    await run.stdout.until(/answers in a row failed[\s\S]*aaaaaaaa/);
    run.interrupt();
    await run.exitCode;
    expect(run.stdout.text).toMatch(/! 3 answers in a row failed, for [^\n]*\n {2}\S/);
    const lines = [...run.stdout.text.split('\n'), ...run.stderr.text.split('\n')];
    for (const line of lines) {
      expect(stringWidth(line)).toBeLessThanOrEqual(60);
      // A figure and its unit are not torn apart.
      expect(line).not.toMatch(/^ *(ms|s|\d\d[sm])\b/);
    }
  });
});
