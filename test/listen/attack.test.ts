import { once } from 'node:events';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { OBEYED, startCli } from '../support/cli.ts';
import { minimalEvent } from '../support/events.ts';
import { openListener, post } from '../support/listener.ts';
import { connectRaw, type RawConnection, statusesIn } from '../support/raw-http.ts';

const UUID = 'a'.repeat(32);
const EVENT = minimalEvent(UUID, 'read');
const request = (head: string, body = ''): string =>
  `POST / HTTP/1.1\r\nHost: localhost\r\n${head}\r\n${body}`;
const withLength = (body: string): string => request(`Content-Length: ${Buffer.byteLength(body)}\r\n`, body);
const chunked = (chunks: string): string => request('Transfer-Encoding: chunked\r\n', chunks);
const headers = (count: number, size = 1): string =>
  Array.from({ length: count }, (_, index) => `X-${index}: ${'v'.repeat(size)}\r\n`).join('');

/** What is sent, and the statuses it is answered with. */
const ATTACKS: readonly (readonly [name: string, bytes: string, statuses: readonly number[]])[] = [
  ['no HTTP', 'hello\r\n\r\n', [400]],
  ['TLS on a plain port', '\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003', [400]],
  ['HTTP/2 where nobody agreed on it', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', [400]],
  ['a method in small letters', 'post / HTTP/1.1\r\nHost: localhost\r\n\r\n', [400]],
  ['a method nobody knows', 'BREW / HTTP/1.1\r\nHost: localhost\r\n\r\n', [400]],
  ['CONNECT', 'CONNECT a.example:443 HTTP/1.1\r\nHost: localhost\r\n\r\n', [405]],
  ['lines that end with LF alone', 'POST / HTTP/1.1\nHost: localhost\nContent-Length: 0\n\n', [400]],
  ['no Host', 'GET / HTTP/1.1\r\n\r\n', [400]],
  ['HTTP/1.0 without Host', 'GET / HTTP/1.0\r\n\r\n', [200]],
  ['a Host with a fragment', 'GET / HTTP/1.1\r\nHost: evil.example#.localhost\r\n\r\n', [403]],
  ['a Host with a path', 'GET / HTTP/1.1\r\nHost: evil.example/x.localhost\r\n\r\n', [403]],
  ['an empty Host', 'GET / HTTP/1.1\r\nHost:\r\n\r\n', [403]],
  ['a foreign Host', 'GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n', [403]],
  ['a foreign Host besides a right one', request('Host: evil.example\r\n'), [403]],
  ['a Host that begins rightly', 'GET / HTTP/1.1\r\nHost: localhost@evil.example\r\n\r\n', [403]],
  ['a foreign Host in the target', 'GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\n\r\n', [403]],
  ['something behind a request', `${withLength('{}')}GARBAGE\r\n\r\n`, [400]],
  ['a header that goes on in the next line', request('X-A: b\r\n c: d\r\n'), [400]],
  ['a header with a NUL', request('X-A: b\u0000\r\n'), [400]],
  ['a blank before the colon of a header', request('Transfer-Encoding : chunked\r\n'), [400]],
  ['a path over the limit', `GET /${'a'.repeat(9000)} HTTP/1.1\r\nHost: localhost\r\n\r\n`, [414]],
  ['a path far over the limit', `GET /${'a'.repeat(40_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n`, [414]],
  ['a path with raw bytes', 'GET /\u00e9\u00ff HTTP/1.1\r\nHost: localhost\r\n\r\n', [400]],
  ['too many headers', request(headers(101)), [431]],
  ['headers that are too large', request(headers(40, 600)), [431]],
  ['trailers that are too large', chunked(`0\r\nX: ${'v'.repeat(20_000)}\r\n\r\n`), [431]],
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
  ...['many', '-1', '+2', '0x2', '2, 2', '99999999999999999999999'].map(
    (length) => [`Content-Length: ${length}`, request(`Content-Length: ${length}\r\n`, '{}'), [400]] as const,
  ),
  ['two Content-Lengths that differ', request('Content-Length: 2\r\nContent-Length: 3\r\n', '{}'), [400]],
  ['two Content-Lengths that agree', request('Content-Length: 2\r\nContent-Length: 2\r\n', '{}'), [400]],
  [
    'Content-Length and Transfer-Encoding',
    request('Content-Length: 2\r\nTransfer-Encoding: chunked\r\n', '0\r\n\r\n'),
    [400],
  ],
  ...['gzip', 'xchunked', 'chunked, chunked', 'chunked\r\nTransfer-Encoding: identity'].map(
    (encoding) =>
      [
        `Transfer-Encoding: ${encoding.replaceAll('\r\n', ' / ')}`,
        request(`Transfer-Encoding: ${encoding}\r\n`, '0\r\n\r\n'),
        [400],
      ] as const,
  ),
  ['a chunk whose size is no number', chunked('zz\r\n{}\r\n'), [400]],
  ['a chunk whose size is negative', chunked('-1\r\n{}\r\n'), [400]],
  ['a chunk whose size overflows', chunked(`${'f'.repeat(17)}\r\n{}\r\n`), [400]],
  ['a chunk that is longer than its size', chunked('1\r\n{}\r\n0\r\n\r\n'), [400]],
  ['a chunk whose lines end with LF alone', chunked('2\n{}\n0\n\n'), [400]],
  ['a chunk with an extension without end', chunked(`2;${'a'.repeat(20_000)}\r\n{}\r\n`), [413]],
];

describe('listen under attack', () => {
  it.each([
    [417, request('Content-Length: 2\r\nExpect: 200-ok\r\n', '{}')],
    [400, 'GET / HTTP/1.1\r\n\r\n'],
    [400, 'hello\r\n\r\n'],
  ])('counts and names what it answers %d to without an arrival', async (httpStatus, bytes) => {
    const run = startCli(['listen', '--port', '0', '--json']);
    const [, port = ''] = await run.stdout.until(/"port":(\d+)/);
    const connection = connectRaw(Number(port));
    connection.send(bytes);
    expect(statusesIn(await connection.closed())).toEqual([httpStatus]);
    await run.stderr.until(new RegExp(`answered ${httpStatus} and hung up on`));
    run.interrupt();
    expect(await run.exitCode).toBe(0);
    expect(run.stdout.jsonLines.at(-1)).toMatchObject({ arrivals: 0, badRequests: { [httpStatus]: 1 } });
  });

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
    expect(await waitFor({ refusal: 'too-large' })).toMatchObject({ answered: 413 });
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
      withLength(EVENT).repeat(2999) +
        request(`Connection: close\r\nContent-Length: ${EVENT.length}\r\n`, EVENT),
    );
    // The last answer is the only one that closes the connection.
    const received = await connection.closed();
    expect(statusesIn(received)).toEqual(Array.from({ length: 3000 }, (_, index) => 200 + (index % 3)));
    const iterator = arrivals[Symbol.asyncIterator]();
    for (let n = 1; n <= 3000; n += 1) expect((await iterator.next()).value?.n).toBe(n);
  });

  it.each([
    ['nothing', '', { headersMs: 50, requestMs: 60_000 }],
    ['headers', 'POST / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ', { headersMs: 50, requestMs: 60_000 }],
    ['a body', request('Content-Length: 100000\r\n', '{'), { headersMs: 50, requestMs: 100 }],
    ['a chunked body', chunked('ffff\r\n{'), { headersMs: 50, requestMs: 100 }],
  ])('answers 408 to %s that is sent a byte at a time', async (_name, bytes, timeouts) => {
    const { port, url } = await openListener({ timeouts });
    const connection = connectRaw(port);
    connection.send(bytes);
    const drip = setInterval(() => bytes !== '' && connection.send('a'), 5);
    onTestFinished(() => clearInterval(drip));
    expect((await post(url, EVENT)).status).toBe(200);
    expect(statusesIn(await connection.closed())).toEqual([408]);
  });

  it('answers 408 to a sender that asks for leave and then sends nothing', async () => {
    const { port } = await openListener({ timeouts: { headersMs: 50, requestMs: 100 } });
    const connection = connectRaw(port);
    connection.send(request('Content-Length: 5\r\nExpect: 100-continue\r\n'));
    expect(statusesIn(await connection.closed())).toEqual([100, 408]);
  });

  it.each([
    [
      'HTTP/1.0',
      `POST / HTTP/1.0\r\nHost: localhost\r\nContent-Length: ${EVENT.length}\r\n\r\n${EVENT}`,
      '/',
    ],
    ['empty lines before it', `\r\n\r\n${withLength(EVENT)}`, '/'],
    [
      'a whole URL as its target',
      withLength(EVENT).replace(' / ', ' http://localhost/a '),
      'http://localhost/a',
    ],
    [
      'a wish to upgrade',
      request(`Connection: Upgrade\r\nUpgrade: h2c\r\nContent-Length: ${EVENT.length}\r\n`, EVENT),
      '/',
    ],
    [
      'header bytes that are no ASCII',
      request(`X-A: \u00ff\u00e9\r\nContent-Length: ${EVENT.length}\r\n`, EVENT),
      '/',
    ],
    ['no Content-Type', withLength(EVENT), '/'],
    ['one byte a chunk', chunked(`${[...EVENT].map((byte) => `1\r\n${byte}\r\n`).join('')}0\r\n\r\n`), '/'],
  ])('receives an event with %s', async (_name, bytes, path) => {
    const { port, waitFor } = await openListener();
    const connection = connectRaw(port);
    connection.send(Buffer.from(bytes, 'latin1'));
    // Who has said all hangs up on its side, and still gets its answer.
    connection.socket.end();
    expect(statusesIn(await connection.closed())).toEqual([200]);
    expect(await waitFor({ status: 'read' })).toMatchObject({ uuid: UUID, path });
  });

  it.each(['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD', 'TRACE', 'GET'])(
    'answers %s with 200, and shows nothing of the request to its sender',
    async (method) => {
      const { port, waitFor } = await openListener();
      const connection = connectRaw(port);
      connection.send(`${method} / HTTP/1.1\r\nHost: localhost\r\nX-Own: mine\r\nConnection: close\r\n\r\n`);
      const received = await connection.closed();
      expect(statusesIn(received)).toEqual([200]);
      expect(received).not.toContain('mine');
      expect(received.endsWith('{"status":"ok"}')).toBe(method !== 'HEAD');
      expect(await waitFor({ kind: 'connection-check' })).toMatchObject({ method });
    },
  );

  it('answers 400 to a sender that hangs up in the middle of its body, and takes it for no arrival', async () => {
    const { port, url, waitFor } = await openListener();
    const connection = connectRaw(port);
    connection.send(request('Content-Length: 100\r\n', '{"half'));
    connection.socket.end();
    expect(statusesIn(await connection.closed())).toEqual([400]);
    await post(url, EVENT);
    expect(await waitFor({})).toMatchObject({ n: 1, uuid: UUID });
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
    ['br', brotliCompressSync(EVENT), 200, 'status'],
    ['br', brotliCompressSync(Buffer.alloc(50 * 1024 * 1024)), 413, 'unreadable'],
    ['gzip, gzip', gzipSync(gzipSync(Buffer.alloc(50 * 1024 * 1024))), 413, 'unreadable'],
  ] as const)(
    'reads Content-Encoding %s, or says why not (case %#)',
    async (encoding, body, status, kind) => {
      const { url, waitFor } = await openListener();
      expect((await post(url, body, { 'content-encoding': encoding })).status).toBe(status);
      const criteria = status === 200 ? {} : { refusal: 'any' as const };
      expect(await waitFor(criteria)).toMatchObject({ kind, answered: status });
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
    [
      'a hundred thousand objects in each other',
      `${'{"a":'.repeat(100_000)}0${'}'.repeat(100_000)}`,
      'unreadable',
      ['not-an-event'],
    ],
    ['invalid UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), 'unreadable', ['invalid-utf8']],
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
    for (const host of ['127.1', '::ffff:127.0.0.1']) {
      const { port } = await openListener({ host });
      expect(await ask(port, 'evil.example')).toEqual([403]);
      expect(await ask(port, 'localhost')).toEqual([200]);
    }
    const open = await openListener({ host: '0.0.0.0' });
    expect(await ask(open.port, 'evil.example')).toEqual([200]);
  });
});

