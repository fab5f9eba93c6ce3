import { expect, it } from 'vitest';
import { openListener, post } from '../support/listener.ts';
import { connectRaw } from '../support/raw-http.ts';
import { startReceiver } from '../support/receiver.ts';

const BODY = `{"event":"message_created","payload":{"text":"${'x'.repeat(1_000_000)}"}}`;
const HEAD = `POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${BODY.length}\r\n\r\n`;

it('holds requests that wait for a target up to a limit, refuses the rest, and has room again', async () => {
  // It does not answer until it is told to.
  let isAnswering = false;
  const waiting: (() => void)[] = [];
  const target = await startReceiver((response) => {
    if (isAnswering) response.end();
    else waiting.push(() => response.end());
  });
  const { url, port, arrivals } = await openListener({ forward: { targets: [new URL(target.url)] } });
  const senders = Array.from({ length: 80 }, () => {
    const connection = connectRaw(port);
    connection.send(HEAD + BODY);
    return connection;
  });
  // 48 MiB hold fewer than 50 bodies of a megabyte: at least 30 of 80 are told so at once.
  const refused: unknown[] = [];
  for await (const { answered, refusal } of arrivals) {
    refused.push([answered, refusal]);
    if (refused.length === 30) break;
  }
  expect(new Set(refused.map(String))).toEqual(new Set(['503,overloaded']));
  for (const { socket } of senders) socket.destroy();
  isAnswering = true;
  for (const answer of waiting) answer();
  await expect.poll(async () => (await post(url, BODY)).status, { timeout: 10_000 }).toBe(200);
});
