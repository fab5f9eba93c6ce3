import { describe, expect, it } from 'vitest';
import { runCli, startCli } from '../support/cli.ts';
import { minimalEvent, sampleEvent } from '../support/events.ts';
import { openListener, post } from '../support/listener.ts';
import { connectRaw, statusesIn } from '../support/raw-http.ts';

const EVENT = JSON.stringify(sampleEvent('read'));
const RAW = `POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${Buffer.byteLength(EVENT)}\r\n\r\n${EVENT}`;

/** Starts `listen` as a program; gives its URL. */
async function listening(...flags: readonly string[]) {
  const run = startCli(['listen', '--port', '0', '--json', ...flags]);
  const [, url = ''] = await run.stdout.until(/"url":"([^"]+)"/);
  return { ...run, url };
}

describe('listen misbehaving on purpose', () => {
  it('answers as --respond says, and says that it was on purpose', async () => {
    const { url, stdout } = await listening('--respond', '500,204,failed=418');
    const statuses = [];
    for (const status of ['sent', 'failed', 'read', 'sent']) {
      statuses.push((await post(url, minimalEvent('a'.repeat(32), status))).status);
    }
    expect(statuses).toEqual([500, 418, 204, 500]);
    await stdout.until(/"n":4/);
    expect(stdout.jsonLines[1]).toMatchObject({ answered: 500, onPurpose: ['respond'] });
  });

  it('answers what the sender prefers', async () => {
    const { url, waitFor } = await openListener();
    expect((await post(url, EVENT, { prefer: 'code=503' })).status).toBe(503);
    expect(await waitFor({})).toMatchObject({ answered: 503, onPurpose: ['prefer'] });
  });

  it('waits as long as --delay says', async () => {
    const { url, waitFor } = await openListener({ reply: { delayMs: 40 } });
    await post(url, EVENT);
    const { ms, onPurpose } = await waitFor({});
    expect(ms).toBeGreaterThanOrEqual(39);
    expect(onPurpose).toEqual(['delay']);
  });

  it.each([
    ['reset', ''],
    ['empty', ''],
    ['malformed', 'HTTP/1.1 2x0 ok\r\ncontent-length: many\r\n\r\n{"status":'],
  ] as const)('fails with %s, and counts it as no answer', async (fault, sent) => {
    const { port, waitFor } = await openListener({ reply: { faults: [fault] } });
    const connection = connectRaw(port);
    connection.send(RAW);
    expect(await connection.closed()).toBe(sent);
    expect(await waitFor({})).toMatchObject({ answered: null, onPurpose: [fault] });
  });

  it('lets a sender hang until it closes', async () => {
    const listener = await openListener({ reply: { faults: ['hang'] } });
    const connection = connectRaw(listener.port);
    connection.send(RAW);
    // A second request is answered by nobody either: the first is still being held.
    const other = connectRaw(listener.port);
    other.send(RAW);
    other.socket.end();
    await listener.waitFor({});
    expect(connection.socket.destroyed).toBe(false);
    await listener.close();
    expect(await connection.closed()).toBe('');
  });

  it('sends a body so slowly that its answer is cut off when the listener ends', async () => {
    const listener = await openListener({ reply: { faults: ['slow-body'] } });
    const connection = connectRaw(listener.port);
    connection.send(RAW);
    const begun = await connection.until(/\r\n\r\n\{/);
    expect(statusesIn(begun)).toEqual([200]);
    expect(begun.endsWith('{')).toBe(true);
    connection.socket.destroy();
    expect(await listener.waitFor({})).toMatchObject({ onPurpose: ['slow-body'] });
  });

  it('says how long Callbell would still wait when answers keep failing', async () => {
    const { url, stderr } = await listening('--respond', '500');
    for (let n = 0; n < 3; n += 1) await post(url, EVENT);
    await stderr.until(/3 answers in a row failed.*e-mail.*disable/);
  });

  it('does not say so of what strangers send', async () => {
    const run = startCli(['listen', '--port', '0', '--require-signature'], {
      variables: { CALLBELL_WEBHOOK_SECRET: 'whsec_test' },
    });
    const [, url = ''] = await run.stderr.until(/(http:\/\/127\.0\.0\.1:\d+)/);
    for (let n = 0; n < 4; n += 1) {
      await post(`${url}/.env`, EVENT);
      await post(url, '{"a":1}');
      await post(url, EVENT, { origin: 'https://evil.example' });
    }
    run.interrupt();
    await run.exitCode;
    expect(run.stderr.text).not.toContain('in a row failed');
  });

  it.each([
    [['--respond', '600'], /200 to 599/],
    [['--respond', 'faild=500'], /failed/],
    [['--delay', '2'], /unit/],
    [['--fault', 'rest'], /reset/],
    [['--fault-rate', '0.5'], /--fault/],
    [['--fault', 'reset', '--fault-rate', '50'], /share/],
    [['--max-body', '12'], /unit/],
    [['--show', 'evnt'], /event/],
    [['--show', 'event', '--json'], /--json/],
    [['--redact'], /--record/],
    [['--uuid', 'XYZ'], /hex/],
    [['--require-signature'], /CALLBELL_WEBHOOK_SECRET/],
    [['--secret-env', 'NOT_SET'], /NOT_SET/],
  ])('refuses %j with the next step', async (flags, message) => {
    const { code, stderr } = await runCli(['listen', '--port', '0', ...flags]);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });
});
