import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { createServer } from 'node:tls';
import { expect, onTestFinished, test } from 'vitest';
import { CallbellStatusError, judgeAnswer } from '../../src/index.ts';
import { captureOf } from '../support/captures.ts';
import { runCli } from '../support/cli.ts';
import { answering, selfSignedCertificate, startRawServer } from '../support/misbehaving.ts';

const HEAD = 'HTTP/1.1 200 OK\r\n';
const OK = `${HEAD}Content-Length: 2\r\n\r\n{}`;
const CONTINUE = 'HTTP/1.1 100 Continue\r\n\r\n';

/** Answers each request with pieces of bytes, a moment apart; counts the requests. */
async function startOdd(pieces: readonly string[]) {
  let requests = 0;
  const port = await startRawServer(
    answering(async (socket) => {
      requests += 1;
      await sendPieces(socket, pieces);
    }),
  );
  return { port, requests: () => requests };
}

async function sendPieces(socket: Socket, pieces: readonly string[]): Promise<void> {
  socket.setNoDelay(true);
  for (const piece of pieces) {
    socket.write(piece, 'latin1');
    await wait(2);
  }
}

/** Replays one event, with a retry wherever one is worth it, and gives its delivery. */
async function replayOne(target: string | number, ...flags: string[]) {
  const argv = ['replay', '-', '--json', '--to', String(target), '--retry-schedule', '1ms', ...flags];
  const { code, jsonLines } = await runCli(argv, { stdin: captureOf(1) });
  return { code, delivery: jsonLines[0] ?? {} };
}

test.each([
  ['100 Continue and the answer in one packet', [CONTINUE + OK]],
  ['100 Continue, and the answer later', [CONTINUE, OK]],
  ['100 Continue in several packets', ['HTTP/1.1 1', '00 Cont', 'inue\r\n', '\r', `\n${OK}`]],
  [
    'several interim answers, with headers',
    [
      `${CONTINUE}HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n${CONTINUE}`,
      `HTTP/1.0 100 \r\nA: b\r\n\r\n${OK}`,
    ],
  ],
  ['102 Processing', [`HTTP/1.1 102 Processing\r\n\r\n${OK}`]],
  ['100 with bare line feeds', [`HTTP/1.1 100 Continue\n\n${OK}`]],
  ['an answer with bytes behind its end', [`${OK}${OK}`]],
] as const)('%s: the answer is judged, and the request sent once', async (_name, pieces) => {
  const { port, requests } = await startOdd(pieces);
  const { code, delivery } = await replayOne(port);
  expect(delivery).toMatchObject({ outcome: 'accepted', httpStatus: 200, attempts: 1 });
  expect(code).toBe(0);
  expect(requests()).toBe(1);
});

test.each([
  [204, 'accepted', 0, 'HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nhello'],
  [304, 'refused', 1, 'HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n'],
  [400, 'refused', 1, `HTTP/1.1 400 Bad Request\r\nContent-Length: 2\r\n\r\n{}`],
] as const)(
  '%d, which has no body whatever it announces, is %s',
  async (httpStatus, outcome, code, answer) => {
    const { port, requests } = await startOdd([answer]);
    const stdin = captureOf(3);
    const result = await runCli(['replay', '-', '--json', '--to', String(port)], { stdin });
    expect(result.jsonLines.slice(0, 3)).toMatchObject(Array(3).fill({ outcome, httpStatus }));
    expect(result.code).toBe(code);
    expect(requests()).toBe(3);
  },
);

