import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { maskedText } from '../../src/domain/delivery/mask.ts';
import { isSecretName } from '../../src/domain/secret-name.ts';
import { captureOf } from '../support/captures.ts';
import { runCli } from '../support/cli.ts';
import { temporaryFolder } from '../support/files.ts';
import { startReceiver } from '../support/receiver.ts';

const SECRET = 'whsec_SUPERSECRETVALUE0123456789';

test('no part of a secret is shown, wherever the kept beginning of an answer ends in it', async () => {
  const receiver = await startReceiver((response, n) => {
    const before = 2048 - SECRET.length - 2 + n;
    response.writeHead(400).end(`${'x'.repeat(before)}${SECRET}${'y'.repeat(5000)}`);
  });
  const report = join(temporaryFolder(), 'report');
  const argv = ['replay', '-', '--json', '--to', receiver.url, '--report', report];
  const { stdout } = await runCli(argv, {
    stdin: captureOf(SECRET.length + 4),
    variables: { CALLBELL_WEBHOOK_SECRET: SECRET },
  });
  for (const text of [stdout, readFileSync(report, 'utf8')]) expect(text).not.toMatch(/whsec|SUPER|x{2048}w/);
  const bodies = stdout.match(/"responseBody":"[^"]*"/g) ?? [];
  expect(bodies).toHaveLength(SECRET.length + 4);
  expect(bodies.every((body) => body.length === '"responseBody":""'.length + 2048)).toBe(true);
});

test.each([
  ['as JSON', 'se"cr3t\\value', (text: string) => JSON.stringify({ text })],
  ['encoded for a URL', 'se+cr3t/välue', (text: string) => encodeURIComponent(text)],
])('an echo of a secret is masked %s', async (_name, secret, echo) => {
  const receiver = await startReceiver((response) => response.writeHead(400).end(echo(secret)));
  const argv = ['replay', '-', '--json', '--to', receiver.url];
  const variables = { CALLBELL_WEBHOOK_SECRET: secret };
  const { stdout } = await runCli(argv, { stdin: captureOf(1), variables });
  expect(stdout).toContain('***');
  expect(stdout).not.toContain('cr3t');
});

const SECRET_PARAMETERS = [
  ...[
    'key',
    'api-key',
    'api_key',
    'apikey',
    'apiKey',
    'code',
    'token',
    'access_token',
    'accessToken',
    'sig',
    'X-Amz-Signature',
  ],
  ...[
    'signature',
    'jwt',
    'pass',
    'pwd',
    'password',
    'secret',
    'client_secret',
    'access_key',
    'auth',
    'sid',
    'user[token]',
  ],
];

test.each(SECRET_PARAMETERS)('the URL parameter %s is masked in all that is shown', async (name) => {
  const receiver = await startReceiver((response, _n, { path }) =>
    response.writeHead(302, { location: path }).end(path),
  );
  const folder = temporaryFolder();
  const [report, failures] = [join(folder, 'report'), join(folder, 'failures')];
  const target = `${receiver.url}/hook?a=1&${encodeURIComponent(name)}=s3cr3t%20v%2Bl&b=%20x`;
  for (const mode of [[], ['--json'], ['--dry-run'], ['--dry-run', '--json'], ['--print', 'curl']]) {
    const files = mode.some((flag) => flag.startsWith('--dry') || flag === '--print')
      ? []
      : ['--report', report, '--failures', failures, '--force'];
    const { stdout, stderr } = await runCli(['replay', '-', '--to', target, ...files, ...mode], {
      stdin: captureOf(1),
    });
    expect(stdout + stderr).not.toContain('s3cr3t');
    expect(stdout + stderr).toContain('a=1');
  }
  expect(readFileSync(report, 'utf8') + readFileSync(failures, 'utf8')).not.toContain('s3cr3t');
  expect(receiver.requests[0]?.path).toBe(new URL(target).pathname + new URL(target).search);
});

test.each([
  ...[
    'Authorization',
    'Proxy-Authorization',
    'Cookie',
    'Set-Cookie',
    'X-Auth-Token',
    'X-JWT',
    'X-Credential',
    'X-Session-Id',
  ],
  ...[
    'X-Api-Key',
    'X-Functions-Key',
    'X-CSRF-Token',
    'PHPSESSID',
    'X-Hub-Signature-256',
    'Ocp-Apim-Subscription-Key',
  ],
])('%s is the name of a secret', (name) => {
  expect(isSecretName(name)).toBe(true);
});

test.each([
  'Content-Type',
  'X-Request-Id',
  'status_code',
  'author',
  'monkey',
  'passenger',
  'X-Keyboard',
  'design',
  'codec',
  '',
])('%s is the name of no secret', (name) => {
  expect(isSecretName(name)).toBe(false);
});

test.each([
  ['http://a:b@c@host/x?y=1&key=2#token=3', 'http://***@host/x?y=1&key=***#token=***'],
  ['cannot read "http://user:pw@host/a": no', 'cannot read "http://***@host/a": no'],
  ['user:pw@host:3000', '***@host:3000'],
  ['Authorization:   Bearer abc', 'Authorization: ***'],
  ['it has Bearer abc.def and whsec_abc', 'it has Bearer *** and whsec_***'],
  ['export CALLBELL_WEBHOOK_SECRET=whsec_…', 'export CALLBELL_WEBHOOK_SECRET=whsec_…'],
  ['write to ada@example.com at 12:00', 'write to ada@example.com at 12:00'],
])('%s is shown as %s', (text, shown) => {
  expect(maskedText(text)).toBe(shown);
});

test('masking takes no more than linear time', () => {
  for (const unit of ['://', ':a=', '@', '?a=', '&&', 'Bearer ', 'whsec_', 'a:', '://@', ' x:y@']) {
    const began = performance.now();
    maskedText(unit.repeat(100_000));
    expect(performance.now() - began).toBeLessThan(2000);
  }
});
