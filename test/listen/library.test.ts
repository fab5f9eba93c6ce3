import { describe, expect, it } from 'vitest';
import type { Arrival } from '../../src/domain/arrival/arrival.ts';
import { signBody } from '../../src/domain/signature.ts';
import { CallbellStatusError } from '../../src/errors.ts';
import { ArrivalLog } from '../../src/io/listen/arrival-log.ts';
import { minimalEvent } from '../support/events.ts';
import { openListener, post } from '../support/listener.ts';

const A = 'a'.repeat(32);
const B = 'b'.repeat(32);

describe('startListener', () => {
  it('waits for an arrival that is to come, and finds one that has come', async () => {
    const { url, waitFor } = await openListener();
    const waiting = waitFor({ uuid: B, status: 'read' });
    await post(url, minimalEvent(A, 'read'));
    await post(url, minimalEvent(B, 'sent'));
    await post(url, minimalEvent(B, 'read'));
    expect(await waiting).toMatchObject({ n: 3 });
    expect(await waitFor({ status: 'sent' })).toMatchObject({ n: 2 });
    expect(await waitFor({ kind: 'status' })).toMatchObject({ n: 1 });
  });

  it('rejects with what was missing when it does not come', async () => {
    const listener = await openListener();
    await expect(listener.waitFor({ status: 'read' }, { timeout: 1 })).rejects.toMatchObject({
      code: 'timeout',
    });
    const waiting = listener.waitFor({ status: 'read' });
    await listener.close();
    await expect(waiting).rejects.toThrow(CallbellStatusError);
  });

  it('waits for what was refused only where it is asked to, and says when only that came', async () => {
    const signature = { secret: 'whsec_test' };
    const { url, waitFor } = await openListener({ signature, requireSignature: true });
    const read = minimalEvent(A, 'read');
    await post(url, read);
    await expect(waitFor({ status: 'read' }, { timeout: 1 })).rejects.toThrow(/refused: not-verified/);
    await expect(waitFor({ refusal: 'too-large' }, { timeout: 1 })).rejects.toThrow(/no arrival/);
    expect(await waitFor({ status: 'read', refusal: 'any' })).toMatchObject({ n: 1, answered: 401 });
    expect(await waitFor({ refusal: 'not-verified' })).toMatchObject({ n: 1 });
    const header = signBody(Buffer.from(read), signature.secret, Math.floor(Date.now() / 1000));
    await post(url, read, { 'x-callbell-signature': header });
    expect(await waitFor({ status: 'read' })).toMatchObject({ n: 2, transition: { kind: 'first' } });
  });

  it('shows everything to each of several iterations, early and late ones', async () => {
    const listener = await openListener();
    const collect = async (): Promise<number[]> => {
      const numbers = [];
      for await (const { n } of listener.arrivals) numbers.push(n);
      return numbers;
    };
    const early = [collect(), collect()];
    for (const status of ['sent', 'delivered', 'read']) await post(listener.url, minimalEvent(A, status));
    await listener.close();
    expect(await Promise.all([...early, collect()])).toEqual([
      [1, 2, 3],
      [1, 2, 3],
      [1, 2, 3],
    ]);
  });

  it('closes once, however often it is asked to, and can be listened to again', async () => {
    const listener = await openListener();
    await Promise.all([listener.close(), listener.close()]);
    const again = await openListener({ port: listener.port });
    expect(again.port).toBe(listener.port);
  });

  it.each([
    ['a status that no answer has', { inTurn: [200, 99] }],
    ['an interim status', { byStatus: { read: 100 } }],
    ['no status at all', { inTurn: [] }],
    ['a fault that is none', { faults: ['rest' as 'reset'] }],
  ])('refuses %s before it listens', async (_name, reply) => {
    await expect(openListener({ reply })).rejects.toMatchObject({ code: 'usage' });
  });

  it('finishes what is under way when it closes', async () => {
    const listener = await openListener({ reply: { delayMs: 100 } });
    const answer = post(listener.url, minimalEvent(A, 'read'));
    const begun = new Promise<void>((resolve) => setImmediate(resolve));
    await begun;
    const { status } = await answer;
    await listener.close();
    expect(status).toBe(200);
  });
});

describe('ArrivalLog', () => {
  const arrival = (n: number, bytes = 1): Arrival => ({ n, body: Buffer.alloc(bytes) }) as unknown as Arrival;

  it('holds the latest, by number and by bytes, and lets an iteration that lags skip what is gone', async () => {
    const log = new ArrivalLog({ arrivals: 3, bodyBytes: 100 });
    const iterator = log[Symbol.asyncIterator]();
    for (let n = 1; n <= 2; n += 1) log.push(arrival(n));
    expect((await iterator.next()).value?.n).toBe(1);
    for (let n = 3; n <= 6; n += 1) log.push(arrival(n));
    expect((await iterator.next()).value?.n).toBe(4);
    log.push(arrival(7, 99));
    expect((await iterator.next()).value?.n).toBe(6);
    log.push(arrival(8, 200));
    log.end();
    const left = [];
    for await (const { n } of { [Symbol.asyncIterator]: () => iterator }) left.push(n);
    expect(left).toEqual([8]);
  });
});
