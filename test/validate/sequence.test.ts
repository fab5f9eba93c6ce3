import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Change, exampleEvent, exampleLines } from '../../src/domain/validate/examples.ts';
import { SequenceValidator } from '../../src/domain/validate/sequence.ts';
import { runCli } from '../support/cli.ts';

const RAW = ['payload', 'messageStatusPayload'] as const;
const CLOUD = [...RAW, 'messaging', 'value', 'statuses', 0] as const;
const START = 1769868170;

/** Gupshup's event of one message: a status, at so many seconds, with what is different about it. */
function step(status: string, seconds: number, ...more: readonly Change[]): unknown {
  return exampleEvent(
    'read',
    { at: ['payload', 'status'], to: status },
    { at: [...RAW, 'type'], to: status },
    { at: [...RAW, 'payload', 'ts'], to: START + seconds },
    ...more,
  );
}

/** Meta's event of the same message. */
function cloudStep(status: string, seconds: number, ...more: readonly Change[]): unknown {
  return exampleEvent(
    'cloud',
    { at: ['payload', 'status'], to: status },
    { at: [...CLOUD, 'status'], to: status },
    { at: [...CLOUD, 'timestamp'], to: String(START + seconds) },
    ...more,
  );
}

const ENQUEUED = exampleEvent(
  'failed',
  { at: ['payload', 'status'], to: 'enqueued' },
  { at: [...RAW, 'type'], to: 'enqueued' },
  {
    at: [...RAW, 'payload'],
    to: { type: 'session', whatsappMessageId: 'aeaa3485-321c-4e50-9d4d-506cc8d1daaa' },
  },
);
const FAILED = exampleEvent('failed');
const MISMATCH = exampleEvent('mismatch');
const to = (destination: string): Change => ({ at: [...RAW, 'destination'], to: destination });
const withAnotherUuid: Change = { at: ['payload', 'uuid'], to: 'b'.repeat(32) };
const withAThirdUuid: Change = { at: ['payload', 'uuid'], to: 'e'.repeat(32) };
const ofAnother: readonly Change[] = [
  withAnotherUuid,
  { at: [...RAW, 'gsId'], to: '2b34bfb7-2631-4763-89fb-1b3c65a4babc' },
  { at: [...RAW, 'id'], to: 'gBEGRHcAkAEDAglDvCzKaZpzO9I' },
];
const MASKED_IDS: readonly Change[] = ['id', 'gsId'].map((key) => ({ at: [...RAW, key], to: 'xxxx-xxxx' }));
const contact = (key: string, value: unknown): Change => ({ at: ['payload', 'contact', key], to: value });
const metadata = (value: object): Change => ({ at: ['payload', 'metadata'], to: value });
const OTHER_UUID = 'cc3651a4-493b-4a38-b867-c547af202259';
const OLD_ID = 'gBEGRHcAkAEDAglDvCzKaZpzO9I';

type Case = readonly [
  name: string,
  events: readonly unknown[],
  found: readonly (readonly [string, number])[],
];

