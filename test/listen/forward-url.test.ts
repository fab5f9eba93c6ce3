import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  findPathFault,
  pathAtTarget,
  shownTarget,
  shownUrlAt,
} from '../../src/domain/arrival/forward-url.ts';
import { startCli } from '../support/cli.ts';
import { minimalEvent } from '../support/events.ts';
import { temporaryFolder } from '../support/files.ts';
import { post } from '../support/listener.ts';
import { connectRaw, statusesIn } from '../support/raw-http.ts';
import { freePort, startReceiver } from '../support/receiver.ts';

const EVENT = minimalEvent('a'.repeat(32), 'read');

/** Starts `listen` that forwards, for people; gives its URL and port. */
async function forwarding(...flags: readonly string[]) {
  const run = startCli(['listen', '--port', '0', ...flags], { columns: 200 });
  const [, url = ''] = await run.stderr.until(/(http:\/\/127\.0\.0\.1:\d+)/);
  return { ...run, url, port: Number(new URL(url).port) };
}

/** Sends one request with that request target, byte for byte; gives the status of the answer. */
async function statusOf(
  port: number,
  requestTarget: string,
  host = 'localhost',
): Promise<number | undefined> {
  const connection = connectRaw(port);
  connection.send(
    Buffer.from(
      `POST ${requestTarget} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\nContent-Length: ${EVENT.length}\r\n\r\n${EVENT}`,
      'latin1',
    ),
  );
  return statusesIn(await connection.closed())[0];
}