/** Obeyed, each of these would clear the screen, turn text around, or hide it. */
const NASTY = 'a\u001b[2J\u009b31m\u202eb\u200bc\u2028d\ufeffe\u007f';

describe('a name that would play with the terminal', () => {
  const event = {
    event: 'message_status_updated',
    payload: {
      uuid: NASTY,
      status: 'read',
      contact: { name: NASTY, phoneNumber: NASTY },
      messageStatusPayload: { type: 'failed', destination: NASTY, payload: { code: 1, reason: NASTY } },
    },
  };

  it.each([[[]], [['--verbose']], [['--show', 'event']], [['--show', 'timeline']], [['--json']]])(
    'is shown and not obeyed, with %j',
    async (flags) => {
      const run = startCli(['listen', '--port', '0', ...flags]);
      const [, url = ''] = await (flags[0] === '--json' ? run.stdout : run.stderr).until(
        /(http:\/\/127\.0\.0\.1:\d+)/,
      );
      // As JSON may have it: everything but the lowest control characters raw.
      const raw = JSON.stringify(event).replaceAll('\\u007f', '\u007f');
      await post(`${url}/${encodeURIComponent(NASTY)}`, raw, { 'x-note': 'a\u009bb' });
      await post(url, JSON.stringify({ event: NASTY, payload: { status: NASTY } }));
      run.interrupt();
      expect(await run.exitCode).toBe(0);
      expect(run.stdout.text + run.stderr.text).not.toMatch(OBEYED);
      if (flags[0] === '--json') expect(run.stdout.jsonLines[1]).toMatchObject({ event });
    },
  );
});
