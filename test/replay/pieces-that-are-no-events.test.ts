import { describe, expect, it } from 'vitest';
import { runCli } from '../support/cli.ts';
import { minimalEvent } from '../support/events.ts';
import { temporaryFile } from '../support/files.ts';
import { startReceiver } from '../support/receiver.ts';

const UUID = 'a'.repeat(32);
const record = (method: string, body: string): string =>
  JSON.stringify({ receivedAt: '2026-01-31T14:03:00Z', method, path: '/', headers: {}, body });

describe('replay of a recording', () => {
  it('passes over checks of the connection and a torn last line, and says so', async () => {
    const receiver = await startReceiver();
    const event = minimalEvent(UUID, 'read');
    const lines = [
      record('GET', ''),
      record('POST', event),
      record('POST', ''),
      '{"receivedAt":"2026-01-31T14',
    ];
    const file = temporaryFile(lines.join('\n'));
    const { code, stderr, jsonLines } = await runCli(['replay', file, '--to', receiver.url, '--json']);
    expect(code).toBe(0);
    expect(receiver.requests.map(({ body }) => body.toString())).toEqual([event]);
    expect(jsonLines.at(-1)).toMatchObject({ total: 1, accepted: 1, notSent: 0 });
    expect(stderr.match(/^skipped .*:\d/gm)).toHaveLength(3);
  });
});

describe('replay of a payload without its envelope', () => {
  it.each([
    ['alone', (payload: string) => payload],
    ['in an answer of GET /messages/status', (payload: string) => `{"message": ${payload}}`],
  ])('delivers an event around the bytes of the payload, %s', async (_name, wrap) => {
    const receiver = await startReceiver();
    const payload = `{ "uuid":"${UUID}",  "status":"read", "x":1e3 }`;
    const file = temporaryFile(wrap(payload));
    const { code, jsonLines } = await runCli(['replay', file, '--to', receiver.url, '--json']);
    expect(code).toBe(0);
    expect(receiver.requests[0]?.body.toString()).toBe(
      `{"event":"message_status_updated","payload":${payload}}`,
    );
    expect(jsonLines[0]).toMatchObject({ uuid: UUID, status: 'read' });
  });
});
