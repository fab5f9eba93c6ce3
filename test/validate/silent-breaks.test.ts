import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { validateEvent } from '../../src/domain/validate/event.ts';
import { type Change, exampleEvent, type GoodEvent } from '../../src/domain/validate/examples.ts';
import type { Severity } from '../../src/domain/validate/problem.ts';
import { runCli } from '../support/cli.ts';
import { minimalEvent } from '../support/events.ts';

const RAW = ['payload', 'messageStatusPayload'] as const;
const CLOUD = [...RAW, 'messaging', 'value', 'statuses', 0] as const;
const CONTACT = ['payload', 'contact'] as const;
const renamed = (from: readonly (string | number)[], to: string, value: unknown): readonly Change[] => [
  { at: from },
  { at: [...from.slice(0, -1), to], to: value },
];

type Break = readonly [
  name: string,
  of: GoodEvent,
  changes: readonly Change[],
  code: string,
  severity: Severity,
];

const BREAKS: readonly Break[] = [
  [
    'a documented key of the payload in snake case',
    'read',
    renamed(RAW, 'message_status_payload', {}),
    'misspelt-key',
    'warning',
  ],
  [
    'a documented key of the contact in snake case',
    'read',
    renamed([...CONTACT, 'phoneNumber'], 'phone_number', '447700900103'),
    'misspelt-key',
    'warning',
  ],
  [
    'a key of Gupshup in lower case',
    'read',
    renamed([...RAW, 'gsId'], 'gsid', 'x'),
    'provider-misspelt-key',
    'warning',
  ],
  [
    'a key of Meta in camel case',
    'cloud',
    renamed([...CLOUD, 'recipient_id'], 'recipientId', '447700900123'),
    'provider-misspelt-key',
    'warning',
  ],
  [
    'a code with read',
    'read',
    [{ at: [...RAW, 'payload', 'code'], to: 1002 }],
    'contradictory-member',
    'warning',
  ],
  [
    'a reason with read',
    'read',
    [{ at: [...RAW, 'payload', 'reason'], to: 'x' }],
    'contradictory-member',
    'warning',
  ],
  [
    'errors with delivered',
    'cloud',
    [{ at: [...CLOUD, 'errors'], to: [{ code: 1 }] }],
    'contradictory-member',
    'warning',
  ],
  [
    'a price with failed',
    'failed',
    [{ at: [...RAW, 'pricing'], to: { type: 'regular' } }],
    'contradictory-member',
    'warning',
  ],
  [
    'a near key beside the documented one',
    'read',
    [{ at: [...CONTACT, 'phoneNumbr'], to: '1' }],
    'unknown-key',
    'note',
  ],
  [
    'a key of which none is near',
    'read',
    [{ at: [...CONTACT, 'loyaltyTier'], to: 1 }],
    'unknown-key',
    'note',
  ],
  [
    "Meta's code in the catalogue, and not Gupshup's",
    'failed',
    [{ at: [...RAW, 'payload', 'code'], to: 0 }],
    'unknown-failure-code',
    'note',
  ],
];

describe('a break that is easily overlooked', () => {
  it.each(BREAKS)('%s', (_name, of, changes, code, severity) => {
    const { problems } = validateEvent(exampleEvent(of, ...changes));
    expect(problems.filter((each) => each.code === code)).toMatchObject([{ severity }]);
  });

  it('an empty list of errors with delivered is none', () => {
    const event = exampleEvent('cloud', { at: [...CLOUD, 'errors'], to: [] });
    expect(validateEvent(event).problems.filter(({ severity }) => severity !== 'note')).toEqual([]);
  });

  it("Gupshup's whole callback is named in one sentence", () => {
    const callback = JSON.parse(readFileSync('fixtures/invalid/gupshup-callback.json', 'utf8')) as object;
    const { problems, valid } = validateEvent(callback);
    expect(valid).toBe(true);
    expect(problems.map(({ code, severity }) => [code, severity])).toEqual([['gupshup-callback', 'warning']]);
  });
});

describe('a time in the future', () => {
  const DAY = 86_400;
  const RECEIVED = new Date('2026-01-31T14:03:00Z');
  const at = (seconds: number) => RECEIVED.getTime() / 1000 + seconds;
  const codes = (event: unknown, receivedAt: Date | undefined) =>
    validateEvent(event, { receivedAt }).problems.map(({ code }) => code);
  const gupshup = (time: number) => exampleEvent('read', { at: [...RAW, 'payload', 'ts'], to: time });
  const cloud = (time: number) => exampleEvent('cloud', { at: [...CLOUD, 'timestamp'], to: String(time) });

  it.each([gupshup, cloud])('is one over a day after the event was received', (event) => {
    expect(codes(event(at(DAY)), RECEIVED)).toEqual([]);
    expect(codes(event(at(DAY + 1)), RECEIVED)).toEqual(['implausible-time']);
    expect(codes(event(at(DAY + 1)), undefined)).toEqual([]);
    expect(codes(event(4_070_908_800), RECEIVED)).toEqual(['implausible-time']);
  });

  it('is judged by when a recording says that it was received, else by now, or by --now', async () => {
    const run = async (body: string, ...flags: readonly string[]) => {
      const { jsonLines } = await runCli(['validate', '-', '--json', ...flags], { stdin: body });
      return jsonLines.filter(({ code }) => code === 'implausible-time').length;
    };
    const body = JSON.stringify(gupshup(at(3 * DAY)));
    const recorded = JSON.stringify({
      receivedAt: RECEIVED.toISOString(),
      method: 'POST',
      path: '/',
      headers: {},
      body,
    });
    expect(await run(body)).toBe(0);
    expect(await run(body, '--now', '2026-02-01')).toBe(1);
    expect(await run(recorded)).toBe(1);
    expect(await run(recorded, '--now', '2026-03-01')).toBe(1);
  });
});

describe('published examples raise no warning', () => {
  interface Sample {
    readonly file: string;
    readonly status: string;
    readonly origin: string;
  }
  const { samples } = JSON.parse(readFileSync('fixtures/samples/index.json', 'utf8')) as {
    samples: readonly Sample[];
  };
  const worst = (event: unknown) =>
    validateEvent(event, { receivedAt: new Date('2026-12-01T00:00:00Z') }).problems.filter(
      ({ severity }) => severity !== 'note',
    );

  it("Callbell's own event", () => {
    expect(worst(JSON.parse(readFileSync('fixtures/callbell-example.json', 'utf8')))).toEqual([]);
  });

  it.each([true, false, null, '2026-01-31T14:03:00Z'])('a channel with discardedAt %j', (discardedAt) => {
    const channel = { uuid: 'a'.repeat(32), title: 'x', type: 'whatsapp', main: true, discardedAt };
    expect(worst(exampleEvent('read', { at: [...CONTACT, 'channel'], to: channel }))).toEqual([]);
  });

  it.each(samples.filter(({ origin }) => origin === 'docs').map(({ file, status }) => [file, status]))(
    '%s',
    (file, status) => {
      const event = JSON.parse(minimalEvent('a'.repeat(32), status ?? '')) as {
        payload: Record<string, unknown>;
      };
      event.payload.messageStatusPayload = JSON.parse(readFileSync(`fixtures/samples/${file}`, 'utf8'));
      expect(worst(event)).toEqual([]);
    },
  );
});
