import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { signBody } from '../../src/domain/signature.ts';
import { NOW, startCli, type World } from '../support/cli.ts';
import { minimalEvent } from '../support/events.ts';
import { temporaryFolder } from '../support/files.ts';
import { post } from '../support/listener.ts';
import { freePort, startReceiver } from '../support/receiver.ts';

const A = 'a'.repeat(32);
const SECRET = 'whsec_test';
const SIGNING: World = { variables: { CALLBELL_WEBHOOK_SECRET: SECRET } };

const READ = minimalEvent(A, 'read');
const signed = (body: string): Record<string, string> => ({
  'x-callbell-signature': signBody(Buffer.from(body), SECRET, Date.parse(NOW) / 1000),
});

/** Starts `listen --json` with those flags. */
async function listening(flags: readonly string[], world: World = {}) {
  const run = startCli(['listen', '--port', '0', '--json', ...flags], world);
  const [, url = ''] = await run.stdout.until(/"url":"([^"]+)"/);
  return { ...run, url };
}

describe('a request that the listener refused', () => {
  it.each([
    ['--until', ['--until', 'read']],
    ['--expect', ['--expect', 'read']],
    ['--max-events', ['--max-events', '1']],
  ])('does not satisfy %s; the genuine one after it does', async (_name, flags) => {
    const run = await listening(['--require-signature', ...flags], SIGNING);
    expect((await post(run.url, READ)).status).toBe(401);
    expect((await post(run.url, READ, signed(READ))).status).toBe(200);
    expect(await run.exitCode).toBe(0);
    const [, forged, genuine, summary] = run.stdout.jsonLines;
    expect(forged).toMatchObject({ refusal: 'not-verified', status: 'read' });
    expect(forged).not.toHaveProperty('transition');
    expect(genuine).toMatchObject({ answered: 200, transition: 'first' });
    expect(summary).toMatchObject({
      arrivals: 2,
      events: 1,
      messages: 1,
      statuses: { read: 1 },
      reached: { read: 1 },
      duplicates: 0,
      refused: 1,
      refusals: { 'not-verified': 1 },
      notAccepted: 0,
    });
  });

  it('is no reason for --fail-on-invalid, and is said where something is missing', async () => {
    const flags = ['--require-signature', '--fail-on-invalid', '--until', 'read', '--timeout', '500ms'];
    const run = await listening(flags, SIGNING);
    await post(run.url, minimalEvent(A, 'seen'));
    await post(run.url, READ);
    expect(await run.exitCode).toBe(1);
    expect(run.stderr.text.match(/^not .*/gm)).toEqual(['not met: no "read" came', 'not counted: 2 refused']);
    expect(run.stdout.jsonLines.at(-1)).toMatchObject({ events: 0, invalid: 0, refused: 2 });
  });

  it('has a line of its own among the figures, and no row in the timeline', async () => {
    const run = startCli(['listen', '--port', '0', '--require-signature', '--show', 'timeline'], SIGNING);
    const [, url = ''] = await run.stderr.until(/(http:\/\/127\.0\.0\.1:\d+)/);
    await post(url, READ);
    run.interrupt();
    expect(await run.exitCode).toBe(0);
    expect(run.stdout.text).toMatch(/^1 refused.*: 1 signature required$/m);
    expect(run.stdout.text).not.toMatch(/^aaaa/m);
    expect(run.stdout.text).toMatch(/^last trouble: .* ✗401 signature required$/m);
  });

  it('is no duplicate when it comes again, also where it was refused as late as after forwarding', async () => {
    const file = join(temporaryFolder(), 'all.ndjson');
    // What cannot be forwarded cannot be kept either: a folder has its name.
    mkdirSync(file.replace('.ndjson', '.not-forwarded.ndjson'));
    const run = await listening(['-f', String(await freePort()), '--record', file]);
    await post(run.url, minimalEvent(A, 'sent'));
    await post(run.url, minimalEvent(A, 'sent'));
    await run.stdout.until(/"n":2/);
    run.interrupt();
    expect(await run.exitCode).toBe(0);
    expect(existsSync(file)).toBe(true);
    const summary = run.stdout.jsonLines.at(-1);
    expect(summary).toMatchObject({ refusals: { 'not-recorded': 2 }, events: 0, duplicates: 0, reached: {} });
  });

  it('is too large, not wrong JSON, where it unpacks beyond the limit', async () => {
    const run = await listening(['--max-body', '1kb']);
    const { status } = await post(run.url, gzipSync(Buffer.alloc(5000, ' ')), { 'content-encoding': 'gzip' });
    expect(status).toBe(413);
    await run.stdout.until(/"arrival"/);
    expect(run.stdout.jsonLines[1]).toMatchObject({
      refusal: 'too-large',
      problems: [{ code: 'too-large' }],
    });
  });
});

describe('an event that came but was answered with a failure', () => {
  it.each([
    ['--until', ['--until', 'read']],
    ['--expect', ['--expect', 'read']],
    ['--max-events', ['--max-events', '1']],
  ])('counts for %s only once the first target has accepted it', async (_name, flags) => {
    const answers = [500, 200];
    const target = await startReceiver((response) => response.writeHead(answers.shift() ?? 200).end());
    const run = await listening(['-f', target.url, ...flags]);
    expect((await post(run.url, READ)).status).toBe(500);
    expect((await post(run.url, READ)).status).toBe(200);
    expect(await run.exitCode).toBe(0);
    expect(run.stdout.jsonLines.at(-1)).toMatchObject({
      events: 2,
      notAccepted: 1,
      resent: 1,
      duplicates: 0,
    });
  });

  it('does not count where the target is not there, which is said', async () => {
    const run = await listening(['-f', String(await freePort()), '--until', 'read', '--timeout', '500ms']);
    expect((await post(run.url, READ)).status).toBe(502);
    expect(await run.exitCode).toBe(1);
    expect(run.stderr.text).toContain('not counted: 1 not accepted by the target');
  });

  it.each([[['--respond', '500']], [['--fault', 'empty']]])(
    'counts with %j: it was on purpose',
    async (flags) => {
      const run = await listening([...flags, '--until', 'read', '--expect', 'read']);
      await post(run.url, READ).catch(() => undefined);
      expect(await run.exitCode).toBe(0);
    },
  );
});

describe('--fail-on-invalid', () => {
  it('ends the run, and does not blame it for what had not come by then', async () => {
    const run = await listening(['--max-events', '2', '--until', 'read', '--fail-on-invalid']);
    await post(run.url, minimalEvent(A, 'seen'));
    expect(await run.exitCode).toBe(1);
    expect(run.stderr.text.match(/^not .*/gm)).toEqual(['not met: 1 of the arrivals had errors']);
  });
});
