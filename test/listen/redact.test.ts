import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { WITHHELD } from '../../src/domain/redaction/withheld.ts';
import { readWhatsappId } from '../../src/domain/whatsapp-id.ts';
import { runCli, startCli } from '../support/cli.ts';
import { temporaryFolder } from '../support/files.ts';
import { post } from '../support/listener.ts';
import { freePort } from '../support/receiver.ts';

const NUMBER = '447700900103';
const UUID = 'a'.repeat(32);

/** An event that tells its person in every place that is known. */
const EVENT = {
  event: 'message_status_updated',
  payload: {
    uuid: UUID,
    status: 'failed',
    metadata: { order: 'Anna-17', phone: 447700900103, [NUMBER]: 'x', note: '+44 7700 900103', type: 'Anna' },
    contact: {
      uuid: 'b'.repeat(32),
      name: 'Anna Smith',
      phoneNumber: '+44 7700 900103',
      avatarUrl: 'https://pictures.example/Anna.png',
      href: `https://dash.callbell.eu/contacts/${'b'.repeat(32)}`,
      conversationHref: `https://dash.callbell.eu/chat/${'e'.repeat(32)}`,
      assignedUser: 'anna.agent@shop.example',
      customFields: { loyalty: 'Anna Gold', mobile: '07700 900103', age: 42 },
      bsuid: 'GB.AnnaB5uid',
      note: 'call Anna',
      newField: 'Anna anew',
      team: { uuid: 'c'.repeat(32), name: 'Anna team', default: true, members: 7 },
      channel: { uuid: 'd'.repeat(32), title: 'Anna shop', type: 'whatsapp', main: true },
      tags: ['vip'],
      createdAt: '2026-01-01T00:00:00Z',
    },
    messageStatusPayload: {
      id: 'gBEGRHcAkAEDAgnZxQ3JmKK6Wvg',
      gsId: '87dafc75-50e6-4f29-ab8c-a6c48506de72',
      type: 'failed',
      destination: NUMBER,
      userId: 'GB.AnnaB5uid',
      payload: {
        code: 1002,
        ts: 1686563913,
        reason: `${NUMBER} 1002: write to anna.agent@shop.example about wamid.HBgMNDQ3NzAwOTAwMTIzFQIAERgSOUFFOTEyMDk1OEFGQzgwMTMxAA==`,
      },
    },
  },
};

/** Nothing of this may be in a file, plain or in an id. */
const TRACES = ['Anna', 'anna', 'Smith', NUMBER, '7700 900103', '7700900123', 'gBEGRHcA', 'wamid.HBgMNDQ3Nz'];

/** Runs `listen --record --redact` with those flags; posts with `send`; gives the file and the screen. */
function redacting(send: (url: string) => Promise<unknown>, flags: readonly string[] = []) {
  return recording(send, ['--redact', ...flags]);
}

async function recording(send: (url: string) => Promise<unknown>, flags: readonly string[] = []) {
  const file = join(temporaryFolder(), 'capture.ndjson');
  const run = startCli(['listen', '--port', '0', '--json', '--record', file, ...flags]);
  const [, url = ''] = await run.stdout.until(/"url":"([^"]+)"/);
  await send(url);
  run.interrupt();
  expect(await run.exitCode).toBe(0);
  return { file, text: readFileSync(file, 'utf8'), stdout: run.stdout, stderr: run.stderr };
}

const lineOf = (text: string) =>
  JSON.parse(text) as { path: string; headers: Record<string, string>; body: string };

