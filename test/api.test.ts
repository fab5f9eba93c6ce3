import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as library from '../src/index.ts';
import { startReceiver } from './support/receiver.ts';

const { createEntropy, deliver, deliverAll, generateEvent, startListener, validateEvent } = library;

describe('the library', () => {
  it('exports these values, and no other', () => {
    expect(Object.keys(library).sort()).toMatchInlineSnapshot(`
      [
        "CONFORMANCE_CASES",
        "CallbellStatusError",
        "EVENT_NAME",
        "MESSAGE_STATUSES",
        "SCENARIOS",
        "conform",
        "createEntropy",
        "deliver",
        "deliverAll",
        "describeProblem",
        "failureOf",
        "generateEvent",
        "generateScenario",
        "isCloudPayload",
        "isGupshupPayload",
        "isMessageStatus",
        "judgeAnswer",
        "judgeTransition",
        "runConformance",
        "signBody",
        "startListener",
        "statusEventSchema",
        "validateEvent",
        "validateText",
        "verifySignature",
      ]
    `);
  });

  it('documents every one of them, with an example', () => {
    const undocumented = Object.keys(library).filter((name) => !isDocumented(name));
    expect(undocumented).toEqual([]);
  });

  it('generates, validates, delivers and listens', async () => {
    const listener = await startListener();
    const event = generateEvent({ status: 'read' }, createEntropy({ seed: 7, now: new Date(0) }));
    expect(validateEvent(event)).toMatchObject({ valid: true, kind: 'status', event });
    const bytes = Buffer.from(JSON.stringify(event));
    const delivery = await deliver({ bytes, source: 'test' }, { url: new URL(listener.url) });
    expect(delivery).toMatchObject({ n: 1, outcome: 'accepted', httpStatus: 200 });
    await listener.close();
    await listener.close();
    const arrivals = [];
    for await (const arrival of listener.arrivals) arrivals.push(arrival);
    expect(arrivals).toMatchObject([{ n: 1, status: 'read', uuid: event.payload.uuid, event }]);
  });

  it('stops delivering when the signal is aborted', async () => {
    const controller = new AbortController();
    const receiver = await startReceiver((response, n) => {
      if (n === 2) controller.abort();
      response.end();
    });
    const events = Array.from({ length: 5 }, () => ({ bytes: Buffer.from('{}'), source: 'test' }));
    const deliveries = [];
    for await (const delivery of deliverAll(events, {
      url: new URL(receiver.url),
      signal: controller.signal,
    })) {
      deliveries.push(delivery.outcome);
    }
    expect(deliveries).toEqual(['accepted', 'accepted']);
    expect(receiver.requests).toHaveLength(2);
  });

  it('rejects with a coded error when the port is taken', async () => {
    const { port } = await startReceiver();
    await expect(startListener({ port })).rejects.toMatchObject({
      name: 'CallbellStatusError',
      code: 'address-in-use',
    });
  });
});

/** Whether the declaration of an exported value stands behind a doc comment that shows its use. */
function isDocumented(name: string): boolean {
  const index = readFileSync('src/index.ts', 'utf8');
  const file = index.match(new RegExp(`\\b${name}\\b[^}]*\\} from '\\./([^']+)'`))?.[1] ?? '';
  const source = readFileSync(`src/${file}`, 'utf8');
  const comment = new RegExp(
    `/\\*\\*((?:(?!\\*/)[^])*)\\*/\\nexport (?:async )?(?:function\\*?|const|class) ${name}\\b`,
  ).exec(source)?.[1];
  return comment?.includes('@example') === true;
}

describe('an argument that makes no sense', () => {
  it('is a usage error, not an accident inside', () => {
    const nonsense: readonly (() => unknown)[] = [
      () => library.describeProblem(undefined as never),
      () => library.describeProblem({ code: 'toString' } as never),
      () => library.judgeTransition(undefined as never, 'read'),
      () => library.judgeTransition(new Set(), 'raed' as never),
      () => library.judgeAnswer(Number.NaN),
    ];
    for (const call of nonsense) expect(call).toThrow(expect.objectContaining({ code: 'usage' }));
  });

  it('such as an event that holds itself is judged all the same', () => {
    const event: Record<string, unknown> = { event: 'message_status_updated' };
    event.payload = {
      uuid: 'a'.repeat(32),
      status: 'read',
      metadata: event,
      contact: event,
      messageStatusPayload: event,
    };
    expect(library.validateEvent(event).kind).toBe('status');
  });
});