const CASES: readonly Case[] = [
  ['a whole life', [ENQUEUED, step('sent', 0), step('delivered', 1), step('read', 2)], []],
  ['steps in the same second', [step('sent', 0), step('delivered', 0), step('read', 0)], []],
  ['a step left out', [step('sent', 0), step('read', 2)], []],
  ['a retry with the same bytes', [step('sent', 0), step('sent', 0)], [['repeated-status', 2]]],
  [
    'every step twice',
    // A note is shown once for each place.
    [step('sent', 0), step('sent', 0), step('read', 2), step('read', 2)],
    [['repeated-status', 2]],
  ],
  ['a late step, its time in order', [step('read', 2), step('sent', 0)], [['late-status', 2]]],
  ['times against the steps', [step('sent', 5), step('read', 2)], [['time-falls', 2]]],
  [
    'a late step whose time is later too',
    [step('read', 2), step('sent', 5)],
    [
      ['time-falls', 2],
      ['late-status', 2],
    ],
  ],
  ['failed at once, then delivered after all', [FAILED, step('delivered', 2)], [['status-after-failed', 2]]],
  ['failed at once, then a late step', [FAILED, step('sent', 2)], [['late-status', 2]]],
  ['failed after it was delivered', [step('delivered', 2), FAILED], [['late-status', 2]]],
  ['failed after it was sent', [step('sent', 0), FAILED], []],
  ['a corrected number', [ENQUEUED, MISMATCH, step('sent', 0), step('read', 1)], []],
  [
    'a corrected number, and a late event with the one before',
    [MISMATCH, step('read', 1), step('sent', 0, to('447700900130'))],
    [['late-status', 3]],
  ],
  [
    'another number without a correction',
    [ENQUEUED, step('sent', 0, to('447700900104'))],
    [['destination-change', 2]],
  ],
  [
    'another gsId',
    [ENQUEUED, step('sent', 0, { at: [...RAW, 'gsId'], to: '2b34bfb7-2631-4763-89fb-1b3c65a4babc' })],
    [['id-change', 2]],
  ],
  [
    'another id of the same form',
    [ENQUEUED, step('sent', 0, { at: [...RAW, 'id'], to: OTHER_UUID })],
    [['id-change', 2]],
  ],
  [
    'an id of another form (Gupshup had old ones and UUIDs)',
    [ENQUEUED, step('sent', 0, { at: [...RAW, 'id'], to: OLD_ID })],
    [],
  ],
  ['deleted, with the id of another message', [step('read', 0), step('deleted', 9)], []],
  ['Meta: a whole life', [cloudStep('sent', 0), cloudStep('delivered', 1), cloudStep('read', 2)], []],
  ['Meta: times against the steps', [cloudStep('sent', 5), cloudStep('read', 2)], [['time-falls', 2]]],
  [
    'Meta: a number that is told later',
    [
      cloudStep(
        'sent',
        0,
        { at: [...CLOUD, 'recipient_id'] },
        { at: [...CLOUD, 'recipient_user_id'], to: 'GB.1000000000000004' },
      ),
      cloudStep('read', 2),
    ],
    [],
  ],
  [
    'two messages that overlap',
    [step('sent', 0), step('sent', 5, ...ofAnother), step('read', 2), step('read', 9, ...ofAnother)],
    [],
  ],
  [
    'one id of the provider under two uuids, said once for each message',
    [step('sent', 0), step('sent', 5, withAnotherUuid), step('read', 9, withAnotherUuid), step('read', 9)],
    [['shared-id', 2]],
  ],
  [
    'one id of the provider under three uuids, said once for each message whose events come again',
    [
      step('sent', 0),
      step('sent', 5, withAnotherUuid),
      step('sent', 5, withAThirdUuid),
      step('read', 9, withAnotherUuid),
      step('read', 9, withAThirdUuid),
    ],
    [
      ['shared-id', 2],
      ['shared-id', 3],
    ],
  ],
  [
    'one wamid under two uuids',
    [cloudStep('sent', 0), cloudStep('sent', 0, withAnotherUuid)],
    [['shared-id', 2]],
  ],
  [
    'ids that somebody masked',
    [step('sent', 0, ...ofAnother, ...MASKED_IDS), step('sent', 0, ...MASKED_IDS)],
    [],
  ],
  [
    'another contact',
    [
      step('sent', 0),
      step('delivered', 1, contact('uuid', 'c'.repeat(32)), contact('href', null)),
      step('read', 2),
    ],
    [['contact-change', 2]],
  ],
  [
    'another number of the contact',
    [step('sent', 0), step('read', 2, contact('phoneNumber', '447700900104'))],
    [['contact-number-change', 2]],
  ],
  [
    'the same number of the contact, written in another way',
    [step('sent', 0), step('read', 2, contact('phoneNumber', '+44 7700 900103'))],
    [],
  ],
  ['a contact that is known later', [step('sent', 0, { at: ['payload', 'contact'] }), step('read', 2)], []],
  [
    'other metadata',
    [step('sent', 0, metadata({ a: '1', b: '2' })), step('read', 2, metadata({ a: '1', b: '3' }))],
    [['metadata-change', 2]],
  ],
  [
    'other metadata, of many characters',
    [
      step('sent', 0, metadata({ a: 'x'.repeat(499) })),
      step('delivered', 0, metadata({ a: 'x'.repeat(499) })),
      step('read', 2, metadata({ a: `${'x'.repeat(498)}y` })),
    ],
    [['metadata-change', 3]],
  ],
  [
    'the same metadata in another order',
    [step('sent', 0, metadata({ a: '1', b: '2' })), step('read', 2, metadata({ b: '2', a: '1' }))],
    [],
  ],
  [
    'another provider',
    [step('sent', 0, to('447700900123')), cloudStep('delivered', 1), cloudStep('read', 2)],
    [['provider-change', 2]],
  ],
  [
    'enqueued in the shape of Gupshup, then Meta (assumed)',
    [ENQUEUED, cloudStep('sent', 0, { at: [...CLOUD, 'recipient_id'], to: '447700900103' })],
    [],
  ],
  [
    'one wrong first event before three right ones',
    [
      exampleEvent(
        'failed',
        { at: ['payload', 'status'], to: 'enqueued' },
        { at: [...RAW, 'type'], to: 'enqueued' },
        { at: [...RAW, 'id'], to: '2b34bfb7-2631-4763-89fb-1b3c65a4babc' },
        {
          at: [...RAW, 'payload'],
          to: { type: 'session', whatsappMessageId: 'aeaa3485-321c-4e50-9d4d-506cc8d1daaa' },
        },
      ),
      step('sent', 0),
      step('delivered', 1),
      step('read', 2),
    ],
    [['id-change', 2]],
  ],
];

