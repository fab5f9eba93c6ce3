import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runDeliveries } from '../../src/io/deliver/delivery-run.ts';
import { captureOf, statusIn, uuidIn, uuidOf } from '../support/captures.ts';
import { runCli } from '../support/cli.ts';
import { minimalEvent } from '../support/events.ts';
import { startReceiver } from '../support/receiver.ts';

const TO_ITS_END = { ends: [], giveUp: undefined, drain: false, onEnd: undefined };

test('the events of a message stay in order at any concurrency, and each is delivered once', async () => {
  let most = 0;
  let underWay = 0;
  const receiver = await startReceiver((response, n) => {
    underWay += 1;
    most = Math.max(most, underWay);
    // Answers overtake each other: every third one is a turn of the event loop later.
    const answer = () => {
      underWay -= 1;
      response.end();
    };
    if (n % 3 === 0) setImmediate(() => setImmediate(answer));
    else setImmediate(answer);
  });
  const url = new URL(receiver.url);
  const anyInput = fc.array(fc.nat({ max: 5 }), { minLength: 1, maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(anyInput, fc.integer({ min: 1, max: 20 }), async (messages, concurrency) => {
      receiver.requests.length = 0;
      const events = messages.map((message, index) => {
        const uuid = uuidOf(message);
        return { source: String(index), uuid, bytes: Buffer.from(minimalEvent(uuid, String(index))) };
      });
      let settled = 0;
      for await (const batch of runDeliveries(events, { url, concurrency }, TO_ITS_END))
        settled += batch.length;
      expect(settled).toBe(events.length);
      for (const message of new Set(messages)) {
        const arrived = receiver.requests.filter(({ body }) => uuidIn(body) === uuidOf(message));
        const sent = events.filter(({ uuid }) => uuid === uuidOf(message));
        expect(arrived.map(({ body }) => statusIn(body))).toEqual(sent.map(({ source }) => source));
      }
    }),
    { numRuns: 40 },
  );
  expect(most).toBeGreaterThan(1);
  expect(most).toBeLessThanOrEqual(20);
});

test('one at a time by default', async () => {
  let underWay = 0;
  const receiver = await startReceiver((response) => {
    underWay += 1;
    setImmediate(() => {
      expect(underWay).toBe(1);
      underWay -= 1;
      response.end();
    });
  });
  expect((await runCli(['replay', '-', '--to', receiver.url], { stdin: captureOf(20) })).code).toBe(0);
});

test('--shuffle and --duplicate are the same again with the same --seed', async () => {
  const receiver = await startReceiver();
  const run = async (...flags: string[]) => {
    receiver.requests.length = 0;
    await runCli(['replay', '-', '--to', receiver.url, ...flags], { stdin: captureOf(30) });
    return receiver.requests.map(({ body }) => uuidIn(body));
  };
  const all = Array.from({ length: 30 }, (_, index) => uuidOf(index));
  const shuffled = await run('--shuffle', '--seed', '7');
  expect(shuffled).not.toEqual(all);
  expect(shuffled.toSorted()).toEqual(all);
  expect(await run('--shuffle', '--seed', '7')).toEqual(shuffled);
  expect(await run('--shuffle', '--seed', '8')).not.toEqual(shuffled);
  expect(await run('--duplicate', '2')).toEqual(all.flatMap((uuid) => [uuid, uuid, uuid]));
  const some = await run('--duplicate', '50%', '--seed', '7');
  expect(some.length).toBeGreaterThan(30);
  expect(some.length).toBeLessThan(60);
  expect(await run('--duplicate', '50%', '--seed', '7')).toEqual(some);
});

test('--timing original says how long it takes, and plans the recorded gaps', async () => {
  const at = (seconds: number) =>
    `{"event":"message_status_updated","payload":{"uuid":"${uuidOf(seconds)}","status":"read",` +
    `"messageStatusPayload":{"type":"read","id":"x","destination":"1","payload":{"ts":${1_790_000_000 + seconds}}}}}\n`;
  const stdin = at(0) + at(20) + at(10) + at(3620);
  const planned = async (...flags: string[]) => {
    const argv = ['replay', '-', '--to', '3000', '--dry-run', '--json', '--timing', 'original', ...flags];
    const { jsonLines } = await runCli(argv, { stdin });
    return jsonLines.flatMap(({ dueMs }) => (dueMs === undefined ? [] : [dueMs]));
  };
  expect(await planned()).toEqual([0, 20_000, 20_000, 3_620_000]);
  expect(await planned('--speed', '10x')).toEqual([0, 2000, 2000, 362_000]);
  expect(await planned('--speed', '10x', '--max-gap', '5s')).toEqual([0, 2000, 2000, 7000]);
});

test('--rate spaces deliveries, and still delivers all', async () => {
  const receiver = await startReceiver();
  const { code } = await runCli(['replay', '-', '--to', receiver.url, '--rate', '500/s', '-c', '9'], {
    stdin: captureOf(20),
  });
  expect(receiver.requests).toHaveLength(20);
  expect(code).toBe(0);
});

test('--status, --uuid, --skip and --limit choose', async () => {
  const stdin = captureOf(5, 'sent') + captureOf(5, 'read');
  const chosen = async (...flags: string[]) => {
    const { jsonLines } = await runCli(['replay', '-', '--to', '3', '--dry-run', '--json', ...flags], {
      stdin,
    });
    return jsonLines.filter(({ type }) => type === 'planned').map(({ source }) => source);
  };
  expect(await chosen('--status', 'read', '--skip', '1', '--limit', '2')).toEqual(['-:7', '-:8']);
  expect(await chosen('--uuid', uuidOf(3))).toEqual(['-:4', '-:9']);
});

test.each([
  ['--speed', '2x'],
  ['--max-gap', '1s'],
  ['--rate', '20'],
  ['--timing', 'orignal'],
  ['--duplicate', '0'],
  ['--timeout', '5'],
  ['-c', '0'],
])('%s %s is a usage error', async (...flags) => {
  expect((await runCli(['replay', '-', '--to', '3000', ...flags])).code).toBe(2);
});
