import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Redactor } from '../../src/domain/redaction/redactor.ts';
import { validateEvent } from '../../src/domain/validate/event.ts';

const redactor = new Redactor({ key: 'a key for these tests', keepTags: false });
const receivedAt = '2026-11-25T14:03:00.000Z';
const redact = (text: string, path = '/webhooks', headers = {}) =>
  redactor.redactRequest({ receivedAt, path, headers, text });

const UUID = 'adf3d1216d4c4dcd908199d6700f2381';
const DASHED = '87dafc75-50e6-4f29-ab8c-a6c48506de72';
const META = 'https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/';

/** What says nothing of a person where it stands, a member of an object each. */
const HARMLESS: readonly string[] = [
  ...[
    'enqueued',
    'sent',
    'delivered',
    'read',
    'failed',
    'mismatch',
    'deleted',
    'played',
    'Delivered',
    'deliverd',
  ].map((status) => `"status":"${status}"`),
  ...['message_status_updated', 'contact_created', 'team_membership_updated', 'message_status_update'].map(
    (event) => `"event":"${event}"`,
  ),
  ...['uuid', 'id', 'gsId', 'gs_id'].flatMap((key) => [`"${key}":"${UUID}"`, `"${key}":"${DASHED}"`]),
  `"conversation":{"id":"${UUID}","expiresAt":1764082980,"origin":{"type":"service"}}`,
  '"createdAt":"2022-10-12T15:57:16Z"',
  '"createdAt":"2022-10-18T12:06:29.000+02:00"',
  '"createdAt":"2022-10-18 17:01:20 +0200"',
  '"ts":1686563913',
  '"ts":"1686563913"',
  '"timestamp":1710941393420',
  '"code":1002',
  '"code":"131026"',
  '"errors":[{"code":131049,"title":"Message undeliverable"}]',
  `"errors":[{"code":131049,"href":"${META}"}]`,
  '"reason":"Message undeliverable, (#131026) Message Undeliverable."',
  '"source":"whatsapp"',
  '"channel":{"type":"whatsapp","main":true,"discardedAt":null}',
  '"team":{"members":12,"default":false}',
  '"pricing":{"billable":true,"pricing_model":"PMP","category":"authentication-international","type":"regular"}',
  '"messaging_product":"whatsapp","field":"messages"',
  `"href":"https://dash.callbell.eu/contacts/${UUID}"`,
  `"conversationHref":"https://dash.callbell.eu/chat/${UUID}"`,
  '"name":null,"note":"","tags":[],"metadata":{},"contact":null',
  ' "st\\u0061tus" :\t"re\\u0061d" ',
];

describe('redaction keeps', () => {
  it.each(HARMLESS)('%s', (member) => {
    const text = `{ "payload": {${member}}}`;
    expect(redact(text).body).toBe(text);
    expect(redact(`[{"body":${JSON.stringify(text)}}]`).body).toBe(`[{"body":${JSON.stringify(text)}}]`);
  });

  it.each(['/', '/webhooks/callbell', '/api/v1/hooks?token='])('the path %s', (path) => {
    expect(redact('', path).path).toBe(path);
  });

  it('headers of harmless names and forms', () => {
    const headers = {
      host: 'localhost:3000',
      'content-type': 'application/json; charset=utf-8',
      accept: '*/*',
      'accept-encoding': 'gzip;q=1.0,deflate;q=0.6,identity;q=0.3',
      'user-agent': 'curl/8.5.0',
      connection: 'keep-alive',
      'x-forwarded-proto': 'https',
      'x-callbell-signature': `t=1686563913,v1=${'0'.repeat(64)}`,
    };
    expect(redact('', '/', headers).headers).toEqual(headers);
  });

  it('tags only where that is asked for', () => {
    const text = '{"contact":{"tags":["Maria Rossi","vip"]}}';
    const keeping = new Redactor({ key: 'a key for these tests', keepTags: true });
    expect(keeping.redactRequest({ receivedAt, path: '/', headers: {}, text }).body).toBe(text);
    expect(redact(text).body).not.toMatch(/Maria|vip/);
  });

  it('a uuid of decimal digits, unless it is a padded number: then its mask is a uuid', () => {
    const uuidOf = (uuid: string): string =>
      (JSON.parse(redact(`{"uuid":"${uuid}"}`).body) as { uuid: string }).uuid;
    for (const uuid of ['12'.padStart(32, '0'), '12345678'.repeat(4)]) expect(uuidOf(uuid)).toBe(uuid);
    const masked = uuidOf('393471234567'.padStart(32, '0'));
    expect(masked).toMatch(/^[\da-f]{32}$/);
    expect(masked).not.toContain('393471234567');
  });

  it('whatever stands around what it masks, to the byte', () => {
    const text =
      '\t{"payload" : {"na\\u006de":"Maria", "ts":1.6865639130e9,"status":"read","status":"sent"}\r\n}\n';
    expect(redact(text).body).toMatch(
      /^\t\{"payload" : \{"na\\u006de":"na?me \w{10}", "ts":1\.6865639130e9,"status":"read","status":"sent"\}\r\n\}\n$/,
    );
  });
});

