import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { BoundedOutput } from '../../src/cli/listen/output.ts';
import { signBody } from '../../src/domain/signature.ts';
import { NOW, startCli, type World } from '../support/cli.ts';
import { minimalEvent, sampleEvent } from '../support/events.ts';
import { temporaryFolder } from '../support/files.ts';
import { post } from '../support/listener.ts';

const A = 'a'.repeat(32);
const B = 'b'.repeat(32);
const LIFE = ['sent', 'read', 'delivered', 'read'].map((status) => minimalEvent(A, status));

/** Runs `listen` for people, posts, ends by Ctrl+C; gives what was printed. */
async function showing(flags: readonly string[], bodies: readonly string[], world: World = {}) {
  const run = startCli(['listen', '--port', '0', ...flags], world);
  const [, url = ''] = await run.stderr.until(/(http:\/\/127\.0\.0\.1:\d+)/);
  for (const body of bodies) await post(url, body);
  run.interrupt();
  return { code: await run.exitCode, stdout: run.stdout.text, stderr: run.stderr.text };
}

describe('what listen shows', () => {
  it('is a line an arrival, then counts, funnel and medians', async () => {
    const { code, stdout } = await showing([], [...LIFE, minimalEvent(B, 'seen'), '[', '']);
    expect(code).toBe(0);
    const shape = stdout
      .replace(/\d\d:\d\d:\d\d\.\d{3}/g, 'TIME')
      .replace(/[\d.]+ ms/g, 'N ms')
      .replace(/ +/g, ' ')
      .replace(/\+\d+ms/g, '+N')
      .replace(/→ (sent|read|delivered) (N ms|[\d.]+ s)/g, '→ $1 T');
    expect(shape).toMatchInlineSnapshot(`
      "TIME sent aaaaaaaa 200 N ms
      TIME read aaaaaaaa +N delivered skipped 200 N ms
      TIME delivered aaaaaaaa +N late 200 N ms
      TIME read aaaaaaaa +N duplicate 200 N ms
      TIME invalid bbbbbbbb 200 N ms
       └ error[unknown-status]: "seen" is not a status: did you mean "read"? payload.status
      TIME invalid 200 N ms
       └ error[not-json]: this is not JSON: it ends before the last [ is closed
       1 | [
       | ^
      TIME check POST / 200 N ms

      5 events: 1 sent, 1 delivered, 2 read, 1 of no known status · 1 message · 1 connection check
      messages that reached enqueued 0 → sent 1 → delivered 1 → read 1
      median sent → read T
      1 unreadable · 2 with errors · 1 duplicate · 1 late
      "
    `);
  });

  it('is only what the filters let through; everything is counted', async () => {
    const { stdout } = await showing(
      ['--status', 'read', '--uuid', 'aaaa'],
      [...LIFE, minimalEvent(B, 'read')],
    );
    expect(stdout.match(/^\d\d:/gm)).toHaveLength(2);
    expect(stdout).toContain('5 events: 1 sent, 1 delivered, 3 read · 2 messages');
  });

  it('is the whole event with --show event, with nothing raw', async () => {
    const name = 'a\u001b[31m\u202e\u200b';
    const event = JSON.stringify({
      event: 'message_status_updated',
      payload: { uuid: A, status: 'read', contact: { name } },
    });
    const { stdout } = await showing(['--show', 'event'], [event]);
    expect(stdout).toContain('"status": "read"');
    expect(stdout).toContain('"name": "a\\u001b[31m\\u202e\\u200b"');
  });

  it('shows the whole name and uuid with --verbose', async () => {
    const event = sampleEvent('read');
    const { stdout } = await showing(['--verbose'], [JSON.stringify(event)]);
    expect(stdout).toContain(event.payload.uuid);
    expect(stdout).toContain(event.payload.contact?.name);
  });

  it('says the method and path of a check once, with --verbose too', async () => {
    const { stdout } = await showing(['--verbose'], ['', 'ping']);
    expect(stdout.match(/POST \//g)).toHaveLength(2);
  });

  it('is a row a message with --show timeline: once at the end where there is no terminal', async () => {
    const { stdout } = await showing(['--show', 'timeline'], [...LIFE, minimalEvent(B, 'failed')]);
    const rows = stdout.split('\n').slice(0, 2);
    expect(rows[0]).toMatch(/^aaaaaaaa .*sent \d\d:\d\d:\d\d ─ read ×2 \+\S+ ─ delivered \(late\) \+\S+$/);
    expect(rows[1]).toMatch(/^bbbbbbbb .*failed \d\d:\d\d:\d\d$/);
    expect(stdout).not.toContain('\u001b[');
  });

  it('has the code of a failure in the timeline', async () => {
    const { stdout } = await showing(['--show', 'timeline'], [JSON.stringify(sampleEvent('failed'))]);
    expect(stdout).toMatch(/failed \(1002\) \d\d:/);
  });

  it('redraws the timeline in place on a terminal', async () => {
    const run = startCli(['listen', '--port', '0', '--show', 'timeline', '--no-color'], { terminal: true });
    const [, url = ''] = await run.stderr.until(/(http:\/\/127\.0\.0\.1:\d+)/);
    await post(url, minimalEvent(A, 'sent'));
    await run.stdout.until(/sent/);
    await post(url, minimalEvent(A, 'read'));
    await run.stdout.until(/\[1A.*sent .*─ read/);
  });

  it('is only the summary with --quiet', async () => {
    const { stdout, stderr } = await showing(['--quiet'], [minimalEvent(A, 'read')]);
    expect(stdout.trim().split('\n')[0]).toBe('1 event: 1 read · 1 message');
    expect(stderr).toContain('listening on');
  });

  it('warns of an address that lets everybody in', async () => {
    const run = startCli(['listen', '--port', '0', '--host', '0.0.0.0']);
    await run.stderr.until(/warning: 0\.0\.0\.0 lets in everybody/);
  });

  it('verifies signatures with the secret of the environment, and tells the verdicts apart', async () => {
    const secret = 'whsec_test';
    const run = startCli(['listen', '--port', '0', '--json', '--require-signature'], {
      variables: { CALLBELL_WEBHOOK_SECRET: secret },
    });
    const [, url = ''] = await run.stdout.until(/"url":"([^"]+)"/);
    const now = Date.parse(NOW) / 1000;
    const body = ` ${minimalEvent(A, 'read')} `;
    const bytes = Buffer.from(body);
    const headers = [
      signBody(bytes, secret, now),
      signBody(bytes, secret, now - 301),
      signBody(bytes, 'x', now),
    ];
    const statuses = [];
    for (const header of headers)
      statuses.push((await post(url, body, { 'x-callbell-signature': header })).status);
    statuses.push((await post(url, body)).status);
    expect(statuses).toEqual([200, 401, 401, 401]);
    await run.stdout.until(/"n":4/);
    expect(run.stdout.jsonLines.slice(1).map(({ signature }) => signature)).toEqual([
      'verified',
      'stale',
      'invalid',
      'absent',
    ]);
    expect(run.stdout.text + run.stderr.text).not.toContain(secret);
  });
});

describe('what listen prints with --json', () => {
  it('holds the event as it came, with its numbers untouched, on one line', async () => {
    const run = startCli(['listen', '--port', '0', '--json']);
    const [, url = ''] = await run.stdout.until(/"url":"([^"]+)"/);
    await post(
      url,
      `{"event":"message_status_updated",\r\n"payload":{"uuid":"${A}","status":"read","n":1.0e2}}`,
    );
    const [line] = await run.stdout.until(/.*"arrival".*\n/);
    expect(line).toContain('"n":1.0e2');
    expect(run.stdout.jsonLines[1]).toMatchObject({
      uuid: A,
      transition: 'first',
      signature: 'unchecked',
      answered: 200,
    });
  });

  it('goes on recording when nobody reads any more, and ends when there is nothing else to do', async () => {
    const closedPipe = (): Writable => {
      const gone = Object.assign(new Error('gone'), { code: 'EPIPE' });
      return new Writable({ write: (_chunk, _encoding, done) => done(gone) }).on('error', () => {});
    };
    const alone = startCli(['listen', '--port', '0', '--json'], { stdout: closedPipe() });
    expect(await alone.exitCode).toBe(0);
    expect(alone.stderr.text).not.toContain('nobody reads');

    const file = join(temporaryFolder(), 'capture.ndjson');
    const run = startCli(['listen', '--port', '0', '--record', file], { stdout: closedPipe() });
    const [, url = ''] = await run.stderr.until(/(http:\/\/127\.0\.0\.1:\d+)/);
    for (let n = 0; n < 3; n += 1) expect((await post(url, minimalEvent(A, 'read'))).status).toBe(200);
    expect(run.stderr.text).toContain('nobody reads');
    run.interrupt();
    expect(await run.exitCode).toBe(0);
    expect(readFileSync(file, 'utf8').trim().split('\n')).toHaveLength(3);
  });
});

describe('BoundedOutput', () => {
  it('leaves out what a slow reader has no room for, and says so where it is missing', async () => {
    const slow = new PassThrough({ highWaterMark: 1 });
    const output = new BoundedOutput(slow, { gap: (count) => `[${count} left out]`, onEnd: () => {} }, 10);
    output.print('0123456789');
    await new Promise((resolve) => setImmediate(resolve));
    for (const text of ['abcde', 'fghij', 'klmno', 'pqrst']) output.print(text);
    expect(output.leftOut).toBe(2);
    const read = (async () => {
      let text = '';
      for await (const chunk of slow) text += String(chunk);
      return text;
    })();
    await output.finish();
    slow.end();
    expect(await read).toBe('0123456789abcdefghij[2 left out]');
  });
});
