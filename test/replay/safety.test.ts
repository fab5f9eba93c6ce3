import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
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