describe('a masked number', () => {
  const masksOf = (...texts: string[]): string[] =>
    (JSON.parse(redact(JSON.stringify(texts)).body) as string[]).map((text) => text.replace(/\D/g, ''));

  it.each([
    ['447700900123', ['+44 7700 900123', '00447700900123', '07700 900123', '7700 900123', '(07700) 900-123']],
    [
      '393471234567',
      ['347 123 4567', '3471234567', '+39.347.123.4567', '０３４７１２３４５６７', '٣٩٣٤٧١٢٣٤٥٦٧'],
    ],
    ['33612345678', ['06 12 34 56 78', '+33 6 12 34 56 78']],
    ['12025550123', ['(202) 555-0123', '+1 202 555 0123']],
    ['351912345678', ['912345678', '+351 912 345 678']],
  ])('is the same for %s however it is written', (number, spellings) => {
    const [mask = '', ...others] = masksOf(number, ...spellings);
    expect(mask).toMatch(/^10\d{9}$/);
    for (const other of others) expect(other.replace(/^0{1,2}/, '')).toBe(mask);
  });

  it('is the same in every run with the same key, and another with another key', () => {
    const body = '{"destination":"447700900123","contact":{"name":"Maria"}}';
    const again = new Redactor({ key: 'a key for these tests', keepTags: false });
    const another = new Redactor({ key: 'another key for tests', keepTags: false });
    const request = { receivedAt, path: '/', headers: {}, text: body };
    expect(again.redactRequest(request).body).toBe(redact(body).body);
    expect(another.redactRequest(request).body).not.toBe(redact(body).body);
  });
});

describe('a redacted event', () => {
  const samples = new URL('../../fixtures/samples/', import.meta.url);
  const files = readdirSync(samples).filter((name) => name !== 'index.json');
  const wrap = (raw: string): string =>
    `{"event":"message_status_updated","payload":{"uuid":"${UUID}","status":"read","messageStatusPayload":${raw}}}`;

  it.each(files)('has the problems of the original, and none of its numbers: %s', (name) => {
    const text = wrap(readFileSync(new URL(name, samples), 'utf8'));
    const masked = redact(text).body;
    expect(problemsOf(masked)).toEqual(problemsOf(text));
    for (const number of numbersIn(text)) expect(numbersIn(masked)).not.toContain(number);
  });

  const invalid = new URL('../../fixtures/invalid/', import.meta.url);
  it.each(readdirSync(invalid).filter((name) => name.endsWith('.json')))(
    'is as wrong as it was: %s',
    (name) => {
      const text = readFileSync(new URL(name, invalid), 'utf8');
      let event: unknown;
      try {
        event = JSON.parse(text);
      } catch {
        return;
      }
      expect(event).toBeDefined();
      expect(codesOf(redact(text).body)).toEqual(codesOf(text));
    },
  );
});

function problemsOf(text: string): string[] {
  return validateEvent(JSON.parse(text)).problems.map(({ code, path }) => `${code} ${path}`);
}

/** Without the paths: what nobody documents has another name. */
function codesOf(text: string): string[] {
  return validateEvent(JSON.parse(text)).problems.map(({ code }) => code);
}

/** Numbers as long as phone numbers, also those inside ids, but no times and no parts of uuids. */
function numbersIn(text: string): string[] {
  const ids = [...text.matchAll(/[\w+/-]{20,}={0,2}/g)].flatMap(([word]) => [
    Buffer.from(word, 'base64').toString('latin1'),
    Buffer.from(word, 'base64').toString('hex').slice(6, 20),
  ]);
  return [text, ...ids].flatMap((each) => each.match(/(?<![\da-f]|timestamp": )\d{11,13}(?![\da-f])/g) ?? []);
}
