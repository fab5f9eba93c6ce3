import { describe, expect, it } from 'vitest';
import { minimalEvent } from '../support/events.ts';
import { openListener } from '../support/listener.ts';
import { answering, startRawServer } from '../support/misbehaving.ts';
import { connectRaw } from '../support/raw-http.ts';

const EVENT = minimalEvent('a'.repeat(32), 'read');

/** What the sender gets, byte for byte, of a target that answers with those bytes; and the result that is told. */
async function relayed(answer: string | Buffer, method = 'POST') {
  const target = await startRawServer(answering((socket) => socket.write(answer)));
  const listener = await openListener({
    forward: { targets: [new URL(`http://127.0.0.1:${target}/`)], timeoutMs: 5000 },
  });
  const connection = connectRaw(listener.port);
  const body = method === 'POST' ? EVENT : '';
  connection.send(
    `${method} / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  );
  const received = await connection.closed();
  const arrival = await listener.waitFor();
  return { received, result: arrival.forwards?.[0] };
}

describe('an answer that is relayed', () => {
  it('keeps the bytes of its headers, their spelling and their order', async () => {
    const { received } = await relayed(
      Buffer.from(
        'HTTP/1.1 200 OK\r\nX-Utf: Zo\xc3\xab\r\nX-latin: \xe9\r\nSet-Cookie: a=1\r\nset-cookie: b=2\r\nContent-Length: 2\r\n\r\nok',
        'latin1',
      ),
    );
    expect(received).toContain(
      'X-Utf: Zo\xc3\xab\r\nX-latin: \xe9\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\ncontent-length: 2\r\n',
    );
    expect(received).toMatch(/\r\n\r\nok$/);
  });

  it('leaves out what belongs to the connection of the target', async () => {
    const { received } = await relayed(
      'HTTP/1.1 200 OK\r\nConnection: x-mine\r\nX-Mine: 1\r\nX-Other: 2\r\nKeep-Alive: timeout=1\r\nContent-Length: 0\r\n\r\n',
    );
    expect(received).toContain('X-Other: 2');
    expect(received).not.toMatch(/x-mine|keep-alive: timeout/i);
  });

  it.each([
    ['204', 'HTTP/1.1 204 No Content\r\nX-Own: 1\r\n\r\n'],
    ['304', 'HTTP/1.1 304 Not Modified\r\nX-Own: 1\r\n\r\n'],
    ['304 with a length', 'HTTP/1.1 304 Not Modified\r\nX-Own: 1\r\nContent-Length: 77\r\n\r\n'],
    ['204 with a length of 0', 'HTTP/1.1 204 No Content\r\nX-Own: 1\r\nContent-Length: 0\r\n\r\n'],
    ['204 with a body', 'HTTP/1.1 204 No Content\r\nX-Own: 1\r\nContent-Length: 2\r\n\r\nhi'],
  ])('has no Content-Length where it is %s', async (name, answer) => {
    const { received, result } = await relayed(answer);
    expect(received).toMatch(new RegExp(`^HTTP/1.1 ${name.slice(0, 3)} `));
    expect(received).toContain('X-Own: 1');
    expect(received).not.toMatch(/content-length|transfer-encoding/i);
    expect(received).toMatch(/\r\n\r\n$/);
    expect(result?.httpStatus).toBe(Number(name.slice(0, 3)));
  });

  it.each(['100 Continue', '102 Processing', '103 Early Hints\r\nLink: </x>'])(
    'may begin with %s',
    async (early) => {
      const { received } = await relayed(
        `HTTP/1.1 ${early}\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok`,
      );
      expect(received).toMatch(/^HTTP\/1.1 200 OK\r\n[\s\S]*ok$/);
    },
  );

  it('to HEAD has the length that the target names', async () => {
    const { received } = await relayed('HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n', 'HEAD');
    expect(received).toMatch(/^HTTP\/1.1 200 OK\r\n[\s\S]*content-length: 12\r\n[\s\S]*\r\n\r\n$/);
  });

  it('of 3 MB comes whole', async () => {
    const body = 'x'.repeat(3_000_000);
    const { received } = await relayed(
      `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`,
    );
    expect(received.length - received.indexOf('\r\n\r\n') - 4).toBe(3_000_000);
  });

  it('must have a status that HTTP has', async () => {
    const { received, result } = await relayed('HTTP/1.1 099 Odd\r\nContent-Length: 0\r\n\r\n');
    expect(received).toMatch(/^HTTP\/1.1 502 /);
    expect(result?.reason).toMatch(
      /took the request, and its answer breaks the rules of HTTP \(its status\)/,
    );
  });
});
