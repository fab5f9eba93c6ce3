import { describe, expect, it } from 'vitest';
import { startCli } from '../support/cli.ts';
import { minimalEvent } from '../support/events.ts';
import { openListener, post } from '../support/listener.ts';
import { startReceiver } from '../support/receiver.ts';

const A = 'a'.repeat(32);
const READ = minimalEvent(A, 'read');

describe('an event that is sent again', () => {
  it('after a failed answer is no duplicate, and counts where it was accepted', async () => {
    const target = await startReceiver((response, n) => response.writeHead(n === 3 ? 200 : 500).end());
    const run = startCli(['listen', '--port', '0', '--json', '-f', target.url]);
    const [, url = ''] = await run.stdout.until(/"url":"([^"]+)"/);
    for (let n = 0; n < 3; n += 1) await post(url, READ);
    await post(url, minimalEvent(A, 'failed'));
    run.interrupt();
    await run.exitCode;
    const [, ...facts] = run.stdout.jsonLines;
    expect(facts.map(({ resentAfter }) => resentAfter)).toEqual([undefined, 500, 500, undefined, undefined]);
    expect(facts.at(-1)).toMatchObject({ resent: 2, duplicates: 0, reached: { read: 1 }, notAccepted: 3 });
  });

  it('after a good answer is a duplicate', async () => {
    const listener = await openListener({ reply: { inTurn: [500, 200] } });
    for (let n = 0; n < 4; n += 1) await post(listener.url, READ);
    await listener.close();
    const told = [];
    for await (const { resentAfter, transition } of listener.arrivals)
      told.push([resentAfter, transition?.kind]);
    expect(told).toEqual([
      [undefined, 'first'],
      [500, 'duplicate'],
      [undefined, 'duplicate'],
      [500, 'duplicate'],
    ]);
  });

  it('after no answer says so', async () => {
    const run = startCli(['listen', '--port', '0', '--fault', 'reset'], { columns: 140 });
    const [, url = ''] = await run.stderr.until(/(http:\/\/127\.0\.0\.1:\d+)/);
    for (let n = 0; n < 2; n += 1) await post(url, READ).catch(() => undefined);
    run.interrupt();
    await run.exitCode;
    expect(run.stdout.text).toContain('again after no answer');
    expect(run.stdout.text).toContain('1 sent again');
    expect(run.stdout.text).not.toContain('duplicate');
  });
});

describe('the same refusal again and again', () => {
  it('is explained once, and counted where it ends', async () => {
    const target = await startReceiver((response, n) =>
      response
        .writeHead(n < 8 ? 404 : n === 8 ? 200 : 500)
        .end(n < 8 ? '<!DOCTYPE html><pre>Cannot POST /x</pre>' : 'boom'),
    );
    const run = startCli(['listen', '--port', '0', '-f', `${target.port}/x`], { columns: 140 });
    const [, url = ''] = await run.stderr.until(/(http:\/\/127\.0\.0\.1:\d+)/);
    for (let n = 0; n < 10; n += 1) await post(url, READ);
    run.interrupt();
    await run.exitCode;
    const shape = run.stdout.text
      .split('\n')
      .map((line) => line.replace(/^\d\d:.* (\d{3}) +[\d.]+ ms$/, '$1').trim())
      .slice(0, 16);
    expect(shape).toEqual([
      ...['404', '└ Cannot POST /x', `└ it was asked for http://localhost:${target.port}/x`],
      ...['404', '404', '404', '404', '404', '404', '└ the same 6 times more'],
      ...['200', '500', '└ boom', '500', '└ the same once more', ''],
    ]);
  });
});
