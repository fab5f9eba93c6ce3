import { describe, expect, it } from 'vitest';
import { OBEYED, type RunningCli, runCli, startCli } from '../support/cli.ts';
import { minimalEvent, sampleEvent } from '../support/events.ts';
import { startReceiver } from '../support/receiver.ts';

const UUID = 'a'.repeat(32);

async function startJson(): Promise<{ run: RunningCli; url: string }> {
  const run = startCli(['listen', '--port', '0', '--json']);
  await run.stdout.until(/"type":"ready".*\n/);
  return { run, url: String(run.stdout.jsonLines[0]?.url) };
}

const post = (url: string, body: string | Uint8Array<ArrayBuffer>): Promise<Response> =>
  fetch(url, { method: 'POST', body });

async function stop(run: RunningCli): Promise<Record<string, unknown>[]> {
  run.interrupt();
  expect(await run.exitCode).toBe(0);
  return run.stdout.jsonLines;
}

describe('listen', () => {
  it('says where it listens, what arrives, and the figures at Ctrl+C', async () => {
    const { run, url } = await startJson();
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    for (const status of ['sent', 'read', 'delivered', 'read']) {
      const response = await post(`${url}/hook?x=1`, minimalEvent(UUID, status));
      expect([response.status, await response.text()]).toEqual([200, '{"status":"ok"}']);
    }
    const [ready, ...facts] = await stop(run);
    expect(ready).toMatchObject({ type: 'ready', url, pid: 4711 });
    const arrival = {
      type: 'arrival',
      method: 'POST',
      path: '/hook?x=1',
      kind: 'status',
      uuid: UUID,
      answered: 200,
    };
    expect(facts).toMatchObject([
      { ...arrival, n: 1, status: 'sent', transition: 'first' },
      { ...arrival, n: 2, status: 'read', transition: 'skipped', skipped: ['delivered'] },
      { ...arrival, n: 3, status: 'delivered', transition: 'late' },
      { ...arrival, n: 4, status: 'read', transition: 'duplicate' },
      { type: 'summary', arrivals: 4, events: 4, messages: 1, statuses: { sent: 1, delivered: 1, read: 2 } },
    ]);
  });

  it.each([
    ['a GET', { method: 'GET' }, { kind: 'connection-check', problems: [] }],
    ['an empty POST', { method: 'POST' }, { kind: 'connection-check', problems: [] }],
    [
      'another event',
      { method: 'POST', body: '{"event":"message_created","payload":{}}' },
      { kind: 'other-event', eventName: 'message_created' },
    ],
    ['no JSON', { method: 'POST', body: '{ping' }, { kind: 'unreadable', problems: [{ code: 'not-json' }] }],
    [
      'an invalid event',
      { method: 'POST', body: minimalEvent(UUID, 'deliverd') },
      { kind: 'status', problems: [{ code: 'unknown-status', suggestion: 'delivered' }, {}] },
    ],
  ])('answers 200 to %s and tells what it was', async (_name, request, expected) => {
    const { run, url } = await startJson();
    expect((await fetch(url, request)).status).toBe(200);
    expect((await stop(run))[1]).toMatchObject({ type: 'arrival', answered: 200, ...expected });
  });

  it('answers 413 to a body over 1 MiB and keeps serving', async () => {
    const { run, url } = await startJson();
    expect((await post(url, new Uint8Array(1024 * 1024 + 1))).status).toBe(413);
    expect((await post(url, minimalEvent(UUID, 'read'))).status).toBe(200);
    expect(await stop(run)).toMatchObject([
      {},
      { kind: 'unreadable', answered: 413 },
      { status: 'read' },
      {},
    ]);
  });

  it('prints one aligned line an arrival, and what is wrong below', async () => {
    const run = startCli(['listen', '--port', '0']);
    const [, url = ''] = await run.stderr.until(/listening on (\S+)/);
    await post(url, JSON.stringify(sampleEvent('failed')));
    await post(url, minimalEvent(UUID, 'deliverd'));
    run.interrupt();
    expect(await run.exitCode).toBe(0);
    const lines = run.stdout.text.replaceAll(/\d\d:\d\d:\d\d\.\d{3}/g, '<time>').split('\n');
    expect(lines[0]).toMatch(/^<time> {2}failed {5}[0-9a-f]{8} {2}44\d{10} .*1002.* 200 +[\d.]+ ms$/);
    expect(lines[1]).toMatch(/└ 1002 \S+/);
    expect(lines[2]).toMatch(/^<time> {2}invalid {4}aaaaaaaa .* 200 +[\d.]+ ms$/);
    expect(lines[3]).toContain('did you mean "delivered"?');
  });

  it('shows escape sequences of a number or a reason, and obeys none', async () => {
    const run = startCli(['listen', '--port', '0']);
    const [, url = ''] = await run.stderr.until(/listening on (\S+)/);
    const event = sampleEvent('failed');
    const inner = {
      type: 'failed',
      destination: '\u001b[2J44',
      payload: { code: 1, reason: '\u001b]0;owned\u0007\u202e\u200b' },
    };
    const contact = { name: '\u001b[31mred', phoneNumber: '\u009b2J' };
    await post(
      url,
      JSON.stringify({ ...event, payload: { ...event.payload, contact, messageStatusPayload: inner } }),
    );
    run.interrupt();
    await run.exitCode;
    expect(run.stdout.text).toContain('\\u001b');
    expect(run.stdout.text).not.toMatch(OBEYED);
  });

  it('exits 3 with one sentence when the port is taken', async () => {
    const { port } = await startReceiver();
    const { code, stdout, stderr } = await runCli(['listen', '--port', String(port)]);
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toMatch(new RegExp(`^error: port ${port} is already in use\n`));
  });

  it('and replay understand each other', async () => {
    const { run, url } = await startJson();
    const events = await runCli(['simulate', '-s', 'all', '--seed', '7']);
    const { code } = await runCli(['replay', '-', '--to', url], { stdin: events.stdout });
    expect(code).toBe(0);
    const arrivals = (await stop(run)).slice(1, -1);
    expect(arrivals.map(({ event }) => event)).toEqual(events.jsonLines);
    expect(arrivals.flatMap(({ problems }) => problems)).toMatchObject([{ code: 'deprecated-status' }]);
  });
});
