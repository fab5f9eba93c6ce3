import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { uuidOf } from '../support/captures.ts';
import { OBEYED, runCli } from '../support/cli.ts';
import { temporaryFile, temporaryFolder } from '../support/files.ts';
import { type LineOfReport, reportCapture, reportLine } from './report-lines.ts';

/** 1 January 2026, 10:00 UTC; tests run on the second of it. */
const TEN = Date.UTC(2026, 0, 1, 10) / 1000;
const REGULAR = { policy: 'PMP', category: 'marketing', type: 'regular' };
const FREE = { policy: 'PMP', category: 'service', type: 'free_customer_service' };

const message = (n: number, ...steps: readonly Partial<LineOfReport>[]): LineOfReport[] =>
  steps.map((step) => ({ uuid: uuidOf(n), status: 'sent', ...step }));

/** Seven messages: read, delivered, stuck, failed twice, failed and delivered all the same, a late sent. */
const DAY = [
  ...message(
    1,
    { time: TEN, pricing: REGULAR },
    { status: 'delivered', time: TEN + 4, pricing: REGULAR },
    { status: 'read', time: TEN + 64 },
  ),
  ...message(
    2,
    { status: 'enqueued' },
    { time: TEN + 3600, pricing: FREE },
    { status: 'delivered', time: TEN + 3600 },
    { status: 'delivered', time: TEN + 3600 },
  ),
  ...message(3, { time: TEN - 86_400 * 3 }),
  ...message(4, { time: TEN }, { status: 'failed', code: 131049, reason: 'x', contact: uuidOf(104) }),
  ...message(5, { status: 'enqueued' }, { status: 'failed', code: 1012, reason: 'x', contact: uuidOf(105) }),
  ...message(6, { time: TEN }, { status: 'failed', code: 131026 }, { status: 'delivered', time: TEN + 9 }),
  ...message(7, { status: 'delivered', time: TEN + 2 }, { time: TEN }),
];

type Line = Record<string, unknown>;
const linesOf = (lines: readonly Line[], type: string): Line[] => lines.filter((line) => line.type === type);

