import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startListener } from '../../src/io/listen/listener.ts';
import { startCli } from '../support/cli.ts';
import { minimalEvent } from '../support/events.ts';
import { temporaryFolder } from '../support/files.ts';
import { openListener, post } from '../support/listener.ts';
import { connectRaw, statusesIn } from '../support/raw-http.ts';
import { freePort } from '../support/receiver.ts';

const READ = minimalEvent('a'.repeat(32), 'read');

/** A clock that fails at some of its calls, counted from 1: the one part of the world inside a request. */
function brokenClock(failsAt: (call: number) => boolean): () => Date {
  let calls = 0;
  return () => {
    calls += 1;
    if (failsAt(calls)) throw new Error(`the clock failed at call ${calls}`);
    return new Date();
  };
}

/** Starts `listen --json` with a clock that fails. */
async function listening(flags: readonly string[], failsAt: (call: number) => boolean) {
  const run = startCli(['listen', '--port', '0', '--json', ...flags], { now: brokenClock(failsAt) });
  const [, url = ''] = await run.stdout.until(/"url":"([^"]+)"/);
  return { ...run, url };
}

describe('an internal error in one request', () => {
  it('is answered 500, said once with how to report it, and the run does its job; it exits 70', async () => {
    const file = join(temporaryFolder(), 'all.ndjson');
    const run = await listening(['--until', 'read', '--record', file], (call) => call <= 3);
    for (let n = 0; n < 3; n += 1) expect((await post(run.url, READ)).status).toBe(500);
    expect((await post(run.url, minimalEvent('b'.repeat(32), 'sent'))).status).toBe(200);
    expect((await post(run.url, READ)).status).toBe(200);
    expect(await run.exitCode).toBe(70);
    expect(run.stderr.text.match(/the clock failed at call/g)).toHaveLength(1);
    expect(run.stderr.text).toContain('please report it');
    expect(run.stderr.text).not.toContain('not met');
    expect(run.stdout.jsonLines.at(-1)).toMatchObject({
      internalErrors: 3,
      arrivals: 2,
      expectation: { met: true },
    });
    expect(readFileSync(file, 'utf8').match(/\n/g)).toHaveLength(2);
  });

  it('leaves those alone that came with it on the same connection', async () => {
    const run = await listening([], (call) => call === 2);
    const connection = connectRaw(Number(new URL(run.url).port));
    const request = `POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${READ.length}\r\n\r\n${READ}`;
    connection.send(request.repeat(2) + request.replace('\r\n', '\r\nConnection: close\r\n'));
    const received = await connection.closed();
    expect(statusesIn(received)).toEqual([200, 500, 200]);
  });

  it('does not hide what the command of --exec came to', async () => {
    const post = `node -e 'fetch(process.env.CALLBELL_STATUS_URL).then(() => process.exit(5))'`;
    const run = await listening(['--exec', post], () => true);
    expect(await run.exitCode).toBe(70);
    expect(run.stderr.text).toMatch(/not met: the command ended with 5/);
  });

  it('is among the figures for people', async () => {
    const run = startCli(['listen', '--port', '0'], { now: brokenClock(() => true) });
    const [, url = ''] = await run.stderr.until(/(http:\/\/127\.0\.0\.1:\d+)/);
    await post(url, READ);
    run.interrupt();
    expect(await run.exitCode).toBe(70);
    expect(run.stdout.text).toMatch(/^1 request answered 500/m);
  });
});

describe('an error that onNotice throws', () => {
  const deadTarget = async () => new URL(`http://127.0.0.1:${await freePort()}`);

  it.each([
    [
      'at once',
      (): void => {
        throw new Error('mine');
      },
    ],
    ['later', (() => Promise.reject(new Error('mine'))) as () => void],
  ])('%s reaches nobody but waitFor and close, which always settles', async (_when, onNotice) => {
    const listener = await startListener({ forward: { targets: [await deadTarget()] }, onNotice });
    expect((await post(listener.url, READ)).status).toBe(502);
    expect((await post(listener.url, READ)).status).toBe(502);
    await expect(listener.waitFor({ status: 'failed' })).rejects.toThrow('mine');
    await expect(listener.close()).rejects.toThrow('mine');
    await expect(listener.close()).rejects.toThrow('mine');
    const arrivals = [];
    for await (const { answered } of listener.arrivals) arrivals.push(answered);
    expect(arrivals).toEqual([502, 502]);
  });

  it('makes `await using` reject', async () => {
    const targets = [await deadTarget()];
    const use = async (): Promise<void> => {
      await using listener = await startListener({
        forward: { targets },
        onNotice: () => {
          throw new Error('mine');
        },
      });
      await post(listener.url, READ);
    };
    await expect(use()).rejects.toThrow('mine');
  });
});

describe('close', () => {
  it('does not wait for a connection on which nothing was ever sent, or nothing is under way', async () => {
    const listener = await openListener();
    const [unused, used] = [connectRaw(listener.port), connectRaw(listener.port)];
    used.send('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await used.until(/"ok"/);
    const began = performance.now();
    await listener.close();
    // It would wait 2 s.
    expect(performance.now() - began).toBeLessThan(1500);
    expect(await unused.closed()).toBe('');
  });
});