test.each([
  ['the same Content-Length twice', `${HEAD}Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}`, undefined],
  ['two different Content-Lengths', `${HEAD}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`, undefined],
  ['a list of Content-Lengths', `${HEAD}Content-Length: 2, 2\r\n\r\n{}`, undefined],
  [
    'Content-Length with chunked',
    `${HEAD}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n`,
    undefined,
  ],
  ['a Content-Length past every number', `${HEAD}Content-Length: ${'9'.repeat(40)}\r\n\r\n{}`, undefined],
  ['a Content-Length below 0', `${HEAD}Content-Length: -1\r\n\r\n{}`, undefined],
  ['status 099', 'HTTP/1.1 099 What\r\nContent-Length: 2\r\n\r\n{}', 99],
  ['status 20', 'HTTP/1.1 20 OK\r\n\r\n', undefined],
  ['101 unasked', 'HTTP/1.1 101 Switching\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n', undefined],
  ['broken chunks', `${HEAD}Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n`, 200],
  ['a chunk longer than it says', `${HEAD}Transfer-Encoding: chunked\r\n\r\n2\r\n{}XX0\r\n\r\n`, 200],
  ['a header with a blank in its name', `${HEAD}A B: 1\r\nContent-Length: 2\r\n\r\n{}`, undefined],
  ['more headers than a client takes', `${HEAD}${'A: bbbbbbbb\r\n'.repeat(3000)}\r\n`, undefined],
  ['an interim answer without an end', `HTTP/1.1 100 Continue\r\nA: ${'x'.repeat(40_000)}`, undefined],
])(
  '%s is a protocol error of a target that was reached, and is not sent again',
  async (_name, answer, status) => {
    const { port, requests } = await startOdd([answer]);
    const { code, delivery } = await replayOne(port);
    expect(delivery).toMatchObject({ outcome: 'refused', failure: 'protocol', attempts: 1 });
    expect(delivery.httpStatus).toBe(status);
    expect(delivery.reason).toContain(`localhost:${port}`);
    expect(code).toBe(1);
    expect(requests()).toBe(1);
  },
);

test('interim answers for ever are bounded by the time-out', async () => {
  const port = await startRawServer(
    answering((socket) => {
      const many = CONTINUE.repeat(1000);
      const flood = (): void => {
        for (let room = true; room && !socket.destroyed; ) room = socket.write(many);
      };
      socket.on('drain', flood);
      flood();
    }),
  );
  const result = await runCli(['replay', '-', '--json', '--to', String(port), '--timeout', '100ms'], {
    stdin: captureOf(1),
  });
  expect(result.jsonLines[0]).toMatchObject({ outcome: 'unreachable', failure: 'timeout-headers' });
});

test('an interim answer is dropped wherever it is cut, on a connection that is used again', async () => {
  const whole = `${CONTINUE}HTTP/1.1 103 Early\r\nA: b\r\n\r\n${OK}`;
  let [at, connections] = [0, 0];
  const port = await startRawServer((socket) => {
    connections += 1;
    answering((each) => {
      at += 1;
      void sendPieces(each, [whole.slice(0, at), whole.slice(at)]);
    })(socket);
  });
  const stdin = captureOf(whole.length - 1);
  const { code, jsonLines } = await runCli(['replay', '-', '--json', '--to', String(port)], { stdin });
  expect(code).toBe(0);
  expect(jsonLines.at(-1)).toMatchObject({ accepted: whole.length - 1 });
  expect(connections).toBe(1);
});

test('interim answers are dropped inside of TLS too', async () => {
  const { key, cert, file } = selfSignedCertificate();
  const server = createServer({ key, cert }, (socket) => {
    socket.on('error', () => {});
    answering((each) => void sendPieces(each, [CONTINUE, OK]))(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const target = `https://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  expect((await replayOne(target, '--ca', file)).delivery).toMatchObject({ outcome: 'accepted' });
});

test('a name below localhost is this machine', async () => {
  const { port } = await startOdd([OK]);
  expect((await replayOne(`http://my-app.localhost:${port}/`)).delivery).toMatchObject({
    outcome: 'accepted',
  });
});

test.each([undefined, Number.NaN, '200', 99, 1000, 200.5, null])(
  'judgeAnswer(%j) makes no sense',
  (status) => {
    expect(() => judgeAnswer(status as number)).toThrow(CallbellStatusError);
    expect(() => judgeAnswer(200, { strcit: true } as object)).toThrow(CallbellStatusError);
  },
);
