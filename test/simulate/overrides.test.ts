import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePath, pathsOf, valueAt } from '../../src/domain/generate/event-path.ts';
import { applyOverrides, type Override, obstacleTo } from '../../src/domain/generate/overrides.ts';
import { runCli } from '../support/cli.ts';
import { sampleEvent } from '../support/events.ts';
import { temporaryFile } from '../support/files.ts';

const FIXED = ['--seed', '7', '--now', '2026-01-31T14:03:00Z', '--json'];

const ONE_TAG = ['--set-json', 'payload.contact.tags=["Lead"]'];

async function changed(...flags: string[]): Promise<Record<string, unknown>> {
  const { code, jsonLines, stderr } = await runCli(['simulate', '-s', 'read', ...flags, ...FIXED]);
  expect(code, stderr).toBe(0);
  return jsonLines[0]?.payload as Record<string, unknown>;
}

describe('simulate --set, --set-json, --unset', () => {
  it('change what they name and nothing else', async () => {
    const plain = await changed();
    const payload = await changed(
      ...['--set', 'payload.contact.name=Ada=Eve', '--set-json', 'payload.metadata={"order":7}'],
      ...['--set', 'payload.contact.team.name=x', '--unset', 'payload.messageStatusPayload.payload'],
    );
    const { contact, messageStatusPayload: raw } = plain as {
      contact: { team: object };
      messageStatusPayload: object;
    };
    expect(payload).toEqual({
      ...plain,
      metadata: { order: 7 },
      contact: { ...contact, name: 'Ada=Eve', team: { ...contact.team, name: 'x' } },
      messageStatusPayload: { ...raw, payload: undefined },
    });
  });

  it('reach into arrays, and take elements out of them', async () => {
    const tags = ['--set-json', 'payload.contact.tags=["a","b","c"]'];
    const flags = ['--set', 'payload.contact.tags[1]=x', '--unset', 'payload.contact.tags[0]'];
    const { contact } = await changed(...tags, ...flags);
    expect(contact).toMatchObject({ tags: ['x', 'c'] });
  });

  it('are done in the order in which they are written', async () => {
    const set = ['--set-json', 'payload.contact={"name":"Ada"}'];
    const unset = ['--unset', 'payload.contact'];
    expect(await changed(...unset, ...set)).toHaveProperty('contact', { name: 'Ada' });
    expect(await changed(...set, ...unset)).not.toHaveProperty('contact');
  });

  it('make new paths only with --set-new, even those that look like a prototype', async () => {
    const payload = await changed(
      '--set-new',
      '--set',
      'payload.a.b=1',
      '--set',
      'payload.__proto__.polluted=1',
    );
    expect(payload).toHaveProperty('a', { b: '1' });
    expect(Object.hasOwn(payload, '__proto__')).toBe(true);
    expect({}).not.toHaveProperty('polluted');
  });

  it('change a field that only some of the events have', async () => {
    const { code, jsonLines } = await runCli([
      ...['simulate', '-S', 'read', '--set-json', 'payload.messageStatusPayload.payload.ts="soon"', ...FIXED],
    ]);
    expect(code).toBe(0);
    const times = jsonLines.map((event) =>
      valueAt(event, ['payload', 'messageStatusPayload', 'payload', 'ts']),
    );
    expect(times).toEqual([undefined, 'soon', 'soon', 'soon']);
  });

  it.each([
    [['--set', 'payload.contact.nmae=Ada'], 'payload.contact.name'],
    [['--set', 'contact.name=Ada'], 'payload.contact.name'],
    [['--unset', 'payload.metadata'], 'payload.metadata'],
    [['--unset', 'payload.contact', '--set', 'payload.contact.team.name=x'], 'payload.contact.team'],
    [['--set', 'payload..name=Ada'], 'tags[0]'],
    [['--set', 'payload.status'], 'name=value'],
    [['--set-json', 'payload.status=failed'], '--set payload.status'],
  ])('refuse %j as usage and name %s', async (flags, expected) => {
    const { code, stdout, stderr } = await runCli(['simulate', '-s', 'read', ...flags]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(expected);
  });

  it.each([
    ["payload.contact['name']", ['contact', 'name']],
    ['payload.contact["name"]', ['contact', 'name']],
    ['.payload.contact.name', ['contact', 'name']],
    ['payload.contact.tags.0', ['contact', 'tags', 0]],
    ["payload.metadata['it\\'s \"a.b\"']", ['metadata', `it's "a.b"`]],
  ])('take the path %s', async (written, path) => {
    expect(valueAt(await changed(...ONE_TAG, '--set', `${written}=x`), path)).toBe('x');
  });

  it.each([
    ['payload.contact.tags[5]', 'payload.contact.tags has 1 element; the next index is 1'],
    ['payload.contact.tags.foo', 'payload.contact.tags is a list'],
    ['payload.contact.tags.length', 'payload.contact.tags is a list'],
    ['payload.contact.name.first', 'payload.contact.name is a string, it has no members'],
    ['payload.status.x', 'payload.status is a string'],
    ['payload[0]', 'payload is an object'],
    ['payload.new[1]', 'the first index is 0'],
    ['payload.contact.blockedAt.x', 'payload.contact.blockedAt is null'],
    ['payload.', 'ends with a dot'],
    ["payload.['x", 'tags[0]'],
    [`payload${'.a'.repeat(40_000)}`, 'tags[0]'],
  ])('refuse a path that cannot be made, also with --set-new: %s', async (written, why) => {
    for (const flags of [
      ['--set', `${written}=x`, '--set-new'],
      ['--set-json', `${written}=[]`, '--set-new'],
    ]) {
      const { code, stdout, stderr } = await runCli([
        'simulate',
        '-s',
        'read',
        '-v',
        ...FIXED,
        ...ONE_TAG,
        ...flags,
      ]);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toContain(why);
    }
  });

  it('are refused for replay too', async () => {
    const file = temporaryFile(JSON.stringify(sampleEvent()));
    const argv = ['replay', file, '--to', '3000', '--set', 'payload.status.x=1', '--set-new', '--dry-run'];
    expect(await runCli(argv)).toMatchObject({ code: 2, stdout: '' });
  });

  it('make lists and objects on the way', async () => {
    const payload = await changed('--set-new', '--set', 'payload.a[0].b[0]=x', '--set', 'payload.a[1]=y');
    expect(payload).toHaveProperty('a', [{ b: ['x'] }, 'y']);
  });

  it('are found afterwards, or refused: nothing is done in silence', () => {
    const key = fc.oneof(fc.constantFrom('payload', 'a', 'b', '__proto__', '0', '01', 'length'), fc.nat(3));
    const value = fc.letrec((tie) => ({
      json: fc.oneof(
        { maxDepth: 3 },
        fc.constantFrom(null, 1, 'x', true),
        fc.array(tie('json'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom('payload', 'a', 'b', '0'), tie('json')),
      ),
    })).json;
    fc.assert(
      fc.property(
        value,
        fc.array(key, { minLength: 1, maxLength: 4 }),
        fc.boolean(),
        (event, path, allowNew) => {
          const set: Override = { action: 'set', path, written: '', value: 'new' };
          const obstacle = obstacleTo(event, set, allowNew);
          const after = applyOverrides(event, [set], allowNew);
          if (obstacle === undefined) expect(valueAt(after, path)).toBe('new');
          else expect(after).toEqual(event);
          const unset: Override = { action: 'unset', path, written: '' };
          const isThere = valueAt(event, path) !== undefined;
          expect(obstacleTo(event, unset, allowNew) === undefined).toBe(isThere);
        },
      ),
    );
  });

  it('are listed with --verbose, with what was there before', async () => {
    const flags = ['--set', 'payload.status=sent', '--verbose'];
    const { stderr } = await runCli(['simulate', '-s', 'read', ...flags, ...FIXED]);
    expect(stderr).toContain('payload.status  "read" → "sent"');
    expect(stderr).toContain('assumed: phoneNumber');
  });

  it('find every path of an event, and change nothing of the event itself', () => {
    const event = sampleEvent();
    const before = JSON.stringify(event);
    fc.assert(
      fc.property(fc.constantFrom(...pathsOf(event)), fc.jsonValue(), (written, value) => {
        const path = parsePath(written) ?? [];
        const after = applyOverrides(event, [{ action: 'set', path, written, value }], false);
        expect(valueAt(after, path)).toEqual(value);
        expect(JSON.stringify(event)).toBe(before);
      }),
    );
  });
});

describe('simulate --from a payload without its envelope', () => {
  it.each([
    ['alone', (payload: object) => payload],
    ['in an answer of GET /messages/status', (payload: object) => ({ message: payload })],
  ])('gives the event around it, %s', async (_name, wrap) => {
    const payload = { uuid: 'a'.repeat(32), status: 'read', x: 1 };
    const file = temporaryFile(JSON.stringify(wrap(payload)));
    const taken = await runCli(['simulate', '--from', file]);
    expect(taken.code).toBe(0);
    expect(JSON.parse(taken.stdout)).toEqual({ event: 'message_status_updated', payload });
    const further = await runCli(['simulate', '--from', file, '--status', 'failed', ...FIXED]);
    expect(JSON.parse(further.stdout)).toMatchObject({ payload: { uuid: payload.uuid, status: 'failed' } });
  });
});

describe('simulate --from', () => {
  const captured = {
    event: 'message_status_updated',
    payload: {
      uuid: 'b'.repeat(32),
      status: 'sent',
      metadata: { order: 7 },
      contact: { name: 'Ada', extra: true },
      messageStatusPayload: {
        id: 'gBEGRHcAkAEDAgnZxQ3JmKK6Wvg',
        gsId: 'ee4a68a0-1203-4c85-8dc3-49d0b3226a35',
        type: 'sent',
        payload: { ts: 1585344475 },
        destination: '447700900103',
      },
    },
  };

  it('keeps what is not overridden', async () => {
    const file = temporaryFile(JSON.stringify([captured, captured]), 'capture.json');
    const { code, jsonLines } = await runCli([
      'simulate',
      '--from',
      file,
      '--set',
      'payload.contact.name=Eve',
    ]);
    const expected = structuredClone(captured);
    expected.payload.contact.name = 'Eve';
    expect({ code, jsonLines }).toEqual({ code: 0, jsonLines: [expected, expected] });
  });

  it('goes on with the message that was captured', async () => {
    const file = temporaryFile(JSON.stringify(captured));
    const { code, stdout } = await runCli(['simulate', '--from', file, '-f', '131047', ...FIXED]);
    const { uuid, contact, metadata, messageStatusPayload: raw } = captured.payload;
    expect({ code, payload: JSON.parse(stdout).payload }).toEqual({
      code: 0,
      payload: {
        ...{ uuid, metadata, contact, status: 'failed' },
        messageStatusPayload: {
          ...{ id: raw.id, gsId: raw.gsId, type: 'failed', destination: raw.destination },
          payload: expect.objectContaining({ code: 131047 }),
        },
      },
    });
  });

  it.each([
    ['{"event":', 3],
    ['[]', 3],
    ['"text"', 3],
  ])('says that %j is no event to start from', async (content, expected) => {
    const { code, stdout, stderr } = await runCli([
      'simulate',
      '--from',
      temporaryFile(content),
      '-s',
      'read',
    ]);
    expect({ code, stdout }).toEqual({ code: expected, stdout: '' });
    expect(stderr).toMatch(/no event|not an event/);
  });

  it('refuses flags that would do nothing', async () => {
    const file = temporaryFile(JSON.stringify(captured));
    const { code, stderr } = await runCli(['simulate', '--from', file, '--contact', 'none']);
    expect(code).toBe(2);
    expect(stderr).toContain('--contact');
  });
});