describe('report --json', () => {
  it('counts messages, not events', async () => {
    const { code, stderr, jsonLines } = await runCli(['report', temporaryFile(reportCapture(DAY)), '--json']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(jsonLines.at(-1)).toEqual({
      type: 'summary',
      files: 1,
      passedOver: 0,
      unreadable: 0,
      interrupted: false,
      events: 17,
      messages: 7,
      from: '2025-12-29T10:00:00.000Z',
      to: '2026-01-01T11:00:00.000Z',
      outcomes: { read: 1, delivered: 3, sent: 1, enqueued: 0, failed: 2, other: 0 },
      reached: { delivered: 4, read: 1 },
      rates: { delivered: 0.5714, read: 0.1429, failed: 0.2857 },
      stuckForADay: 1,
      overriddenFailures: 1,
      duplicates: 1,
      late: { sent: 1 },
      optOuts: { messages: 1, recipients: 1 },
      uncounted: {
        otherEvents: 0,
        connectionChecks: 0,
        unidentified: 0,
        unrecognised: 0,
        ownLines: 0,
        logLines: 0,
        skipped: 0,
      },
      unknown: {
        forgotten: 0,
        withoutTime: 1,
        withoutReceivedAt: 7,
        wrongTimes: 0,
        fallingTimes: 0,
        otherFailures: 0,
      },
    });
  });

  it('tells failures apart by code, with what to do', async () => {
    const { jsonLines } = await runCli(['report', temporaryFile(reportCapture(DAY)), '--json']);
    expect(linesOf(jsonLines, 'failure')).toMatchObject([
      { provider: 'gupshup', code: 1012, class: 'optOut', retry: 'never', scope: 'recipient', messages: 1 },
      { code: 131049, class: 'throttled', retry: 'after', retryAfter: 'PT24H', messages: 1 },
    ]);
    expect(linesOf(jsonLines, 'opt-out')).toEqual([{ type: 'opt-out', recipient: uuidOf(105) }]);
  });

  it('counts the pricing of a message once, and tells billable by the type', async () => {
    const { jsonLines } = await runCli(['report', temporaryFile(reportCapture(DAY)), '--json']);
    expect(linesOf(jsonLines, 'pricing')).toEqual([
      { type: 'pricing', category: null, pricingType: null, billable: null, messages: 5, delivered: 2 },
      {
        type: 'pricing',
        category: 'marketing',
        pricingType: 'regular',
        billable: true,
        messages: 1,
        delivered: 1,
      },
      {
        type: 'pricing',
        category: 'service',
        pricingType: FREE.type,
        billable: false,
        messages: 1,
        delivered: 1,
      },
    ]);
  });

  it('measures the times between statuses', async () => {
    const { jsonLines } = await runCli(['report', temporaryFile(reportCapture(DAY)), '--json']);
    const steps = linesOf(jsonLines, 'step');
    expect(steps.map(({ from, to, messages, p50Ms }) => [from, to, messages, p50Ms])).toEqual([
      ['sent', 'delivered', 4, 2000],
      ['delivered', 'read', 1, 60_000],
      ['sent', 'read', 1, 64_000],
    ]);
  });

  it.each([
    ['hour', ['2025-12-29T10:00:00.000Z', '2026-01-01T10:00:00.000Z', '2026-01-01T11:00:00.000Z']],
    ['day', ['2025-12-29T00:00:00.000Z', '2026-01-01T00:00:00.000Z']],
  ])('has a row for each %s', async (period, starts) => {
    const argv = ['report', temporaryFile(reportCapture(DAY)), '--json', '--by', period];
    const rows = linesOf((await runCli(argv)).jsonLines, 'period');
    expect(rows.map(({ start }) => start)).toEqual(starts);
    // The message that failed at once has no time.
    expect(rows.reduce((sum, { messages }) => sum + Number(messages), 0)).toBe(6);
  });

  it('tells late events by when they were received, whatever the order of the lines', async () => {
    const lines = message(
      1,
      { status: 'delivered', time: TEN, received: TEN + 5 },
      { time: TEN, received: TEN + 1 },
    );
    const late = async (order: readonly LineOfReport[]) =>
      (await runCli(['report', '-', '--json'], { stdin: reportCapture(order) })).jsonLines.at(-1)?.late;
    expect(await late(lines)).toEqual({});
    expect(await late(lines.toReversed())).toEqual({});
    expect(await late([{ ...lines[0], received: TEN }, ...lines.slice(1)] as LineOfReport[])).toEqual({
      sent: 1,
    });
  });

  it('does not use a time that cannot be', async () => {
    const lines = message(1, { time: 4_070_908_800 }, { status: 'delivered', time: TEN });
    const { jsonLines } = await runCli(['report', '-', '--json'], { stdin: reportCapture(lines) });
    expect(jsonLines.at(-1)).toMatchObject({
      to: '2026-01-01T10:00:00.000Z',
      unknown: { wrongTimes: 1 },
    });
  });

  it('counts what is no event, and says what it is', async () => {
    const lines = [
      ...DAY.map(reportLine),
      '{"event":"message_created","payload":{"text":"hi"}}',
      '{"event":"message_status_updated","payload":{"uuid":"x","status":"deliverd"}}',
      '{"event":"message_status_updated","payload":{"status":"sent"}}',
      '{"some":"thing"}',
      JSON.stringify({ receivedAt: '2026-01-01T10:00:00Z', method: 'GET', path: '/', headers: {}, body: '' }),
    ];
    const { code, jsonLines } = await runCli(['report', '-', '--json'], { stdin: `${lines.join('\n')}\n` });
    expect(code).toBe(0);
    expect(jsonLines.at(-1)).toMatchObject({
      messages: 7,
      uncounted: { otherEvents: 1, unidentified: 2, unrecognised: 1, connectionChecks: 1 },
    });
  });
});

describe('report', () => {
  const page = readFileSync('docs/report.md', 'utf8');
  const blocks = [...page.matchAll(/^```sh\n([\s\S]*?)^```/gm)].flatMap(([, block = '']) =>
    block.split('\n'),
  );

  it.each(blocks.filter((line) => line !== ''))('%s does what its page says', async (line) => {
    let stdin = '';
    for (const command of line.split(' | ')) {
      const { code, stdout, stderr } = await runCli(command.split(' ').slice(1), { stdin });
      expect({ code, stderr: /error/.test(stderr) }).toEqual({ code: 0, stderr: false });
      stdin = stdout;
    }
    expect(stdin).toContain('How far they came');
  });

  it.each([20, 40, 60, 80, 120, 200])('fits a terminal of %i columns', async (columns) => {
    const { code, stdout } = await runCli(['report', '-'], { stdin: reportCapture(DAY), columns });
    expect(code).toBe(0);
    const longest = Math.max(...stdout.split('\n').map((line) => [...line].length));
    expect(longest).toBeLessThanOrEqual(columns);
    for (const word of ['131049', '1012', 'marketing', '57.1%']) expect(stdout).toContain(word);
    expect(stdout.includes('▇')).toBe(columns >= 60);
  });

  it.each(['text', 'markdown'])('shows nothing that a terminal would obey, as %s', async (format) => {
    const nasty = '\u001b[31m\u202e|<b>`\n';
    const lines = [
      ...message(1, { time: TEN, pricing: { category: nasty, type: nasty } }),
      ...message(2, { status: 'failed', code: 987_654, reason: nasty }),
    ];
    const { code, stdout } = await runCli(['report', '-', '--format', format], {
      stdin: reportCapture(lines),
    });
    expect(code).toBe(0);
    expect(stdout).not.toMatch(OBEYED);
    if (format === 'markdown') expect(stdout).not.toMatch(/(?<!\\)<b|[^\\]`/);
  });

  it('writes tables in Markdown whose rows have as many cells as their heads', async () => {
    const argv = ['report', temporaryFile(reportCapture(DAY)), '--format', 'markdown'];
    const { code, stdout } = await runCli(argv);
    expect(code).toBe(0);
    for (const table of stdout.split('\n\n').filter((part) => part.startsWith('|'))) {
      const cells = table.split('\n').map((row) => row.match(/(?<!\\)\|/g)?.length);
      expect(new Set(cells).size).toBe(1);
    }
    expect(stdout).toContain('## Failures');
  });

  it('exits 3 where there is nothing to count, and says so', async () => {
    for (const stdin of ['', '{"event":"message_created","payload":{}}\n']) {
      const { code, stdout, stderr } = await runCli(['report', '-'], { stdin });
      expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
      expect(stderr).toContain('nothing to report');
    }
    expect(await runCli(['report', temporaryFolder()])).toMatchObject({ code: 3, stdout: '' });
  });

  it('reports what it can read, and exits 3 for what it cannot', async () => {
    const file = temporaryFile(reportCapture(DAY));
    const { code, stderr, jsonLines } = await runCli(['report', file, 'nowhere.json', '--json']);
    expect(code).toBe(3);
    expect(stderr).toContain('nowhere.json');
    expect(jsonLines.at(-1)).toMatchObject({ messages: 7, unreadable: 1 });
  });

  it('reads folders, and a file that is named twice once', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'inside'));
    const lines = DAY.map(reportLine);
    writeFileSync(join(folder, 'a.ndjson'), lines.slice(0, 8).join('\n'));
    writeFileSync(join(folder, 'inside/b.ndjson'), lines.slice(8).join('\n'));
    const argv = ['report', folder, join(folder, 'a.ndjson'), '--json'];
    const { code, stderr, jsonLines } = await runCli(argv);
    expect(code).toBe(0);
    expect(stderr).toContain('read once');
    expect(jsonLines.at(-1)).toMatchObject({ files: 2, events: 17, messages: 7, duplicates: 1 });
  });

  it.each([
    [['report'], 'files'],
    [['report', 'a.json', '--by', 'hours'], '"hour"'],
    [['report', 'a.json', '--format', 'markdwon'], '"markdown"'],
    [['report', 'a.json', '--format', 'markdown', '--json'], 'contradict'],
  ])('%j exits 2 and names the way out', async (argv, hint) => {
    const { code, stdout, stderr } = await runCli(argv);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(hint);
  });
});
