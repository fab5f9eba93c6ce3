import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  createEntropy,
  type Failure,
  failureOf,
  generateEvent,
  MESSAGE_STATUSES,
  type StatusEvent,
} from '../../src/index.ts';

const entropy = () => createEntropy({ seed: 7, now: new Date(0) });

function failed(messageStatusPayload: StatusEvent['payload']['messageStatusPayload']): StatusEvent {
  return {
    event: 'message_status_updated',
    payload: {
      uuid: 'a'.repeat(32),
      status: 'failed',
      ...(messageStatusPayload !== undefined && { messageStatusPayload }),
    },
  };
}

const gupshup = (code: unknown, reason = 'x') => failed({ type: 'failed', payload: { code, reason } });
const cloud = (code: unknown) =>
  failed({ messaging: { value: { statuses: [{ status: 'failed', errors: [{ code, title: 'x' }] }] } } });
const sample = (name: string) =>
  failed(JSON.parse(readFileSync(`fixtures/samples/${name}.json`, 'utf8')) as Record<string, unknown>);

const WAIT = { class: 'throttled', retry: 'after', retryAfter: 'PT24H', scope: 'recipient' } as const;
const NOT_KNOWN = { class: 'unknown', retry: undefined, retryAfter: undefined, scope: undefined } as const;

describe('failureOf', () => {
  it.each<[string, StatusEvent, Partial<Failure>]>([
    ["Meta's code", cloud(131_049), { provider: 'cloud', code: 131_049, ...WAIT }],
    ["Meta's code through Gupshup", gupshup(131_049), { provider: 'gupshup', code: 131_049, ...WAIT }],
    ["Gupshup's own", gupshup(1012, 'y'), { code: 1012, text: 'y', class: 'optOut', retry: 'never' }],
    ['the on-premises API through Gupshup', gupshup(470), { class: 'window', retry: 'after-fix' }],
    ['a code in digits', gupshup('1002'), { code: 1002, class: 'recipient', scope: 'recipient' }],
    ["a code of Gupshup's that Meta does not have", cloud(1012), { code: 1012, ...NOT_KNOWN }],
    ["a code of Meta's that is none of Gupshup's", cloud(470), { code: 470, ...NOT_KNOWN }],
    ['a code in no table', gupshup(7777), { code: 7777, text: 'x', ...NOT_KNOWN }],
    [
      'a text without a code',
      failed({ type: 'failed', payload: { reason: 'no' } }),
      { text: 'no', ...NOT_KNOWN },
    ],
    ['an object of no known provider', failed({ ack: -1 }), { provider: undefined, ...NOT_KNOWN }],
    ['no object', failed(undefined), { provider: undefined, code: undefined, text: undefined, ...NOT_KNOWN }],
    ['a text as the object', failed('{"type":"failed"}'), NOT_KNOWN],
    ['a capture of Meta', sample('cloudwrapped-failed-1'), { provider: 'cloud', code: 131_049 }],
    ['a capture of Gupshup', sample('gupshup-failed-5'), { provider: 'gupshup', code: 131_026 }],
  ])('%s', (_name, event, expected) => {
    expect(failureOf(event)).toMatchObject(expected);
  });

  it('is undefined for every other status', () => {
    for (const status of MESSAGE_STATUSES) {
      const failure = failureOf(generateEvent({ status }, entropy()));
      expect(failure === undefined).toBe(status !== 'failed');
    }
  });
});
