import { once } from 'node:events';
import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { minimalEvent } from '../support/events.ts';
import { openListener, post } from '../support/listener.ts';
import { connectRaw, type RawConnection, statusesIn } from '../support/raw-http.ts';

const UUID = 'a'.repeat(32);
const EVENT = minimalEvent(UUID, 'read');
const request = (head: string, body = ''): string =>
  `POST / HTTP/1.1\r\nHost: localhost\r\n${head}\r\n${body}`;
const withLength = (body: string): string => request(`Content-Length: ${Buffer.byteLength(body)}\r\n`, body);
const headers = (count: number, size = 1): string =>
  Array.from({ length: count }, (_, index) => `X-${index}: ${'v'.repeat(size)}\r\n`).join('');

/** What is sent, and the statuses it is answered with; none where the connection is just closed. */
const ATTACKS: readonly (readonly [name: string, bytes: string, statuses: readonly number[]])[] = [
  ['no HTTP', 'hello\r\n\r\n', [400]],
  ['TLS on a plain port', '\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003', [400]],
  ['no Host', 'GET / HTTP/1.1\r\n\r\n', [400]],
  ['a foreign Host', 'GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n', [403]],
  ['a header with a line break of its own', request('X-A: b\r\n c: d\u0000\r\n'), [400]],
  ['a path over the limit', `GET /${'a'.repeat(9000)} HTTP/1.1\r\nHost: localhost\r\n\r\n`, [414]],
  ['a path far over the limit', `GET /${'a'.repeat(40_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n`, [414]],
  ['too many headers', request(headers(101)), [431]],
  ['headers that are too large', request(headers(40, 600)), [431]],
  ['a body over the limit, announced', request('Content-Length: 1048577\r\n'), [413]],
  [
    'a body over the limit, announced, and asked for leave',
    request('Content-Length: 99999999\r\nExpect: 100-continue\r\n'),
    [413],
  ],
  [
    'an expectation nobody knows',
    request('Content-Length: 2\r\nExpect: 200-ok\r\nConnection: close\r\n', '{}'),
    [417],
  ],
  ['a Content-Length that is no number', request('Content-Length: many\r\n'), [400]],
  ['a negative Content-Length', request('Content-Length: -1\r\n'), [400]],
  ['two Content-Lengths that differ', request('Content-Length: 2\r\nContent-Length: 3\r\n', '{}'), [400]],
  [
    'Content-Length and Transfer-Encoding',
    request('Content-Length: 2\r\nTransfer-Encoding: chunked\r\n', '0\r\n\r\n'),
    [400],
  ],
  ['a Transfer-Encoding nobody knows', request('Transfer-Encoding: gzip\r\n'), [400]],
  ['a chunk whose size is no number', request('Transfer-Encoding: chunked\r\n', 'zz\r\n{}\r\n'), [400]],
  [
    'a chunk whose size overflows',
    request('Transfer-Encoding: chunked\r\n', `${'f'.repeat(17)}\r\n{}\r\n`),
    [400],
  ],
  [
    'a chunk that is longer than its size',
    request('Transfer-Encoding: chunked\r\n', '1\r\n{}\r\n0\r\n\r\n'),
    [400],
  ],
];

