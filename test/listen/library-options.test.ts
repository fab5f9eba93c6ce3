import { describe, expect, it } from 'vitest';
import * as library from '../../src/index.ts';

const { createEntropy, deliver, deliverAll, generateEvent, generateScenario } = library;
const { signBody, startListener, validateText, verifySignature } = library;

/** What somebody may write who does not compile. */
const loose = <Value>(value: unknown): Value => value as Value;

const entropy = () => createEntropy({ seed: 7, now: new Date(0) });
const body = Buffer.from('{}');
const url = new URL('http://127.0.0.1:9/');

/** The hint is left out where it only lists names. */
async function refusalOf(use: () => unknown): Promise<{ message: string; hint: string | undefined }> {
  try {
    await use();
  } catch (error) {
    expect(error).toBeInstanceOf(library.CallbellStatusError);
    expect(error).toMatchObject({ code: 'usage' });
    const { message, hint } = error as library.CallbellStatusError;
    return { message, hint };
  }
  throw new Error('it was taken');
}

describe('startListener', () => {
  it.each([
    [null, 'object'],
    [{ prot: 1 }, 'prot', 'did you mean "port"?'],
    [{ port: 'x' }, 'port'],
    [{ port: 70_000 }, 'port'],
    [{ host: '' }, 'host'],
    [{ record: 'x' }, 'record'],
    [{ record: {} }, 'record.file'],
    [{ maxBodyBytes: -1 }, 'maxBodyBytes'],
    [{ allowHosts: 'a' }, 'allowHosts'],
    [{ signature: { secret: '' } }, 'signature.secret'],
    [{ forward: { targets: ['http://localhost:1'] } }, 'forward.targets[0]'],
    [{ forward: { targets: [new URL('https://api.callbell.eu/')] } }, 'forward.targets[0]'],
    [{ reply: { inTrun: [500] } }, 'reply.inTrun', 'did you mean "reply.inTurn"?'],
    [{ reply: { inTurn: [200, 99] } }, 'reply.inTurn[1]'],
    [{ reply: { inTurn: [] } }, 'reply.inTurn'],
    [{ reply: { byStatus: { read: 100 } } }, 'reply.byStatus.read'],
    [{ reply: { byStatus: { raed: 500 } } }, 'reply.byStatus.raed', 'did you mean "reply.byStatus.read"?'],
    [{ reply: { delayMs: '2s' } }, 'reply.delayMs'],
    [{ reply: { faults: ['rest'] } }, 'reply.faults[0]', 'did you mean "reset"?'],
    [{ reply: { faultRate: 20 } }, 'reply.faultRate'],
    [{ timeouts: { headersMs: 0 } }, 'timeouts.headersMs'],
    [{ onNotice: true }, 'onNotice'],
    [{ onArrival: () => {} }, 'onArrival'],
  ])('refuses %j and says what is wrong', async (options, name, wanted?: string) => {
    const { message, hint } = await refusalOf(() => startListener(loose(options)));
    expect(message).toContain(name);
    if (wanted !== undefined) expect(hint).toBe(wanted);
  });

  it('keeps a secret that is of the wrong type to itself', async () => {
    const { message } = await refusalOf(() => startListener(loose({ signature: { secret: ['whsec_x'] } })));
    expect(message).not.toContain('whsec_x');
  });

  it.each([
    [{ status: 'raed' }, {}, 'did you mean "read"?'],
    [{ stauts: 'read' }, {}, 'did you mean "status"?'],
    [{ kind: 'event' }, {}, undefined],
    [{ refusal: 'too-big' }, {}, undefined],
    [{ status: 'read' }, { timeout: '2s' }, undefined],
    [{ status: 'read' }, { timeout: 2 ** 31 }, undefined],
  ])('refuses to wait for %j, %j', async (criteria, options, wanted) => {
    await using listener = await startListener();
    const { hint } = await refusalOf(() => listener.waitFor(loose(criteria), loose(options)));
    if (wanted !== undefined) expect(hint).toBe(wanted);
  });

  it('waits for any arrival where nothing else is said', async () => {
    await using listener = await startListener();
    await fetch(listener.url);
    expect(await listener.waitFor()).toMatchObject({ n: 1 });
  });
});

describe('what else takes options', () => {
  it.each([
    ['generateEvent', () => generateEvent(loose({ status: 'raed' }), entropy()), 'did you mean "read"?'],
    ['generateEvent', () => generateEvent(loose('read'), entropy())],
    ['generateEvent', () => generateEvent({ status: 'read' }, loose(undefined))],
    ['generateEvent', () => generateEvent(loose({ status: 'read', provider: 'guphsup' }), entropy())],
    ['generateEvent', () => generateEvent({ status: 'read', phone: '+44 7700' }, entropy())],
    ['gupshup', () => generateEvent({ status: 'failed', failureCode: 999_999 }, entropy())],
    ['generateScenario', () => generateScenario(loose({ scenario: 'laet-sent' }), entropy())],
    ['createEntropy', () => createEntropy(loose({ seed: 'x', now: new Date() }))],
    ['createEntropy', () => createEntropy(loose({ seed: 1, now: Date.now() }))],
    ['deliver', () => deliver({ bytes: body, source: 'x' }, loose({ url: url.href }))],
    ['deliver', () => deliver({ bytes: body, source: 'x' }, loose({ url, retires: 1 }))],
    ['deliver', () => deliver(loose({ bytes: '{}', source: 'x' }), { url })],
    ['deliverAll', () => deliverAll([], { url, concurrency: 0 }).next()],
    ['signBody', () => signBody(body, 'whsec_x', loose(undefined))],
    ['signBody', () => signBody(body, '', 1)],
    ['verifySignature', () => verifySignature('t=1', loose({}), { secret: 'x', nowSeconds: 1 })],
    ['validateText', () => validateText(loose({}))],
  ])('%s refuses nonsense', async (name, use, wanted?: string) => {
    const { message, hint } = await refusalOf(use);
    expect(message).toContain(name);
    if (wanted !== undefined) expect(hint).toBe(wanted);
  });

  it('verifies nothing without the time: an old signature would pass', async () => {
    const header = signBody(body, 'whsec_x', 1);
    await refusalOf(() => verifySignature(header, body, loose({ secret: 'whsec_x' })));
    await refusalOf(() => verifySignature(header, body, { secret: 'whsec_x', nowSeconds: Number.NaN }));
  });
});
