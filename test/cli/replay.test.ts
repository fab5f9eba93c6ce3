import { describe, expect, it } from 'vitest';
import { runCli, startCli } from '../support/cli.ts';
import { minimalEvent } from '../support/events.ts';
import { temporaryFile } from '../support/files.ts';
import { freePort, startReceiver } from '../support/receiver.ts';

const UUID = 'a'.repeat(32);
const ODD = `{ "payload" : {"status":"read",\t"uuid":"${UUID}", "x": 1e3, "é": "\\u00e9\\/", "x": 2}, "event":"message_status_updated" }`;

describe('replay', () => {
  it.each([
    ['a document', `\ufeff\n${ODD}\n`, [ODD]],
    [
      'a pretty document',
      JSON.stringify(JSON.parse(ODD), null, 2),
      [JSON.stringify(JSON.parse(ODD), null, 2)],
    ],
    ['an array', `[ ${ODD}\r\n ,${ODD}]`, [ODD, ODD]],
    ['NDJSON without a final newline', `${ODD}\r\n\n  ${ODD}`, [ODD, ODD]],
  ])('delivers the bytes as they are in %s', async (_name, capture, bodies) => {
    const receiver = await startReceiver();
    const { code } = await runCli(['replay', temporaryFile(capture), '--to', receiver.url]);
    expect(code).toBe(0);
    expect(receiver.requests.map(({ body }) => body.toString())).toEqual(bodies);
    expect(receiver.requests[0]).toMatchObject({
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'user-agent': expect.stringMatching(/^callbell-status\/\d/),
      },
    });
  });

  it('delivers bytes that are not UTF-8 unchanged', async () => {
    const receiver = await startReceiver();
    const body = Buffer.concat([
      Buffer.from('{"event":"message_status_updated","payload":{"name":"'),
      Buffer.from([0xff, 0xfe]),
      Buffer.from('"}}'),
    ]);
    await runCli([
      'replay',
      temporaryFile(Buffer.concat([Buffer.from('['), body, Buffer.from(']')])),
      '--to',
      receiver.url,
    ]);
    expect(receiver.requests[0]?.body).toEqual(body);
  });

  it('reads standard input and keeps the order', async () => {
    const receiver = await startReceiver();
    const events = Array.from({ length: 50 }, (_, index) =>
      minimalEvent(String(index).padStart(32, '0'), 'read'),
    );
    const { code, jsonLines } = await runCli(['replay', '-', '--to', receiver.url, '--json'], {
      stdin: events.join('\n'),
    });
    expect(code).toBe(0);
    expect(receiver.requests.map(({ body }) => body.toString())).toEqual(events);
    expect(jsonLines.at(-1)).toMatchObject({
      type: 'summary',
      total: 50,
      accepted: 50,
      httpStatuses: { 200: 50 },
    });
  });

  it.each([
    [200, 0, { outcome: 'accepted' }],
    [204, 0, { outcome: 'accepted', warning: 'not-200' }],
    [302, 1, { outcome: 'refused', reason: expect.stringContaining('/elsewhere') }],
    [500, 1, { outcome: 'refused', responseBody: 'broken\u001b[2J' }],
  ])('an answer of %i exits %i', async (httpStatus, expectedCode, expected) => {
    const receiver = await startReceiver((response) => {
      response.writeHead(httpStatus, { location: '/elsewhere' });
      response.end(httpStatus === 500 ? 'broken\u001b[2J' : '');
    });
    const file = temporaryFile(minimalEvent(UUID, 'read'));
    const { code, jsonLines } = await runCli(['replay', file, '--to', receiver.url, '--json']);
    expect(code).toBe(expectedCode);
    expect(jsonLines[0]).toMatchObject({
      type: 'delivery',
      n: 1,
      source: `${file}:1`,
      uuid: UUID,
      httpStatus,
      ...expected,
    });
    expect(receiver.requests).toHaveLength(1);
    const pretty = await runCli(['replay', file, '--to', receiver.url]);
    expect(pretty.stdout).not.toContain('\u001b');
  });

  it('exits 1 when one of several was refused, and 3 when nothing was reached', async () => {
    const receiver = await startReceiver((response, n) => response.writeHead(n === 2 ? 500 : 200).end());
    const file = temporaryFile([1, 2, 3].map(() => minimalEvent(UUID, 'read')).join('\n'));
    const refused = await runCli(['replay', file, '--to', receiver.url, '--json']);
    expect(refused.code).toBe(1);
    expect(refused.jsonLines.at(-1)).toMatchObject({
      total: 3,
      accepted: 2,
      refused: 1,
      unreachable: 0,
      notSent: 0,
    });
    expect((await runCli(['replay', file, '--to', String(await freePort())])).code).toBe(3);
  });

  it('says what is not JSON and delivers the rest', async () => {
    const receiver = await startReceiver();
    const file = temporaryFile(`${minimalEvent(UUID, 'sent')}\n{"cut":\n${minimalEvent(UUID, 'read')}\n`);
    const { code, stderr, jsonLines } = await runCli(['replay', file, '--to', receiver.url, '--json']);
    expect(code).toBe(1);
    expect(stderr).toContain(`${file}:2:1`);
    expect(jsonLines.at(-1)).toMatchObject({ total: 3, accepted: 2, notSent: 1 });
  });

  it('exits 3 for a file that cannot be read', async () => {
    const receiver = await startReceiver();
    const { code, stderr } = await runCli(['replay', '/nowhere/at-all.json', '--to', receiver.url]);
    expect(code).toBe(3);
    expect(stderr).toContain('/nowhere/at-all.json');
  });

  it('stops at Ctrl+C after the delivery under way, prints the figures and exits 130', async () => {
    const receiver = await startReceiver((response, n) => {
      if (n === 2) run.interrupt();
      response.end();
    });
    const file = temporaryFile([1, 2, 3, 4].map(() => minimalEvent(UUID, 'read')).join('\n'));
    const run = startCli(['replay', file, '--to', receiver.url, '--json']);
    expect(await run.exitCode).toBe(130);
    expect(receiver.requests).toHaveLength(2);
    expect(run.stdout.jsonLines.at(-1)).toMatchObject({ type: 'summary', accepted: 2 });
  });
});

