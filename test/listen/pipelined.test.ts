import { afterEach, describe, expect, it } from 'vitest';
import type { Arrival } from '../../src/domain/arrival/arrival.ts';
import type { ListenerOptions } from '../../src/io/listen/listener-options.ts';
import { minimalEvent } from '../support/events.ts';
import { openListener } from '../support/listener.ts';
import { connectRaw, statusesIn } from '../support/raw-http.ts';

const EVENT = minimalEvent('a'.repeat(32), 'read');

/** Requests in one write, told apart by their paths; the last one asks to hang up. */
const requests = (count: number): string =>
  Array.from(
    { length: count },
    (_, index) =>
      `POST /${index} HTTP/1.1\r\nHost: localhost\r\n${index === count - 1 ? 'Connection: close\r\n' : ''}Content-Length: ${EVENT.length}\r\n\r\n${EVENT}`,
  ).join('');

/** Sends so many requests in one write; gives what came back and the arrivals by path. */
async function pipeline(options: ListenerOptions, count: number) {
  const listener = await openListener(options);
  const connection = connectRaw(listener.port);
  connection.send(requests(count));
  const arrivals = new Map<string, Arrival>();
  const told = (async () => {
    for await (const arrival of listener.arrivals) {
      arrivals.set(arrival.path, arrival);
      if (arrivals.size === count) return;
    }
  })();
  return { listener, connection, arrivals, told };
}

const warnings: string[] = [];
process.on('warning', ({ name, message }) => warnings.push(`${name}: ${message}`));
afterEach(() => expect(warnings).toEqual([]));

describe('requests that are pipelined', () => {
  // With this seed and rate the first two are spared.
  it.each(['empty', 'malformed', 'reset', 'hang'] as const)(
    'get the answers that are told, up to the first --fault %s; then the connection ends',
    async (fault) => {
      const reply = { faults: [fault], faultRate: 0.5 };
      const { listener, connection, arrivals, told } = await pipeline({ reply, seed: 3 }, 12);
      if (fault === 'hang') {
        await connection.until(/"ok"/);
        await listener.close();
      }
      const received = await connection.closed();
      await told;
      const answered = Array.from({ length: 12 }, (_, index) => arrivals.get(`/${index}`)?.answered);
      const failed = answered.indexOf(null);
      expect(failed).toBeGreaterThan(0);
      expect(arrivals.get(`/${failed}`)?.onPurpose).toEqual([fault]);
      // Nothing behind it was on the wire.
      expect(answered.slice(failed)).toEqual(answered.slice(failed).map(() => null));
      expect(statusesIn(received)).toEqual(answered.slice(0, failed));
      expect(received.includes('HTTP/1.1 2x0')).toBe(fault === 'malformed');
    },
  );

  it('wait for each other where they are delayed, and go out in their order', async () => {
    const reply = { delayMs: 60, jitterMs: 60, inTurn: [200, 201, 202] };
    const { connection, arrivals, told } = await pipeline({ reply, seed: 1 }, 30);
    const received = await connection.closed();
    await told;
    const expected = Array.from({ length: 30 }, (_, index) => 200 + (index % 3));
    expect(statusesIn(received)).toEqual(expected);
    expect(expected.map((_, index) => arrivals.get(`/${index}`)?.answered)).toEqual(expected);
    expect([...arrivals.keys()]).toEqual(expected.map((_, index) => `/${index}`));
  });

  it('have no answer where the sender leaves before their turn', async () => {
    const { connection, arrivals, told } = await pipeline({ reply: { delayMs: 300 } }, 5);
    await new Promise<void>((resolve) => setImmediate(resolve));
    connection.socket.resetAndDestroy();
    await told;
    expect([...arrivals.values()].map(({ answered }) => answered)).toEqual([null, null, null, null, null]);
  });

  it('are slow one after another, and those that wait are not told as answered', async () => {
    const reply = { faults: ['slow-body' as const] };
    const { listener, connection, arrivals, told } = await pipeline({ reply }, 15);
    await connection.until(/\r\n\r\n\{/);
    expect(arrivals.size).toBe(0);
    connection.socket.destroy();
    await told;
    expect([...arrivals.values()].map(({ answered }) => answered)).toEqual(Array(15).fill(null));
    await listener.close();
  });

  it('are all refused where a signature is missing, in their order', async () => {
    const options = { signature: { secret: 'whsec_x' }, requireSignature: true };
    const { connection, arrivals, told } = await pipeline(options, 40);
    const received = await connection.closed();
    await told;
    expect(statusesIn(received)).toEqual(Array(40).fill(401));
    expect(arrivals.get('/39')).toMatchObject({ status: 'read', refusal: 'not-verified' });
  });
});