describe('listen under attack', () => {
  it.each(ATTACKS)('answers %s', async (_name, bytes, statuses) => {
    const { port, url } = await openListener();
    const connection = connectRaw(port);
    connection.send(Buffer.from(bytes, 'latin1'));
    const received = await connection.until(/HTTP\/1\.1 [2-5]/);
    expect(statusesIn(received)).toEqual(statuses);
    expect((await post(url, EVENT)).status).toBe(200);
  });

  it('hangs up after a body that goes over the limit while it is sent', async () => {
    const { port, waitFor } = await openListener({ maxBodyBytes: 1000 });
    const connection = connectRaw(port);
    connection.send(request('Transfer-Encoding: chunked\r\n', `ffff\r\n${'a'.repeat(0xffff)}\r\n`));
    expect(statusesIn(await connection.closed())).toEqual([413]);
    expect(await waitFor({})).toMatchObject({ refusal: 'too-large', answered: 413 });
  });

  it('asks for a body that fits, and answers once', async () => {
    const { port } = await openListener();
    const connection = connectRaw(port);
    connection.send(
      request(`Content-Length: ${EVENT.length}\r\nExpect: 100-continue\r\nConnection: close\r\n`),
    );
    await connection.until(/100 Continue/);
    connection.send(EVENT);
    expect(statusesIn(await connection.closed())).toEqual([100, 200]);
  });

  it('answers pipelined requests in order, many more than it reads at a time', async () => {
    const { port, arrivals } = await openListener({ reply: { inTurn: [200, 201, 202] } });
    const connection = connectRaw(port);
    connection.send(
      withLength(EVENT).repeat(299) +
        request(`Connection: close\r\nContent-Length: ${EVENT.length}\r\n`, EVENT),
    );
    // The last answer is the only one that closes the connection.
    const received = await connection.closed();
    expect(statusesIn(received)).toEqual(Array.from({ length: 300 }, (_, index) => 200 + (index % 3)));
    const iterator = arrivals[Symbol.asyncIterator]();
    for (let n = 1; n <= 300; n += 1) expect((await iterator.next()).value?.n).toBe(n);
  });

  it.each([
    ['headers', 'POST / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ', { headersMs: 50, requestMs: 60_000 }],
    ['a body', request('Content-Length: 100\r\n', '{'), { headersMs: 50, requestMs: 100 }],
  ])('answers 408 to %s that take too long', async (_name, bytes, timeouts) => {
    const { port, url } = await openListener({ timeouts });
    const connection = connectRaw(port);
    connection.send(bytes);
    expect((await post(url, EVENT)).status).toBe(200);
    expect(statusesIn(await connection.closed())).toEqual([408]);
  });

  it('says nothing of a sender that leaves in the middle', async () => {
    const { port, url, waitFor } = await openListener();
    const connection = connectRaw(port);
    connection.send(request('Content-Length: 100\r\n', '{"half'));
    connection.socket.resetAndDestroy();
    await post(url, EVENT);
    expect(await waitFor({})).toMatchObject({ n: 1, uuid: UUID });
  });

  it('goes on serving while thousands of connections say nothing', async () => {
    const { port, url } = await openListener();
    const silent: RawConnection[] = [];
    // A hundred at a time, because the system itself turns away what nobody accepts quickly enough.
    while (silent.length < 1400) {
      const more = Array.from({ length: 100 }, () => connectRaw(port));
      await Promise.all(more.map(({ socket }) => once(socket, 'connect')));
      silent.push(...more);
    }
    // At most 1024 may wait; the others cost the oldest ones their place.
    await Promise.all(silent.slice(0, 350).map((connection) => connection.closed()));
    expect((await post(url, EVENT)).status).toBe(200);
    expect(silent.at(-1)?.socket.destroyed).toBe(false);
  });

  it.each([
    ['gzip', gzipSync(EVENT), 200, 'status'],
    ['x-gzip', gzipSync(EVENT), 200, 'status'],
    ['deflate', deflateSync(EVENT), 200, 'status'],
    ['deflate', deflateRawSync(EVENT), 200, 'status'],
    ['gzip, gzip', gzipSync(gzipSync(EVENT)), 200, 'status'],
    ['gzip, gzip, gzip', gzipSync(EVENT), 415, 'unreadable'],
    ['rot13', Buffer.from(EVENT), 415, 'unreadable'],
    ['gzip', Buffer.from(EVENT), 400, 'unreadable'],
    ['gzip', gzipSync(EVENT).subarray(0, -9), 400, 'unreadable'],
    ['gzip', gzipSync(Buffer.alloc(50 * 1024 * 1024)), 413, 'unreadable'],
    ['deflate', deflateSync(Buffer.alloc(50 * 1024 * 1024)), 413, 'unreadable'],
  ] as const)(
    'reads Content-Encoding %s, or says why not (case %#)',
    async (encoding, body, status, kind) => {
      const { url, waitFor } = await openListener();
      expect((await post(url, body, { 'content-encoding': encoding })).status).toBe(status);
      expect(await waitFor({})).toMatchObject({ kind, answered: status });
    },
  );

  it.each([
    ['a million brackets', '['.repeat(1_000_000), 'unreadable', ['not-json']],
    [
      'half a million brackets, closed',
      '['.repeat(500_000) + ']'.repeat(500_000),
      'unreadable',
      ['not-an-object'],
    ],
    ['invalid UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), 'unreadable', ['not-json']],
    ['a uuid of half a megabyte', minimalEvent('a'.repeat(500_000), 'read'), 'status', ['malformed-uuid']],
    ['no body', '', 'connection-check', []],
    ['another event', '{"event":"message_created","payload":{}}', 'other-event', ['other-event']],
  ] as const)('takes %s for what it is', async (_name, body, kind, codes) => {
    const { url, waitFor } = await openListener();
    expect((await post(url, body)).status).toBe(200);
    const arrival = await waitFor({});
    expect(arrival.kind).toBe(kind);
    expect(
      arrival.problems.map(({ code }) => code).filter((code) => code !== 'missing-provider-payload'),
    ).toEqual(codes);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/json; charset=latin1'])(
    'reads the event whatever Content-Type says: %s',
    async (contentType) => {
      const { url, waitFor } = await openListener();
      await post(url, EVENT, { 'content-type': contentType });
      expect(await waitFor({ status: 'read' })).toMatchObject({ uuid: UUID });
    },
  );

  it('answers to the names it was told, and on an open address to all', async () => {
    const ask = async (port: number, host: string): Promise<number[]> => {
      const connection = connectRaw(port);
      connection.send(`GET / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
      return statusesIn(await connection.closed());
    };
    const narrow = await openListener({ allowHosts: ['Abc.tunnel.example'] });
    expect(await ask(narrow.port, 'abc.tunnel.example:443')).toEqual([200]);
    expect(await ask(narrow.port, '[::1]:1')).toEqual([200]);
    expect(await ask(narrow.port, 'localhost.evil.example')).toEqual([403]);
    const open = await openListener({ host: '0.0.0.0' });
    expect(await ask(open.port, 'evil.example')).toEqual([200]);
  });
});
