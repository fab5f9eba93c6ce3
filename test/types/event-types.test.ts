import { expect, it } from 'vitest';
import type { z } from 'zod';
// The types alone, from the file that `schema --types` prints: as `import type … from
// 'callbell-status/schema/message_status_updated'` gives them to a consumer.
import type * as published from '../../schema/message_status_updated.d.ts';
import {
  type CloudPayload,
  type Contact,
  createEntropy,
  type GupshupPayload,
  generateEvent,
  isCloudPayload,
  isGupshupPayload,
  MESSAGE_STATUSES,
  type MessageStatusPayload,
  type StatusEvent,
  startListener,
  type statusEventSchema,
} from '../../src/index.ts';

/*
 * What this file proves, `npm run typecheck` proves: it compiles under strict, exactOptionalPropertyTypes and
 * noUncheckedIndexedAccess.
 */

/** Compiles where each of two types can be assigned to the other, at the top and inside. */
type Same<One, Other> = [One, Other] extends [Other, One] ? true : never;

const SAME = {
  event: true satisfies Same<StatusEvent, published.MessageStatusUpdated>,
  contact: true satisfies Same<Contact, published.Contact>,
  parsed: true satisfies Same<StatusEvent, z.infer<typeof statusEventSchema>>,
  payload: true satisfies Same<MessageStatusPayload, published.MessageStatusPayload>,
  gupshup: true satisfies Same<GupshupPayload, published.GupshupPayload>,
  cloud: true satisfies Same<CloudPayload, published.CloudPayload>,
};

const entropy = () => createEntropy({ seed: 7, now: new Date(0) });

it('what the library makes is what the published types say, and the other way round', () => {
  const made: published.MessageStatusUpdated = generateEvent({ status: 'read' }, entropy());
  const back: StatusEvent = made;
  const exact: published.Contact = { name: null };
  // @ts-expect-error a member that is there has a value
  const inexact: published.Contact = { name: undefined };
  expect([back, exact, inexact]).toHaveLength(3);
  expect(Object.values(SAME)).not.toContain(false);
});

it.each(['gupshup', 'cloud'] as const)('the guard of %s takes its objects, and no others', (provider) => {
  for (const status of MESSAGE_STATUSES) {
    if (provider === 'cloud' && (status === 'enqueued' || status === 'mismatch')) continue;
    const raw = generateEvent({ status, provider }, entropy()).payload.messageStatusPayload;
    expect([isGupshupPayload(raw), isCloudPayload(raw)]).toEqual([
      provider === 'gupshup',
      provider === 'cloud',
    ]);
  }
});

it('a guard narrows to members of the documented types', () => {
  const raw = generateEvent({ status: 'read' }, entropy()).payload.messageStatusPayload;
  const seconds: number | undefined = isGupshupPayload(raw) ? raw.payload.ts : undefined;
  expect(seconds).toBeTypeOf('number');
  const meta = generateEvent({ status: 'failed', provider: 'cloud' }, entropy()).payload.messageStatusPayload;
  const code: number | undefined = isCloudPayload(meta)
    ? meta.messaging.value.statuses[0]?.errors?.[0]?.code
    : undefined;
  expect(code).toBeTypeOf('number');
});

it.each([
  undefined,
  null,
  'read',
  [],
  {},
  { ack: 3 },
  { type: 'failed', payload: { code: '1002' } },
  { type: 'read', payload: { ts: null } },
  { messaging: { value: { statuses: {} } } },
  { messaging: { value: { statuses: [{ status: 'failed', errors: [7] }] } } },
])('a guard does not vouch for %j', (raw) => {
  expect([isGupshupPayload(raw), isCloudPayload(raw)]).toEqual([false, false]);
});

it('an arrival has its event typed where it is valid, and the parsed body of everything', async () => {
  const listener = await startListener();
  const valid = generateEvent({ status: 'failed' }, entropy());
  const send = (body: unknown) => fetch(listener.url, { method: 'POST', body: JSON.stringify(body) });
  const bodies = [
    valid,
    { ...valid, payload: { ...valid.payload, status: 'raed' } },
    { event: 'message_created' },
  ];
  for (const body of bodies) await send(body);
  await listener.close();
  const events: (StatusEvent | undefined)[] = [];
  const parsed: unknown[] = [];
  for await (const { event, json } of listener.arrivals) {
    events.push(event);
    parsed.push(json);
  }
  expect(parsed).toEqual(bodies);
  expect(events).toEqual([valid, undefined, undefined]);
});
