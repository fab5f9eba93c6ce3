import { mkdirSync, readFileSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli, startCli } from '../support/cli.ts';
import { minimalEvent, sampleEvent } from '../support/events.ts';
import { temporaryFolder } from '../support/files.ts';
import { post } from '../support/listener.ts';
import { answering, startRawServer } from '../support/misbehaving.ts';
import { freePort, startReceiver } from '../support/receiver.ts';

const EVENT = JSON.stringify(sampleEvent('read'));

/** Starts `listen` as a program that forwards; gives its URL. */
async function listenForwarding(...flags: readonly string[]) {
  const run = startCli(['listen', '--port', '0', '--json', ...flags]);
  const [, url = ''] = await run.stdout.until(/"url":"([^"]+)"/);
  return { ...run, url, arrivals: () => run.stdout.jsonLines.filter(({ type }) => type === 'arrival') };
}

describe('listen --forward-to', () => {
  it('passes on method, path, query, body and headers, hop-by-hop ones apart', async () => {
    const target = await startReceiver();
    const { url } = await listenForwarding('--forward-to', target.url);
    const body = ` ${EVENT}\n`;
    const response = await fetch(`${url}/hook?a=1&b=%20`, {
      method: 'PUT',
      body,
      headers: {
        'x-callbell-signature': 't=1,v1=00',
        'content-type': 'text/x',
        te: 'trailers',
        'X-Own': 'é',
      },
    });
    expect(await response.text()).toBe('{"status":"ok"}');
    const [received] = target.requests;
    expect(received).toMatchObject({ method: 'PUT', path: '/hook?a=1&b=%20' });
    expect(received?.body.toString()).toBe(body);
    expect(received?.headers).toMatchObject({
      host: new URL(target.url).host,
      'x-callbell-signature': 't=1,v1=00',
      'content-type': 'text/x',
      'content-length': String(Buffer.byteLength(body)),
      'x-own': 'é',
    });
    expect(received?.headers.te).toBeUndefined();
  });

  it("gives the sender the first target's answer, and tells of both", async () => {
    const first = await startReceiver((response) => {
      response.writeHead(422, { 'x-reason': 'none', 'set-cookie': ['a=1', 'b=2'] }).end('no contact');
    });
    const second = await startReceiver();
    const { url, stdout, arrivals } = await listenForwarding('-f', first.url, '-f', second.url);
    const answer = await post(url, EVENT);
    expect(answer).toMatchObject({ status: 422, text: 'no contact' });
    expect(answer.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    await stdout.until(/"arrival"/);
    expect(arrivals()[0]).toMatchObject({
      answered: 422,
      forward: { outcome: 'refused', httpStatus: 422, responseBody: 'no contact' },
      forwards: [{ httpStatus: 422 }, { outcome: 'accepted', httpStatus: 200 }],
    });
  });

  it('answers 502 when nothing listens there, says so once, and says when it is back', async () => {
    const port = await freePort();
    const { url, stderr, stdout } = await listenForwarding('--forward-to', String(port));
    expect((await post(url, EVENT)).status).toBe(502);
    expect((await post(url, EVENT)).status).toBe(502);
    await stdout.until(/"n":2/);
    expect(stderr.text.match(/is down/g)).toHaveLength(1);
    const { createServer } = await import('node:http');
    const server = createServer((_request, response) => response.end()).listen(port, '127.0.0.1');
    expect((await post(url, EVENT)).status).toBe(200);
    await stderr.until(/is back/);
    server.close();
  });

  it('logs in with the password of its URL, and shows it to nobody', async () => {
    const target = await startReceiver();
    const run = await listenForwarding('-f', target.url.replace('//', '//me:pass-word@'));
    await post(run.url, EVENT);
    await run.stdout.until(/"arrival"/);
    const login = Buffer.from('me:pass-word').toString('base64');
    expect(target.requests[0]?.headers.authorization).toBe(`Basic ${login}`);
    expect(run.stdout.text + run.stderr.text).not.toMatch(/pass-word/);
  });

  it('says below a line why a target gave no answer only where that is new', async () => {
    const run = startCli(['listen', '--port', '0', '-f', String(await freePort())]);
    const [, url = ''] = await run.stderr.until(/(http:\/\/127\.0\.0\.1:\d+)/);
    for (let n = 0; n < 3; n += 1) await post(url, EVENT);
    run.interrupt();
    await run.exitCode;
    expect(run.stdout.text.match(/→ no answer/g)).toHaveLength(3);
    expect(run.stdout.text.match(/nothing listens/g)).toHaveLength(1);
    expect(run.stdout.text).toContain('└ the same 2 times more\n');
  });

  it('answers 504 when the target is too slow', async () => {
    const target = await startReceiver(() => {});
    const { url, stdout, arrivals } = await listenForwarding('-f', target.url, '--forward-timeout', '50ms');
    expect((await post(url, EVENT)).status).toBe(504);
    await stdout.until(/"arrival"/);
    expect(arrivals()[0]).toMatchObject({ answered: 504, forward: { outcome: 'unreachable' } });
  });

  it('does not follow redirects, and passes them on', async () => {
    const target = await startReceiver((response) => response.writeHead(302, { location: '/x' }).end());
    const { url } = await listenForwarding('-f', target.url);
    expect((await fetch(url, { method: 'POST', body: EVENT, redirect: 'manual' })).status).toBe(302);
    expect(target.requests).toHaveLength(1);
  });

  it('keeps what could not be forwarded and why, and what it kept can be replayed', async () => {
    const port = await freePort();
    const file = join(temporaryFolder(), 'all of it.ndjson');
    const run = await listenForwarding('-f', `${port}/hook`, '--record', file);
    const body = ` ${EVENT}\n`;
    await post(`${run.url}/a?b=1`, body);
    await post(`${run.url}/a?b=1`, minimalEvent('b'.repeat(32), 'sent'));
    run.interrupt();
    expect(await run.exitCode).toBe(0);
    const kept = file.replace('.ndjson', '.not-forwarded.ndjson');
    expect(run.stderr.text).toContain(
      `\ncallbell-status replay '${kept}' --to 'http://localhost:${port}/hook?b=1'\n`,
    );
    const [line = ''] = readFileSync(kept, 'utf8').split('\n');
    expect(JSON.parse(line)).toMatchObject({
      path: '/a?b=1',
      body,
      notForwarded: [
        { url: `http://localhost:${port}/hook?b=1`, reason: expect.stringContaining('listens') },
      ],
    });
    const target = await startReceiver();
    const { code } = await runCli(['replay', kept, '--to', target.url]);
    expect(code).toBe(0);
    expect(target.requests.map((request) => request.body.toString())).toEqual([
      body,
      minimalEvent('b'.repeat(32), 'sent'),
    ]);
  });

  it('names no URL to replay to where events were to go to several', async () => {
    const file = join(temporaryFolder(), 'all.ndjson');
    const [first, second] = [String(await freePort()), String(await freePort())];
    const run = await listenForwarding('-f', first, '-f', second, '--record', file);
    await post(run.url, EVENT);
    run.interrupt();
    expect(await run.exitCode).toBe(0);
    expect(run.stderr.text).toContain('.not-forwarded.ndjson --to …\n');
  });

  it('keeps what only some targets had, and names in its line those that had it not', async () => {
    const [first, second] = [await startReceiver(), await freePort()];
    const file = join(temporaryFolder(), 'all.ndjson');
    const run = await listenForwarding('-f', first.url, '-f', String(second), '--record', file);
    expect((await post(run.url, EVENT)).status).toBe(200);
    run.interrupt();
    await run.exitCode;
    const kept = readFileSync(file.replace('.ndjson', '.not-forwarded.ndjson'), 'utf8');
    expect(JSON.parse(kept)).toMatchObject({ notForwarded: [{ url: `http://localhost:${second}/` }] });
  });

  it('answers 503 while it cannot keep what is not forwarded, says so once, and goes on when it can', async () => {
    const file = join(temporaryFolder(), 'all.ndjson');
    const kept = file.replace('.ndjson', '.not-forwarded.ndjson');
    mkdirSync(kept);
    const run = await listenForwarding('-f', String(await freePort()), '--record', file);
    expect((await post(run.url, EVENT)).status).toBe(503);
    expect((await post(run.url, EVENT)).status).toBe(503);
    rmdirSync(kept);
    expect((await post(run.url, EVENT)).status).toBe(502);
    expect(run.stderr.text.match(/cannot record to/g)).toHaveLength(1);
    expect(run.stderr.text).toContain('works again');
    expect(readFileSync(kept, 'utf8').trim().split('\n')).toHaveLength(1);
  });

  it.each([
    [['--port', '3999', '--forward-to', '3999'], /itself/],
    [['--port', '0', '--forward-to', 'https://hooks.example'], /--yes/],
    [['--port', '0', '--forward-to', 'https://api.callbell.eu', '--yes'], /Callbell itself/],
    [['--port', '0', '--forward-timeout', '1s'], /--forward-to/],
  ])('refuses %j', async (flags, message) => {
    const { code, stderr } = await runCli(['listen', ...flags]);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });

  it('passes over an interim answer, and gives the sender the final one', async () => {
    const target = await startRawServer(
      answering((socket) =>
        socket.write('HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\n{}'),
      ),
    );
    const { url } = await listenForwarding('--forward-to', `http://127.0.0.1:${target}`);
    expect(await post(url, EVENT)).toMatchObject({ status: 201, text: '{}' });
  });
});
