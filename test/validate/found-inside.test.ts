import { describe, expect, it } from 'vitest';
import { exampleEvent } from '../../src/domain/validate/examples.ts';
import { runCli } from '../support/cli.ts';

const EVENT = exampleEvent('read', { at: ['payload', 'status'], to: 'raed' });
const TEXT = JSON.stringify(EVENT);
const ITEM = { headers: {}, params: {}, query: {}, body: EVENT };

/** Exports and envelopes of tools that no reader of ours knows by name. */
const HOSTS: Readonly<Record<string, unknown>> = {
  'the pinned data of a workflow': { nodes: [], pinData: { Webhook: [{ json: ITEM }] }, connections: {} },
  'the execution of a workflow': {
    data: { resultData: { runData: { Webhook: [{ data: { main: [[{ json: ITEM }]] } }] } } },
  },
  'the trigger of a step': { trigger: { event: { method: 'POST', headers: {}, body: EVENT } } },
  'an export of requests': { data: [{ uuid: 'b08d9ba6', method: 'POST', content: TEXT }], total: 1 },
  'messages of a queue': { Records: [{ messageId: '1', body: TEXT }] },
  'a notification': { Type: 'Notification', Message: TEXT },
  'a message in base64': { message: { data: Buffer.from(TEXT).toString('base64'), messageId: '1' } },
  'a collection of requests': { item: [{ request: { method: 'POST', body: { mode: 'raw', raw: TEXT } } }] },
  'a line of a log': { level: 30, msg: 'webhook', req: { method: 'POST', body: EVENT } },
  'a request kept whole, in base64': {
    requests: [
      { request: { raw: Buffer.from(`POST / HTTP/1.1\r\nHost: a\r\n\r\n${TEXT}`).toString('base64') } },
    ],
  },
  'the lines of a log in a list': {
    events: [{ timestamp: 1, message: `INFO got ${TEXT}` }, { message: 'up' }],
  },
  'a body alone': { body: EVENT },
  'a payload of something else': { queue: 'webhooks', payload: EVENT },
};

describe('an event inside something that is not known', () => {
  it.each(Object.entries(HOSTS))('is found in %s, and pointed at there', async (name, host) => {
    const stdin = JSON.stringify(host, null, 2);
    const { jsonLines } = await runCli(['validate', '-', '--json'], { stdin });
    expect(jsonLines.at(-1)).toMatchObject({ events: 1, errors: 1 });
    const wrong = jsonLines.find(({ severity }) => severity === 'error');
    expect(wrong).toMatchObject({ code: 'unknown-status', path: '/payload/status' });
    const line = stdin.split('\n')[Number(wrong?.line) - 1] ?? '';
    const rest = line.slice(Number(wrong?.column) - 1);
    expect(rest).toMatch(name.endsWith('base64') ? /^"(?:eyJ|UE9)/ : /^\\?"raed/);
    expect(jsonLines.map(({ code }) => code)).toContain('unwrapped');
  });

  it('is found each time it is there', async () => {
    const items = Array.from({ length: 500 }, (_, index) => ({
      json: {
        request: exampleEvent('read', { at: ['payload', 'uuid'], to: String(index).padStart(32, '0') }),
      },
    }));
    const { jsonLines } = await runCli(['validate', '-', '--json'], { stdin: JSON.stringify({ items }) });
    expect(jsonLines.at(-1)).toMatchObject({ events: 500, errors: 0 });
  });

  it('is not looked for in an event without a name', async () => {
    const nameless = exampleEvent(
      'read',
      { at: ['event'] },
      { at: ['payload', 'metadata'], to: { event: 'x', payload: {} } },
    );
    const { jsonLines } = await runCli(['validate', '-', '--json'], { stdin: JSON.stringify(nameless) });
    expect(jsonLines[0]).toMatchObject({ code: 'missing-event', path: '/event' });
  });
});
