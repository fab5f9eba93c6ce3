import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { proxyFor } from '../../src/domain/delivery/proxy.ts';
import { isLoopback } from '../../src/domain/delivery/target.ts';
import { deliver } from '../../src/index.ts';
import { captureOf } from '../support/captures.ts';
import { runCli } from '../support/cli.ts';
import { temporaryFile, temporaryFolder } from '../support/files.ts';
import { startReceiver } from '../support/receiver.ts';

test.each([
  'https://callbell.eu/hook',
  'https://API.Callbell.EU./hook',
  'https://localhost@dash.callbell.eu/',
  'https://callbell.eu:8443',
  'https://ｃａｌｌｂｅｌｌ.eu/',
])('%s is never delivered to, whatever is asked for', async (target) => {
  for (const flags of [['--yes'], ['--dry-run'], ['--print', 'curl']]) {
    const { code, stdout } = await runCli(['replay', '-', '--to', target, ...flags], { stdin: captureOf(1) });
    expect(code).toBe(2);
    expect(stdout).toBe('');
  }
  const event = { source: 'test', bytes: Buffer.from('{}') };
  await expect(deliver(event, { url: new URL(target) })).rejects.toMatchObject({ code: 'usage' });
});

test.each([
  ['http://127.9.9.9/', true],
  ['http://[::ffff:127.0.0.1]/', true],
  ['http://app.localhost./', true],
  ['http://2130706433/', true],
  ['http://localhost.example.com/', false],
  ['http://128.0.0.1/', false],
])('%s is this machine: %s', (target, expected) => {
  expect(isLoopback(new URL(target))).toBe(expected);
});

test('another machine needs --yes where no question can be asked', async () => {
  const capture = temporaryFile(captureOf(1));
  expect((await runCli(['replay', capture, '--to', 'http://192.0.2.1/'])).code).toBe(2);
});

test.each([
  'Content-Length: 1',
  'transfer-encoding: chunked',
  'Connection: close',
  'X-A: b\r\nX-C: d',
  'X A: b',
  'no colon',
  'Host: callbell.eu',
])('-H %j is a usage error', async (header) => {
  expect((await runCli(['replay', '-', '--to', '3000', '-H', header], { stdin: captureOf(1) })).code).toBe(2);
});

test('secrets are nowhere in the output, even when the target echoes them', async () => {
  const receiver = await startReceiver((response, _n, { headers, path }) => {
    response.writeHead(400).end(`${path} ${JSON.stringify(headers)} whsec_5ecret`);
  });
  const folder = temporaryFolder();
  const [report, failures] = [join(folder, 'report'), join(folder, 'failures')];
  const target = `http://user:pa55word@127.0.0.1:${receiver.port}/hook?token=t0ken5`;
  const variables = { CALLBELL_WEBHOOK_SECRET: 'whsec_5ecret' };
  const flags = ['-H', 'X-Api-Key: k3y5ecret', '--report', report, '--failures', failures, '--force'];
  for (const mode of [[], ['--json'], ['--retry-schedule', '1ms']]) {
    const { stdout, stderr } = await runCli(['replay', '-', '--to', target, ...flags, ...mode], {
      stdin: captureOf(1),
      variables,
    });
    const written = stdout + stderr + readFileSync(report, 'utf8') + readFileSync(failures, 'utf8');
    expect(written).not.toMatch(/pa55word|t0ken5|whsec_5ecret|k3y5ecret|dXNlcjpwYTU1d29yZA/);
  }
  expect(receiver.requests[0]?.headers.authorization).toBe('Basic dXNlcjpwYTU1d29yZA==');
});

test('what a target answers is shown, not obeyed', async () => {
  const receiver = await startReceiver((response) =>
    response.writeHead(500).end('\u001b[2J\u202eboom\nmore'),
  );
  const { stdout } = await runCli(['replay', '-', '--to', receiver.url], { stdin: captureOf(1) });
  expect(stdout).toContain(String.raw`\u001b[2J\u202eboom`);
  expect(stdout).not.toContain('\u001b[2J');
});

test('the usual variables name a proxy, and NO_PROXY makes exceptions', async () => {
  const asked: string[] = [];
  const proxy = createServer((request, response) => {
    asked.push(request.url ?? '');
    request.resume().on('end', () => response.end());
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  onTestFinished(() => {
    proxy.closeAllConnections();
    proxy.close();
  });
  const receiver = await startReceiver();
  const target = `http://127.0.0.1:${receiver.port}/hook`;
  const HTTP_PROXY = `http://user:pa55word@127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  const through = await runCli(['replay', '-', '--to', target], {
    stdin: captureOf(1),
    variables: { HTTP_PROXY },
  });
  const direct = await runCli(['replay', '-', '--to', target], {
    stdin: captureOf(1),
    variables: { HTTP_PROXY, NO_PROXY: 'example.com,127.0.0.1' },
  });
  expect([through.code, direct.code]).toEqual([0, 0]);
  expect(asked).toEqual([target]);
  expect(receiver.requests).toHaveLength(1);
  expect(through.stderr).toMatch(/through the proxy/);
  expect(through.stderr).not.toContain('pa55word');
});

test.each([
  ['http://a.example/', { HTTP_PROXY: 'p' }, 'p'],
  ['http://a.example/', { HTTP_PROXY: 'p', http_proxy: 'q' }, 'q'],
  ['https://a.example/', { HTTP_PROXY: 'p' }, undefined],
  ['https://a.example/', { ALL_PROXY: 'p' }, 'p'],
  ['http://a.example/', { HTTP_PROXY: 'p', NO_PROXY: '*' }, undefined],
  ['http://a.example/', { HTTP_PROXY: 'p', NO_PROXY: '.example' }, undefined],
  ['http://a.example/', { HTTP_PROXY: 'p', NO_PROXY: 'a.example:8080' }, 'p'],
  ['http://a.example:8080/', { HTTP_PROXY: 'p', NO_PROXY: 'b, a.example:8080' }, undefined],
  ['http://[::1]:3000/', { HTTP_PROXY: 'p', NO_PROXY: '::1' }, undefined],
  ['http://notexample/', { HTTP_PROXY: 'p', NO_PROXY: 'example' }, 'p'],
])('the proxy for %s with %j is %s', (target, variables, expected) => {
  expect(proxyFor(new URL(target), variables)).toBe(expected);
});
