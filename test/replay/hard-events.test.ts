import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli } from '../support/cli.ts';
import { minimalEvent } from '../support/events.ts';
import { temporaryFile, temporaryFolder } from '../support/files.ts';
import { freePort, startReceiver } from '../support/receiver.ts';

const UUID = 'a'.repeat(32);
const small = minimalEvent(UUID, 'read');

/** An event that no program can write anew: nested deeper than its stack. */
function deepEvent(): string {
  const deep = '['.repeat(60_000) + ']'.repeat(60_000);
  return `{"event":"message_status_updated","payload":{"uuid":"${UUID}","status":"read","metadata":${deep}}}`;
}

describe('an event that cannot be changed', () => {
  it.each([[['--fresh']], [['--set', 'payload.status=sent']]])(
    'is kept, and the others are delivered: %j',
    async (flags) => {
      const receiver = await startReceiver();
      const failures = join(temporaryFolder(), 'failures.ndjson');
      const stdin = `${small}\n${deepEvent()}\n${small}\n`;
      for (const file of ['-', temporaryFile(stdin)]) {
        const argv = ['replay', file, '--to', receiver.url, '--failures', failures, '--force', ...flags];
        const { code, stderr } = await runCli(argv, { stdin });
        expect([code, stderr]).toEqual([1, expect.stringMatching(/nested more than/)]);
        expect(readFileSync(failures, 'utf8')).toBe(`${deepEvent()}\n`);
      }
      expect(receiver.requests).toHaveLength(4);
    },
  );

  it('is wrong usage in simulate --set-json, and unreadable in --from', async () => {
    const deep = '['.repeat(60_000) + ']'.repeat(60_000);
    const set = ['simulate', '-s', 'sent', '--set-json', `payload.metadata=${deep}`];
    expect((await runCli(set)).code).toBe(2);
    expect((await runCli(['simulate', '--from', temporaryFile(deepEvent())])).code).toBe(3);
  });
});

describe('a path that no event of a standard input has', () => {
  it('is wrong usage, and the events are kept', async () => {
    const failures = join(temporaryFolder(), 'failures.ndjson');
    const argv = ['replay', '-', '--to', '3000', '--set', 'payload.nothing=1', '--failures', failures];
    expect((await runCli(argv, { stdin: `${small}\n`.repeat(700) })).code).toBe(2);
    expect(readFileSync(failures, 'utf8')).toBe(`${small}\n`.repeat(700));
  });
});

describe('a large event', () => {
  const pretty = JSON.stringify(
    {
      event: 'message_status_updated',
      payload: { uuid: UUID, status: 'read', list: Array(900_000).fill(1) },
    },
    null,
    2,
  );

  it('of several lines is kept in a form that is read again, as the same bytes', async () => {
    const failures = join(temporaryFolder(), 'failures.ndjson');
    const to = `http://127.0.0.1:${await freePort()}`;
    expect(pretty.length).toBeGreaterThan(7_000_000);
    await runCli(['replay', temporaryFile(pretty), '--to', to, '--failures', failures]);
    const receiver = await startReceiver();
    expect((await runCli(['replay', failures, '--to', receiver.url])).code).toBe(0);
    expect(receiver.requests[0]?.body.equals(Buffer.from(pretty))).toBe(true);
  });

  it('over the limit is called too large, and --max-event takes it', async () => {
    const receiver = await startReceiver();
    const failures = join(temporaryFolder(), 'failures.ndjson');
    const line = JSON.stringify(JSON.parse(pretty)).replace(
      '"list":[',
      `"note":"${'x'.repeat(10_000_000)}","list":[`,
    );
    const argv = ['replay', temporaryFile(`${small}\n${line}\n${small}\n`), '--to', receiver.url, '--json'];
    const first = await runCli([...argv, '--failures', failures]);
    expect(first.code).toBe(1);
    expect(first.stderr).toMatch(/:2 is larger than 10 MiB/);
    expect(first.jsonLines.at(-1)).toMatchObject({ total: 3, accepted: 2, notSent: 1 });
    expect(readFileSync(failures, 'utf8')).toBe(`${line}\n`);
    expect((await runCli([...argv, '--max-event', '20MiB'])).code).toBe(0);
  });
});

describe('a recorded request', () => {
  const record = (method: string, body: string): string =>
    JSON.stringify({ receivedAt: '2026-01-31T14:03:00Z', method, path: '/', headers: {}, body });

  it('is replayed as it came, also where it holds a broken event, an odd one or only its payload', async () => {
    const receiver = await startReceiver();
    const bodies = [
      small,
      '{"event":"message_status_updated","payload":',
      '{"odd": 1}',
      '{"uuid":"a","status":"b"}',
    ];
    const file = temporaryFile(bodies.map((body) => `${record('POST', body)}\n`).join(''));
    const { code } = await runCli(['replay', file, '--to', receiver.url]);
    expect(code).toBe(0);
    expect(receiver.requests.map(({ body }) => body.toString())).toEqual(bodies);
  });

  it('is not what a broken line of a capture becomes in --failures', async () => {
    const receiver = await startReceiver();
    const [one, two] = ['one.ndjson', 'two.ndjson'].map((name) => join(temporaryFolder(), name)) as [
      string,
      string,
    ];
    const stdin = `${small}\n{"event":\nping\n`;
    for (const [input, failures] of [
      ['-', one],
      [one, two],
    ] as const) {
      const { code } = await runCli(['replay', input, '--to', receiver.url, '--failures', failures], {
        stdin,
      });
      expect(code).toBe(input === '-' ? 1 : 3);
    }
    expect(receiver.requests).toHaveLength(1);
    expect(readFileSync(two, 'utf8')).toBe(readFileSync(one, 'utf8'));
    expect(readFileSync(one, 'utf8').split('\n')).toHaveLength(3);
  });
});

describe('bytes that are not UTF-8', () => {
  const event = Buffer.concat([
    Buffer.from(`{"event":"message_status_updated","payload":{"uuid":"${UUID}","status":"read","x":"ł`),
    Buffer.from([0xff, 0xfe, 0xc3, 0x28]),
    Buffer.from('"}}'),
  ]);
  const around = (before: string, after: string): Buffer =>
    Buffer.concat([Buffer.from(before), event, Buffer.from(after)]);

  it.each([
    ['alone', around('', '\n')],
    ['in an array in an array', around('[["ł",', ']]')],
    ['in an item of a workflow', around('[{"headers":{"x":"ł"},"params":{},"query":{},"body":', '}]')],
    ['deep inside', around('{"ł":{"data":[', ']}}')],
    [
      'in a list of webhook events',
      around('{"webhook_events":[{"event":"message_status_updated","payload":', ',"success":true}]}'),
    ],
  ])('are delivered as they are: %s', async (name, capture) => {
    const receiver = await startReceiver();
    await runCli(['replay', temporaryFile(capture), '--to', receiver.url]);
    const expected = name.includes('list of webhook')
      ? Buffer.concat([Buffer.from('{"event":"message_status_updated","payload":'), event, Buffer.from('}')])
      : event;
    expect(receiver.requests.map(({ body }) => body.toString('latin1'))).toEqual([
      expected.toString('latin1'),
    ]);
  });
});
