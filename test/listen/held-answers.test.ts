import { describe, expect, it } from 'vitest';
import { openListener, post } from '../support/listener.ts';
import { connectRaw } from '../support/raw-http.ts';
import { startReceiver } from '../support/receiver.ts';

const LARGE = Buffer.alloc(4 * 1024 * 1024, 'x');

describe('large answers of a target to senders that do not read them', () => {
  it('are held up to a limit; what comes on top is given up, and there is room again when they leave', async () => {
    const target = await startReceiver((response) => response.end(LARGE));
    const { url, port, arrivals } = await openListener({ forward: { targets: [new URL(target.url)] } });
    const senders = Array.from({ length: 24 }, () => {
      const connection = connectRaw(port);
      connection.socket.pause();
      connection.send('POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}');
      return connection;
    });
    const answered: (number | null)[] = [];
    for await (const arrival of arrivals) {
      answered.push(arrival.answered);
      if (answered.length === senders.length) break;
    }
    const relayed = answered.filter((httpStatus) => httpStatus === 200).length;
    // 48 MiB are eleven answers of 4 MiB and a little; fewer where halves of others were held at the same time.
    expect(relayed).toBeGreaterThan(3);
    expect(relayed).toBeLessThanOrEqual(11);
    expect(answered.filter((httpStatus) => httpStatus === 502)).toHaveLength(senders.length - relayed);
    for (const { socket } of senders) socket.destroy();
    await expect.poll(async () => (await post(url, '{}')).status, { timeout: 10_000 }).toBe(200);
  });
});