/** What is true of the one event alone. */
const QUIET = [
  'deprecated-status',
  'unwrapped',
  'missing-provider-id',
  'unusual-whatsapp-id',
  'contact-number-format',
].join();

describe('between the events of a message', () => {
  it.each(CASES)('%s', async (_name, events, found) => {
    const stdin = exampleLines(...events);
    const { jsonLines } = await runCli(['validate', '-', '--json', '--ignore', QUIET], { stdin });
    const problems = jsonLines.filter(({ type }) => type === 'problem');
    expect(problems.map(({ code, line }) => [code, line])).toEqual(found);
  });

  it('what a correct life tells is never a warning, whatever the scenario, the provider and the contact', async () => {
    const { jsonLines } = await runCli(['simulate', '--list', '--json']);
    const scenarios = jsonLines
      .filter(({ kind, type }) => (kind ?? type) === 'scenario')
      .map(({ name }) => String(name));
    expect(scenarios.length).toBeGreaterThan(10);
    const arguments_ = fc.record({
      scenario: fc.constantFrom(...scenarios),
      provider: fc.constantFrom('gupshup', 'cloud', 'none'),
      contact: fc.constantFrom('full', 'minimal', 'bsuid', 'none'),
      count: fc.integer({ min: 1, max: 5 }),
      seed: fc.nat(),
    });
    let lives = 0;
    await fc.assert(
      fc.asyncProperty(arguments_, async ({ scenario, provider, contact, count, seed }) => {
        const chosen = ['--scenario', scenario, '--provider', provider, '--contact', contact];
        const many = ['--count', String(count), ...(count > 1 ? ['--interleave'] : [])];
        const made = await runCli(['simulate', ...chosen, ...many, '--seed', String(seed), '--json']);
        // A provider that lacks a status cannot live a life with it, which is said and not made.
        if (made.code !== 0) return;
        lives += 1;
        const checked = await runCli(['validate', '-', '--json'], { stdin: made.stdout });
        expect(checked.jsonLines.at(-1)).toMatchObject({ errors: 0, warnings: 0 });
      }),
      { numRuns: 150 },
    );
    expect(lives).toBeGreaterThan(75);
  });

  it('remembers a bounded number of messages: one forgotten counts as new', () => {
    const sequence = new SequenceValidator();
    const check = (n: number): number => {
      const uuid = n.toString(16).padStart(32, '0');
      return sequence.check({ uuid, status: 'sent', reading: undefined }, 1).length;
    };
    expect([check(1), check(1)]).toEqual([0, 1]);
    for (let n = 2; n < 60_000; n += 1) check(n);
    expect(check(59_999)).toBe(1);
    expect(check(1)).toBe(0);
  });
});
