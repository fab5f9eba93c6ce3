import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startCli } from '../support/cli.ts';
import { minimalEvent } from '../support/events.ts';
import { temporaryFolder } from '../support/files.ts';
import { openListener, post } from '../support/listener.ts';
import { connectRaw, statusesIn } from '../support/raw-http.ts';
import { startReceiver } from '../support/receiver.ts';

const EVENT = minimalEvent('a'.repeat(32), 'read');

/** Sends what a browser would, with those headers, and gives the status it gets. */
async function ask(port: number, headers: string, start = 'POST /', host = `127.0.0.1:${port}`) {
  const connection = connectRaw(port);
  const length = start.startsWith('POST') ? `Content-Length: ${EVENT.length}\r\n` : '';
  const body = start.startsWith('POST') ? EVENT : '';
  connection.send(
    `${start} HTTP/1.1\r\nHost: ${host}\r\n${headers}${length}Connection: close\r\n\r\n${body}`,
  );
  return statusesIn(await connection.closed())[0];
}

/** A request of a page as a browser sends it, by what it was made with. */
const FOREIGN: readonly { readonly name: string; readonly headers: string; readonly start?: string }[] = [
  {
    name: 'fetch',
    headers: 'Origin: https://evil.example\r\nSec-Fetch-Site: cross-site\r\nContent-Type: text/plain\r\n',
  },
  { name: 'fetch of an old browser', headers: 'Origin: https://evil.example\r\n' },
  { name: 'a form of a file or a sandbox', headers: 'Origin: null\r\n' },
  {
    name: 'a picture',
    headers: 'Sec-Fetch-Site: cross-site\r\nSec-Fetch-Dest: image\r\n',
    start: 'GET /logout?x=1',
  },
  { name: 'a page on another port', headers: 'Origin: http://127.0.0.1:1\r\nSec-Fetch-Site: same-site\r\n' },
  { name: 'a page on another name of this machine', headers: 'Origin: http://localhost:1\r\n' },
  { name: 'a question before a request', headers: 'Origin: https://evil.example\r\n', start: 'OPTIONS /' },
  { name: 'a name that begins rightly', headers: 'Origin: http://127.0.0.1.evil.example\r\n' },
  {
    name: 'two origins, one of them right',
    headers: 'Origin: http://127.0.0.1\r\nOrigin: https://evil.example\r\n',
  },
  {
    name: 'two answers, one of them right',
    headers: 'Sec-Fetch-Site: none\r\nSec-Fetch-Site: cross-site\r\n',
  },
  { name: 'an answer nobody knows', headers: 'Sec-Fetch-Site: elsewhere\r\n' },
  { name: 'an empty origin', headers: 'Origin:\r\n' },
];

describe('a request of a web page of another origin', () => {
  it.each(FOREIGN)('is refused: $name', async ({ headers, start }) => {
    const { port, waitFor } = await openListener();
    expect(await ask(port, headers, start)).toBe(403);
    expect(await waitFor({ refusal: 'cross-origin' })).toMatchObject({ answered: 403, n: 1 });
  });

  it.each(['127.0.0.1', '0.0.0.0'])(
    'is refused on %s before it is read, recorded or passed on',
    async (host) => {
      const file = join(temporaryFolder(), 'capture.ndjson');
      const target = await startReceiver();
      const { port, url, waitFor } = await openListener({
        host,
        record: { file },
        forward: { targets: [new URL(target.url)] },
      });
      for (const { headers, start } of FOREIGN) expect(await ask(port, headers, start)).toBe(403);
      expect(readFileSync(file, 'utf8')).toBe('');
      expect(target.requests).toEqual([]);
      expect((await post(url, EVENT)).status).toBe(200);
      expect(await waitFor()).toMatchObject({ n: FOREIGN.length + 1, transition: { kind: 'first' } });
    },
  );

  it('is named once for each page, counted, and ends no run that waits for an event', async () => {
    const file = join(temporaryFolder(), 'capture.ndjson');
    const run = startCli(['listen', '--port', '0', '--until', 'read', '--record', file]);
    const [, port = ''] = await run.stderr.until(/http:\/\/127\.0\.0\.1:(\d+)/);
    const of = (page: string): Promise<number | undefined> => ask(Number(port), `Origin: ${page}\r\n`);
    const pages = ['https://evil.example', 'https://evil.example', 'http://b.example:8080', 'null', 'null'];
    for (const page of pages) expect(await of(page)).toBe(403);
    expect(
      await ask(Number(port), 'Sec-Fetch-Site: cross-site\r\nReferer: https://c.example/x?y=1\r\n'),
    ).toBe(403);
    await post(`http://127.0.0.1:${port}`, EVENT);
    expect(await run.exitCode).toBe(0);
    expect(run.stderr.text.match(/refused a request of .*/g)).toEqual([
      expect.stringContaining('the web page https://evil.example:'),
      expect.stringContaining('the web page http://b.example:8080:'),
      expect.stringContaining('did not name'),
      expect.stringContaining('the web page https://c.example:'),
    ]);
    expect(run.stdout.text).toMatch(/6 refused.*6 of a web page/);
    expect(run.stdout.text.match(/^\d\d:/gm)).toHaveLength(1);
    expect(existsSync(file) && readFileSync(file, 'utf8').split('\n')).toHaveLength(2);
  });

  it('is an arrival with its page in --json, and no more pages are named than fit on a screen', async () => {
    const run = startCli(['listen', '--port', '0', '--json']);
    const [, port = ''] = await run.stdout.until(/"port":(\d+)/);
    for (let n = 0; n < 50; n += 1) await ask(Number(port), `Origin: https://${n}.example\r\n`);
    run.interrupt();
    expect(await run.exitCode).toBe(0);
    const [, first, ...others] = run.stdout.jsonLines;
    expect(first).toMatchObject({ refusal: 'cross-origin', page: 'https://0.example', answered: 403 });
    expect(others.at(-1)).toMatchObject({ arrivals: 50, refusals: { 'cross-origin': 50 }, events: 0 });
    expect(run.stderr.text.match(/refused a request/g)).toHaveLength(20);
  });
});

describe('a request that no web page of another origin sent', () => {
  it.each([
    ['an address that was typed', 'Sec-Fetch-Site: none\r\n', 'GET /'],
    ['a page of the listener', 'Sec-Fetch-Site: same-origin\r\n', 'GET /'],
    ['neither header', '', 'POST /'],
  ])('is received: %s', async (_name, headers, start) => {
    const { port } = await openListener();
    expect(await ask(port, headers, start)).toBe(200);
  });

  it('is received from a page of the listener, also behind a tunnel', async () => {
    const { port } = await openListener({ allowHosts: ['abc.tunnel.example'] });
    expect(await ask(port, `Origin: http://127.0.0.1:${port}\r\n`)).toBe(200);
    expect(await ask(port, 'Origin: https://abc.tunnel.example\r\n', 'POST /', 'abc.tunnel.example')).toBe(
      200,
    );
    expect(await ask(port, '', 'POST /', 'abc.tunnel.example')).toBe(200);
  });
});