describe('where replay may deliver to', () => {
  it.each(['https://dash.callbell.eu/hook', 'http://CALLBELL.EU.', 'http://a.b.callbell.eu:8080'])(
    'never to %s, not even with --yes',
    async (url) => {
      const file = temporaryFile(minimalEvent(UUID, 'read'));
      expect((await runCli(['replay', file, '--to', url, '--yes'])).code).toBe(2);
    },
  );

  it('to another machine only when it is meant', async () => {
    const file = temporaryFile(minimalEvent(UUID, 'read'));
    const { code, stderr } = await runCli(['replay', file, '--to', 'http://handler.invalid/']);
    expect(code).toBe(2);
    expect(stderr).toContain('--yes');
    const meant = await runCli(['replay', file, '--to', 'http://handler.invalid/', '--yes', '--json']);
    expect(meant.code).toBe(3);
    expect(meant.jsonLines[0]).toMatchObject({
      outcome: 'unreachable',
      reason: expect.stringContaining('handler.invalid'),
    });
  });

  it('to another machine only when the question on a terminal is answered with yes', async () => {
    const file = temporaryFile(minimalEvent(UUID, 'read'));
    const run = startCli(['replay', file, '--to', 'http://handler.invalid/'], { terminal: true });
    await run.stderr.until(/Deliver there\?/);
    run.stdin.write('y\r');
    expect(await run.exitCode).toBe(3);
    expect(run.stdout.text).toContain('unreachable');
    const declined = startCli(['replay', file, '--to', 'http://handler.invalid/'], { terminal: true });
    await declined.stderr.until(/Deliver there\?/);
    declined.stdin.write('\r');
    expect(await declined.exitCode).toBe(2);
    expect(declined.stderr.text).not.toContain('delivering to');
    expect(declined.stdout.text).toBe('');
  });
});