describe('listen --redact', () => {
  it('leaves no trace of the person in the file, and everything else where it was', async () => {
    const { text } = await redacting((url) => post(url, JSON.stringify(EVENT)));
    for (const trace of TRACES) expect(text).not.toContain(trace);
    const { contact, messageStatusPayload, ...payload } = (JSON.parse(lineOf(text).body) as typeof EVENT)
      .payload;
    expect(payload).toMatchObject({ uuid: UUID, status: 'failed' });
    const { uuid, href, conversationHref, tags, createdAt, team, channel, customFields } = contact;
    const kept = EVENT.payload.contact;
    expect({ uuid, href, conversationHref, createdAt }).toEqual({
      uuid: kept.uuid,
      href: kept.href,
      conversationHref: kept.conversationHref,
      createdAt: kept.createdAt,
    });
    expect(tags).toEqual([expect.stringMatching(/^tags \w{10}$/)]);
    expect(team).toMatchObject({ uuid: kept.team.uuid, default: true, members: 7 });
    expect(channel).toMatchObject({ uuid: kept.channel.uuid, type: 'whatsapp', main: true });
    expect(Object.keys(customFields).join()).toMatch(/^(?:key \w{10},?){3}$/);
    expect(messageStatusPayload).toMatchObject({
      gsId: EVENT.payload.messageStatusPayload.gsId,
      type: 'failed',
      payload: { code: 1002, ts: 1686563913 },
    });
  });

  it('gives a number one mask, wherever it stands: body, path, header', async () => {
    const { text } = await redacting((url) =>
      post(`${url}/to/${NUMBER}?phone=%2B44+7700+900103`, JSON.stringify(EVENT), { 'x-who': NUMBER }),
    );
    const { path, headers, body } = lineOf(text);
    const { metadata, contact, messageStatusPayload } = (JSON.parse(body) as typeof EVENT).payload;
    const mask = messageStatusPayload.destination;
    expect(mask).toMatch(/^10\d{9}$/);
    expect(contact.phoneNumber).toBe(`+${mask}`);
    expect(Object.keys(metadata)).toContain(mask);
    expect(Object.values(metadata)).toContain(Number(mask));
    expect(Object.values(metadata)).toContain(`+${mask}`);
    expect(Object.values(contact.customFields)).toContain(`0${mask}`);
    expect(readWhatsappId(messageStatusPayload.id)?.number).toBe(mask);
    expect(path).toMatch(new RegExp(`^/path-\\w{10}/${mask}\\?phone=%2B${mask}$`));
    expect(Object.values(headers)).toContain(mask);
  });

  it('masks in the path and the headers what tells a person or opens a door, and leaves the rest', async () => {
    const { text } = await redacting((url) =>
      post(`${url}/webhooks/hook%20a?name=Anna+Smith&token=s3cret&q=a+b&x=1&n=${NUMBER}&%zz`, '{}', {
        authorization: 'Bearer s3cret',
        cookie: 'session=s3cret',
        'x-api-key': 's3cret',
        'x-note': 'for anna.agent@shop.example',
        'x-name': 'Anna',
        'x-callbell-signature': `t=1686563913,v1=${'0'.repeat(64)}`,
        'user-agent': 'Callbell/1.0',
      }),
    );
    for (const trace of [...TRACES, 's3cret']) expect(text).not.toContain(trace);
    const { path, headers } = lineOf(text);
    expect(path).toMatch(
      /^\/webhooks\/path-\w{10}\?name=value-\w{10}&token=value-\w{10}&q=value-\w{10}&x=1&query-\w{10}=10\d{9}&query-\w{10}$/,
    );
    expect(headers).toMatchObject({
      authorization: expect.stringMatching(/^secret \w{10}$/),
      'content-type': 'text/plain;charset=UTF-8',
      host: expect.stringMatching(/^127\.0\.0\.1:\d+$/),
      'x-callbell-signature': `t=1686563913,v1=${'0'.repeat(64)}`,
      'user-agent': 'Callbell/1.0',
    });
  });

  it.each([
    [
      'a message',
      {
        event: 'message_created',
        payload: { from: NUMBER, to: 'anna_s', text: 'I am Anna', attachments: ['https://x/Anna.jpg'] },
      },
    ],
    [
      'a contact',
      {
        event: 'contact_updated',
        payload: { uuid: UUID, name: 'Anna', phoneNumber: NUMBER, nickName: 'Anna', city: 'Annaburg' },
      },
    ],
    ['a wrapped event', { body: JSON.stringify(EVENT) }],
    ['an event without its envelope', [EVENT.payload]],
  ])('masks %s too', async (_name, event) => {
    const { text } = await redacting((url) => post(url, JSON.stringify(event)));
    for (const trace of TRACES) expect(text).not.toContain(trace);
  });

  it('masks what came compressed, and then says nothing of compression', async () => {
    const { text } = await redacting((url) =>
      post(url, gzipSync(JSON.stringify(EVENT)), { 'content-encoding': 'gzip' }),
    );
    for (const trace of TRACES) expect(text).not.toContain(trace);
    const { headers, body } = lineOf(text);
    expect(JSON.parse(body)).toMatchObject({ event: EVENT.event, payload: { uuid: UUID } });
    expect(headers).not.toHaveProperty('content-encoding');
    expect(headers).not.toHaveProperty('content-length');
  });

  it.each([
    ['no JSON', `{Anna=${NUMBER}`],
    ['no UTF-8', Buffer.from([0xff, ...Buffer.from(`Anna ${NUMBER}`)])],
    ['a plain text', 'hello from Anna'],
  ])('withholds a body that is %s', async (_name, body) => {
    const { text } = await redacting((url) => post(url, body));
    expect(lineOf(text).body).toBe(WITHHELD);
  });

  it.each([
    ['a mere text', JSON.stringify(`Anna ${NUMBER}`)],
    ['a mere number', NUMBER],
    ['a list of texts', JSON.stringify(['Anna'])],
    ['deep brackets', `${'['.repeat(100_000)}"Anna"${']'.repeat(100_000)}`],
  ])('masks a body that is %s', async (_name, body) => {
    const { text } = await redacting((url) => post(url, body));
    expect(text).not.toContain(WITHHELD);
    for (const trace of TRACES) expect(text).not.toContain(trace);
  });

  it('masks what could not be forwarded in the same way, and the screen not at all', async () => {
    const { file, text, stdout, stderr } = await redacting(
      (url) => post(`${url}/${NUMBER}`, JSON.stringify(EVENT)),
      ['--forward-to', `${await freePort()}/hook`],
    );
    const kept = readFileSync(file.replace('.ndjson', '.not-forwarded.ndjson'), 'utf8');
    for (const trace of TRACES) expect(kept).not.toContain(trace);
    expect(lineOf(kept).body).toBe(lineOf(text).body);
    expect(stdout.text).toContain(NUMBER);
    expect(stderr.text).toContain('no longer match');
  });

  it('writes a capture that validates as the one that is not redacted does', async () => {
    const simulated = await runCli(['simulate', '--scenario', 'late-sent,mismatch,failed', '--seed', '7']);
    const bodies = simulated.stdout.trim().split('\n');
    const send = async (url: string) => {
      for (const body of bodies) await post(url, body, { 'x-name': 'Anna' });
    };
    const redacted = await redacting(send);
    const plain = await recording(send);
    expect(await problemsOf(redacted.file)).toEqual(await problemsOf(plain.file));
  });

  it('tells a body that was withheld for what it is, to validate and to replay', async () => {
    const { file } = await redacting(async (url) => {
      await post(url, '{Anna');
      await post(url, JSON.stringify(EVENT));
    });
    expect(await problemsOf(file)).toContain('1 withheld-body');
    const replayed = await runCli(['replay', file, '--to', `${await freePort()}`, '--dry-run']);
    expect(replayed.stderr).toContain('withheld');
    expect(replayed.stdout).not.toContain('[withheld');
  });
});

/** What is wrong in a capture, but for how it is wrapped. */
async function problemsOf(file: string): Promise<string[]> {
  const { stdout } = await runCli(['validate', file, '--json', '--max-problems', '1000']);
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  const problems = lines.filter(({ type, code }) => type === 'problem' && code !== 'unwrapped');
  return problems.map(({ line, code }) => `${line} ${code}`);
}
