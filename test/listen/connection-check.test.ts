import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isConnectionCheck } from '../../src/domain/arrival/connection-check.ts';
import { runCli, startCli } from '../support/cli.ts';
import { minimalEvent, sampleEvent } from '../support/events.ts';
import { temporaryFolder } from '../support/files.ts';
import { post } from '../support/listener.ts';
import { startReceiver } from '../support/receiver.ts';

const EVENT = minimalEvent('a'.repeat(32), 'read');

const CHECKS = ['', ' \r\n', 'ping', 'Hello from Callbell!', 'test=1&source=callbell', 'challenge: 4711'];

const BROKEN = [
  EVENT.slice(0, 40),
  EVENT.slice(0, 1),
  EVENT.slice(-20),
  '[object Object]',
  `event=message_status_updated&uuid=${'a'.repeat(32)}`,
  `payload=${encodeURIComponent(EVENT)}`.slice(0, 60),
  "{'event': 'message_status_updated'}",
  'event: message_status_updated\npayload:\n  status: read\n',
  '<!doctype html><title>x</title>',
  Buffer.from(EVENT).toString('base64').slice(0, 80),
  'a long text that goes on and on '.repeat(5),
];

describe('a check of the connection', () => {
  it.each(CHECKS)('is %j', async (body) => expect(isConnectionCheck('POST', body)).toBe(true));

  it.each(BROKEN)('is not %j', async (body) => expect(isConnectionCheck('POST', body)).toBe(false));

  it('is never a torn event, wherever that is torn', () => {
    const text = JSON.stringify(sampleEvent('failed'));
    for (let at = 1; at < text.length; at += 1) {
      expect(isConnectionCheck('POST', text.slice(0, at))).toBe(false);
    }
  });

  it('is no reason for --fail-on-invalid, in the recording neither, redacted or not', async () => {
    // Of three the text is withheld: nobody can say of them any more what they were.
    for (const [flags, connectionChecks] of [
      [[], 7],
      [['--redact'], 4],
    ] as const) {
      const file = join(temporaryFolder(), 'today.ndjson');
      const run = startCli([
        'listen',
        '--port',
        '0',
        '--json',
        '--fail-on-invalid',
        '--record',
        file,
        ...flags,
      ]);
      const [, url = ''] = await run.stdout.until(/"url":"([^"]+)"/);
      for (const body of CHECKS) expect((await post(url, body)).status).toBe(200);
      await fetch(`${url}/health`);
      await post(url, EVENT);
      await run.stdout.until(/"n":8/);
      run.interrupt();
      expect(await run.exitCode).toBe(0);
      expect(run.stdout.jsonLines.at(-1)).toMatchObject({ events: 1, connectionChecks: 7, unreadable: 0 });

      const validated = await runCli(['validate', file, '--json']);
      expect(validated.code).toBe(0);
      const warnings = 7 - connectionChecks;
      expect(validated.jsonLines.at(-1)).toMatchObject({ events: 1, connectionChecks, errors: 0, warnings });

      const target = await startReceiver();
      const replayed = await runCli(['replay', file, '--to', target.url, '--json']);
      expect(replayed.code).toBe(0);
      expect(replayed.jsonLines.at(-1)).toMatchObject({ total: 1, accepted: 1 });
    }
  });

  it('is no body of which an event is left', async () => {
    const file = join(temporaryFolder(), 'today.ndjson');
    const run = startCli(['listen', '--port', '0', '--json', '--record', file]);
    const [, url = ''] = await run.stdout.until(/"url":"([^"]+)"/);
    for (const body of BROKEN) await post(url, body);
    await run.stdout.until(new RegExp(`"n":${BROKEN.length},`));
    run.interrupt();
    await run.exitCode;
    expect(run.stdout.jsonLines.at(-1)).toMatchObject({ connectionChecks: 0, unreadable: BROKEN.length });
    const validated = await runCli(['validate', file, '--json']);
    expect(validated.jsonLines.at(-1)).toMatchObject({ connectionChecks: 0, errors: BROKEN.length });
  });

  it('is not what came by GET and is an event all the same', async () => {
    const capture = JSON.stringify({ method: 'GET', path: '/', headers: {}, body: EVENT });
    const { jsonLines } = await runCli(['validate', '-', '--json'], { stdin: capture });
    expect(jsonLines.at(-1)).toMatchObject({ events: 1, connectionChecks: 0 });
  });

  it('shows the words it came with', async () => {
    const run = startCli(['listen', '--port', '0']);
    const [, url = ''] = await run.stderr.until(/(http:\/\/127\.0\.0\.1:\d+)/);
    await post(url, 'ping');
    await run.stdout.until(/check +POST \/ {2}"ping"/);
  });
});

describe('a check of the connection where a signature is required', () => {
  const variables = { CALLBELL_WEBHOOK_SECRET: 'whsec_test' };

  it('is answered 200 without one, is no trouble, and is not passed on', async () => {
    const target = await startReceiver();
    const flags = ['--require-signature', '--forward-to', target.url];
    const run = startCli(['listen', '--port', '0', '--json', ...flags], { variables });
    const [, url = ''] = await run.stdout.until(/"url":"([^"]+)"/);
    expect((await fetch(`${url}/health`)).status).toBe(200);
    for (const body of ['', 'ping']) {
      expect(await post(url, body)).toMatchObject({ status: 200, text: '{"status":"ok"}' });
    }
    expect((await post(url, EVENT)).status).toBe(401);
    expect((await post(url, BROKEN[0] ?? '')).status).toBe(401);
    await run.stdout.until(/"n":5/);
    run.interrupt();
    await run.exitCode;
    expect(target.requests).toHaveLength(0);
    expect(run.stdout.jsonLines.at(-1)).toMatchObject({
      connectionChecks: 3,
      refusals: { 'not-verified': 2 },
      notVerified: 2,
    });
  });

  it('has nothing in red in its line', async () => {
    const run = startCli(['listen', '--port', '0'], { variables });
    const [, url = ''] = await run.stderr.until(/(http:\/\/127\.0\.0\.1:\d+)/);
    await fetch(url);
    await post(url, 'ping', { 'x-callbell-signature': 't=1,v1=2' });
    await run.stdout.until(/signature invalid/);
    expect(run.stdout.text).not.toContain('not signed');
  });
});

describe('a secret that is empty', () => {
  it('is said, where nobody asked for signatures', async () => {
    const run = startCli(['listen', '--port', '0'], { variables: { CALLBELL_WEBHOOK_SECRET: '' } });
    await run.stderr.until(/CALLBELL_WEBHOOK_SECRET is empty/);
  });

  it.each([
    ['an empty variable', { OTHER: ' ' }],
    ['a variable that is not set', {}],
  ])('is refused as %s of --secret-env', async (_name, variables) => {
    const { code, stderr } = await runCli(['listen', '--port', '0', '--secret-env', 'OTHER'], { variables });
    expect(code).toBe(2);
    expect(stderr).toContain('OTHER');
  });
});
