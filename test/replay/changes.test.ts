import { expect, test } from 'vitest';
import { refreshId } from '../../src/domain/delivery/refresh.ts';
import { NOW, runCli } from '../support/cli.ts';
import { startReceiver } from '../support/receiver.ts';

const NOW_SECONDS = Date.parse(NOW) / 1000;

interface Gupshup {
  readonly id: string;
  readonly gsId?: string;
  readonly destination: string;
  readonly payload: { readonly ts?: number; readonly whatsappMessageId?: string };
}

interface Event {
  readonly payload: {
    readonly uuid: string;
    readonly contact: object;
    readonly messageStatusPayload: Gupshup;
  };
}

const simulate = ['simulate', '--scenario', 'read', '--json', '--seed', '1', '--now', '2020-05-05T00:00:00Z'];

test('--fresh gives new ids that belong together and moves the times to now, keeping the gaps', async () => {
  const receiver = await startReceiver();
  const { stdout } = await runCli(simulate);
  const captured = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Event);
  const argv = ['replay', '-', '--to', receiver.url, '--fresh', '--seed', '3'];
  expect((await runCli(argv, { stdin: stdout })).code).toBe(0);
  const fresh = receiver.requests.map(({ body }) => JSON.parse(body.toString()) as Event);
  const uuids = new Set(fresh.map(({ payload }) => payload.uuid));
  expect(uuids.size).toBe(1);
  expect(uuids).not.toContain(captured[0]?.payload.uuid);
  expect([...uuids][0]).toMatch(/^[0-9a-f]{32}$/);
  const [enqueued, ...later] = fresh.map(({ payload }) => payload.messageStatusPayload);
  for (const { id, gsId } of later) {
    expect(gsId).toBe(enqueued?.id);
    expect(id).toBe(enqueued?.payload.whatsappMessageId);
  }
  const times = (events: readonly Event[]) =>
    events.flatMap(({ payload }) => payload.messageStatusPayload.payload.ts ?? []);
  const [first = 0] = times(fresh);
  const [capturedFirst = 0] = times(captured);
  expect(Math.abs(first - NOW_SECONDS)).toBeLessThan(60);
  expect(times(fresh).map((ts) => ts - first)).toEqual(times(captured).map((ts) => ts - capturedFirst));
  expect(fresh.map(({ payload }) => payload.contact)).toEqual(captured.map(({ payload }) => payload.contact));
  const valid = await runCli(['validate', '-'], {
    stdin: receiver.requests.map(({ body }) => body).join('\n'),
  });
  expect(valid.code).toBe(0);
});

test.each([
  [
    'wamid.HBgMNDQ3NzAwOTAwMTIzFQIAERgSOUFFOTEyMDk1OEFGQzgwMTMxAA==',
    /^wamid\.HBgMNDQ3NzAwOTAwMTIzFQIAERgS[\w+/]{24}AA==$/,
  ],
  ['gBEGRHcAkAEDAgnZxQ3JmKK6Wvg', /^gBEGRHcAkAEDAg[k-n][\w-]{12}$/],
  [
    'f9c6a1d0-1111-4222-8333-444455556666',
    /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
  ],
  ['3EB0abZ9-x', /^\d[A-Z]{2}\d[a-z]{2}[A-Z]\d-[a-z]$/],
])('a fresh id for %s has the same format', (id, format) => {
  expect(refreshId(id, 'a')).toMatch(format);
  expect(refreshId(id, 'a')).toBe(refreshId(id, 'a'));
  expect(refreshId(id, 'a')).not.toBe(id);
  expect(refreshId(id, 'b')).not.toBe(refreshId(id, 'a'));
});

test('--set, --set-json and --unset change every event, and say that its bytes are new', async () => {
  const receiver = await startReceiver();
  const { stdout: stdin } = await runCli(simulate);
  const changes = [
    '--set',
    'payload.contact.name=Ada',
    '--set-json',
    'payload.status=7',
    '--unset',
    'payload.contact.tags',
  ];
  const { code, stderr } = await runCli(['replay', '-', '--to', receiver.url, ...changes], { stdin });
  expect(code).toBe(0);
  expect(stderr).toContain('written anew');
  for (const { body } of receiver.requests) {
    const { payload } = JSON.parse(body.toString()) as { payload: { status: unknown; contact: object } };
    expect(payload).toMatchObject({ status: 7, contact: { name: 'Ada' } });
    expect(payload.contact).not.toHaveProperty('tags');
  }
});

test('a path that no event has is a usage error with the nearest one', async () => {
  const { stdout: stdin } = await runCli(simulate);
  const { code, stderr } = await runCli(['replay', '-', '--to', '9', '--set', 'payload.contact.nmae=x'], {
    stdin,
  });
  expect(code).toBe(2);
  expect(stderr).toContain('payload.contact.name');
});
