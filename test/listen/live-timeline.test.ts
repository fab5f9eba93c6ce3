import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { startCli } from '../support/cli.ts';
import { minimalEvent } from '../support/events.ts';
import { post } from '../support/listener.ts';
import { startReceiver } from '../support/receiver.ts';
import { Screen } from '../support/screen.ts';

const uuidOf = (n: number): string => n.toString(16).padStart(8, '0').repeat(4);

/** Starts the live timeline on a screen of that size; gives its URL. */
async function onScreen(columns: number, rows: number, ...flags: readonly string[]) {
  const screen = new Screen(columns, rows);
  const run = startCli(['listen', '--port', '0', '--show', 'timeline', '--no-color', ...flags], {
    terminal: true,
    stdout: screen,
    stderr: screen,
  });
  let url = '';
  await screen.until((lines) => {
    const [found] = /http:\/\/127\.0\.0\.1:\d+/.exec(lines.join('')) ?? [];
    url = found ?? '';
    return url !== '' && /Ctrl\+C/.test(lines.join('\n'));
  });
  return { ...run, screen, url };
}

/** Of which messages there is a row on the screen, in their order. */
const messagesOn = (rows: readonly string[]): number[] =>
  rows.flatMap((row) => (/^[0-9a-f]{8} /.test(row) ? [Number.parseInt(row.slice(0, 8), 16)] : []));

describe('the timeline on a terminal', () => {
  it.each([20, 48, 50, 60, 100, 200])('has one row a message at %i columns', async (columns) => {
    const { screen, url, interrupt, exitCode } = await onScreen(columns, 24);
    for (const status of ['enqueued', 'sent', 'delivered', 'read']) {
      for (const n of [1, 2, 3]) await post(url, minimalEvent(uuidOf(n), status));
      await screen.until((rows) => rows.filter((row) => row.includes(status.slice(0, 4))).length === 3);
      expect(messagesOn(screen.visible)).toEqual([1, 2, 3]);
    }
    interrupt();
    expect(await exitCode).toBe(0);
    expect(messagesOn(screen.visible).length).toBeLessThanOrEqual(3);
  });

  it('is drawn anew, without remains, when the size of the terminal changes', async () => {
    const { screen, url } = await onScreen(100, 24);
    const statuses = ['enqueued', 'sent', 'delivered', 'read'];
    for (const n of [1, 2, 3, 4]) {
      for (const status of statuses) await post(url, minimalEvent(uuidOf(n), status));
    }
    await screen.until((rows) => rows.filter((row) => /read \+/.test(row)).length === 4);
    for (const [columns, rows] of [
      [65, 24],
      [40, 24],
      [20, 24],
      [61, 12],
      [120, 30],
    ] as const) {
      screen.resize(columns, rows);
      const latest = columns >= 61 ? /enqueued .*─ read/ : /…|read/;
      await screen.until(
        (lines) =>
          messagesOn(lines).join() === '1,2,3,4' &&
          lines.filter((line) => /─|read/.test(line)).length === 4 &&
          lines.filter((line) => latest.test(line)).length === 4,
      );
    }
  });

  it('uses all the rows there are, and says how many messages are above', async () => {
    const { screen, url } = await onScreen(80, 15);
    for (let n = 1; n <= 30; n += 1) await post(url, minimalEvent(uuidOf(n), 'sent'));
    await screen.until((rows) => messagesOn(rows).at(-1) === 30);
    expect(screen.visible[0]).toBe('… 17 more');
    expect(messagesOn(screen.visible)).toEqual(Array.from({ length: 13 }, (_none, index) => 18 + index));
    screen.resize(80, 8);
    await screen.until((rows) => rows[0] === '… 24 more');
  });

  it('shows what a handler answered, and the last trouble in a line', async () => {
    const target = await startReceiver((response) =>
      response.writeHead(404).end('<!DOCTYPE html><pre>Cannot POST /x</pre>'),
    );
    const { screen, url } = await onScreen(100, 24, '-f', `${target.port}/x`);
    await post(url, minimalEvent(uuidOf(1), 'sent'));
    await post(url, minimalEvent(uuidOf(1), 'read'));
    await screen.until((rows) =>
      rows.some((row) => /^00000001 .*sent ✗404 \d\d:.* ─ read ✗404 \+/.test(row)),
    );
    expect(screen.visible).toContainEqual(
      expect.stringMatching(/^last trouble: \d\d:\d\d:\d\d read 00000001 ✗404 Cannot POST \/x$/),
    );
    await post(url, minimalEvent(uuidOf(2), 'seen'));
    await screen.until((rows) =>
      rows.some((row) => /^last trouble: .* error\[unknown-status\]: "seen"/.test(row)),
    );
  });

  it('takes the mark away when the event is accepted after all', async () => {
    const target = await startReceiver((response, n) => response.writeHead(n === 1 ? 500 : 200).end());
    const { screen, url } = await onScreen(100, 24, '-f', target.url);
    await post(url, minimalEvent(uuidOf(1), 'read'));
    await screen.until((rows) => rows.some((row) => row.includes('read ✗500')));
    await post(url, minimalEvent(uuidOf(1), 'read'));
    await screen.until((rows) => rows.some((row) => /^00000001 .*read \d\d:/.test(row)));
  });
});

describe('lines on a narrow terminal', () => {
  it.each([20, 30, 48])('are not broken in the middle at %i columns', async (columns) => {
    const screen = new Screen(columns, 100);
    const run = startCli(['listen', '--port', '0'], { terminal: true, stdout: screen, stderr: screen });
    let url = '';
    await screen.until((rows) => {
      url = /http:\/\/127\.0\.0\.1:\d+/.exec(rows.join(''))?.[0] ?? '';
      return /Ctrl\+C/.test(rows.join('\n'));
    });
    for (const status of ['sent', 'read', 'seen']) await post(url, minimalEvent(uuidOf(1), status));
    run.interrupt();
    await run.exitCode;
    const [, arrivals = ''] = screen.written.split('Ctrl+C to stop\n');
    expect(arrivals).toContain('error[unknown');
    for (const line of arrivals.split('\n')) expect(stringWidth(line)).toBeLessThanOrEqual(columns);
  });
});