describe('the URL that a target is asked for', () => {
  it.each([
    ['http://a/', '/', '/'],
    ['http://a/', '/x/y?z=1', '/x/y?z=1'],
    ['http://a/', '//evil.example/x', '//evil.example/x'],
    ['http://a/?k=v', '/x?z=1', '/x?k=v&z=1'],
    ['http://a/hook', '/', '/hook'],
    ['http://a/hook', '/hook', '/hook'],
    ['http://a/hook/', '/x/y?z=1', '/hook/?z=1'],
    ['http://a/hook?k=v', '/?z=1', '/hook?k=v&z=1'],
    ['http://a/hook?k=v', '/x', '/hook?k=v'],
  ])('%s for a request to %s is %s', (target, requestTarget, asked) => {
    expect(pathAtTarget(new URL(target), requestTarget)).toBe(asked);
  });

  it('has every byte of the request target, where the target is a host alone', () => {
    const requestTarget = fc
      .string({ unit: fc.integer({ min: 0x21, max: 0xff }).map((code) => String.fromCharCode(code)) })
      .map((text) => `/${text}`);
    const target = new URL('http://a:1');
    fc.assert(
      fc.property(requestTarget, (text) => {
        if (findPathFault(target, text) === undefined) expect(pathAtTarget(target, text)).toBe(text);
        else expect(text).toMatch(/#|\.|%|\xc0/);
      }),
    );
  });

  it.each([
    '/a/./b',
    '/a/.../b',
    '/a..b/..c',
    '/it\'s/a"b',
    '/%2e/x',
    '/%41%zz',
    '/x?p=/../y',
    '/caf\xc3\xa9',
  ])('is the same for %j', (requestTarget) => {
    const target = new URL('http://a:1');
    expect(findPathFault(target, requestTarget)).toBeUndefined();
    expect(pathAtTarget(target, requestTarget)).toBe(requestTarget);
  });

  it.each([
    '/../x',
    '/a/..',
    '/a/../b',
    '/..\\..\\admin',
    '/%2e%2e/x',
    '/.%2E/x',
    '/%2e.%2fadmin',
    '/a%2f..%2fb',
    '/%252e%252e/x',
    '/%25%32%65%25%32%65/x',
    '/%255c%252e%252e%255cx',
    '/..;/admin',
    '/..;a=1/admin',
    '/..%3b/admin',
    '/.%00./x',
    '/..%00/x',
    '/.%09./x',
    '/%c0%ae%c0%ae/x',
    '/a%c0%af..%c1%9cb',
    `/%${'25'.repeat(40)}2e`,
  ])('is refused for %j', (requestTarget) => {
    expect(findPathFault(new URL('http://a:1'), requestTarget)).toBe('dot-segments');
  });

  it.each(['*', 'http://a/x', 'ftp://evil/', 'x', '', '/a#b'])('is refused for %j', (requestTarget) => {
    for (const target of ['http://a', 'http://a/hook'])
      expect(findPathFault(new URL(target), requestTarget)).toBe('not-origin-form');
  });

  it('takes no longer for a longer path than its length makes it', () => {
    const path = `/${'%25'.repeat(2700)}2e${'/.'.repeat(100)}`;
    const began = performance.now();
    for (let n = 0; n < 100; n += 1) findPathFault(new URL('http://a:1'), path);
    expect(performance.now() - began).toBeLessThan(2000);
  });

  it('is shown without a login and without secrets', () => {
    const target = new URL('http://me:pass-word@a:1/hook?api_key=s3cret&x=1');
    expect(shownTarget(target)).toBe('http://a:1/hook?api_key=***&x=1');
    expect(shownUrlAt(target, '/hook?to%6ben=s3cret&"x"=1')).toBe('http://a:1/hook?to%6ben=***&"x"=1');
    expect(shownTarget(new URL('http://a:1'))).toBe('http://a:1/…');
  });
});

describe('listen --forward-to', () => {
  it('asks exactly for a URL that has a path, and names it everywhere', async () => {
    const target = await startReceiver((response) => response.writeHead(404).end());
    const { url, stdout, stderr, interrupt, exitCode } = await forwarding('-f', `${target.port}/webhooks`);
    await stderr.until(/→ {2}http:\/\/localhost:\d+\/webhooks {2}/);
    await post(`${url}/webhooks`, EVENT);
    await post(`${url}/elsewhere?a=1`, EVENT);
    interrupt();
    await exitCode;
    expect(target.requests.map(({ path }) => path)).toEqual(['/webhooks', '/webhooks?a=1']);
    expect(stdout.text).toContain(
      `forwarded to http://localhost:${target.port}/webhooks: 0 accepted, 2 refused`,
    );
  });

  it('keeps the path of a request as the bytes it had, where it names a host alone', async () => {
    const target = await startReceiver();
    const { port } = await forwarding('-f', String(target.port));
    const paths = ['/a/./b', '/it\'s/"quoted"', '/%e2%82%ac/%zz', '//x/y', '/x?q="{}|^`', '/?a=%2e%2e/'];
    for (const path of paths) expect(await statusOf(port, path)).toBe(200);
    expect(target.requests.map(({ path }) => path)).toEqual(paths);
  });

  it.each([
    '/%2e%2e/%2e%2e/admin/users/1?delete=1',
    '/..\\..\\admin',
    '/../admin',
    'http://localhost/x',
    '*',
  ])('answers 400 to %j and asks no target', async (requestTarget) => {
    const target = await startReceiver();
    const { port, stdout, interrupt, exitCode } = await forwarding('-f', String(target.port));
    expect(await statusOf(port, requestTarget)).toBe(400);
    expect(await statusOf(port, '/fine')).toBe(200);
    interrupt();
    await exitCode;
    expect(target.requests.map(({ path }) => path)).toEqual(['/fine']);
    expect(stdout.text).toContain('1 path not passed on');
    expect(stdout.text).toContain(`└ ${requestTarget.replaceAll('\\', '\\')} could lead outside`);
  });

  it('suggests one URL to replay to, though the paths and queries of what it kept differ', async () => {
    const port = await freePort();
    const suggestion = async (target: string, paths: readonly string[]): Promise<string | undefined> => {
      const run = await forwarding('-f', target, '--record', `${temporaryFolder()}/all.ndjson`);
      for (const path of paths) await post(run.url + path, EVENT);
      run.interrupt();
      await run.exitCode;
      return / --to (\S+)\n/.exec(run.stderr.text)?.[1];
    };
    expect(await suggestion(`${port}/hook`, ['/?n=1', '/x?n=2'])).toBe(`http://localhost:${port}/hook`);
    expect(await suggestion(`${port}`, ['/a?n=1', '/a?n=2'])).toBe(`http://localhost:${port}/a`);
    expect(await suggestion(`${port}`, ['/a', '/b'])).toBe(`http://localhost:${port}/`);
  });
});
