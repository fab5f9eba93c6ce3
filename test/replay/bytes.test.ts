import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { captureOf } from '../support/captures.ts';
import { runCli } from '../support/cli.ts';
import { temporaryFile } from '../support/files.ts';
import { startReceiver } from '../support/receiver.ts';

const sh = promisify(execFile);

const ODD_BODIES = [
  '{ "event" : "message_status_updated" ,\t"payload" : { } }',
  '{"payload":{"uuid":"x"},"event":"message_status_updated"}',
  String.raw`{"event":"message_status_updated","payload":{"a":"\u00e9\/","b":1e3,"c":-0.0}}`,
  '{"event":"message_status_updated","payload":{"a":1,"a":2}}',
  '{"event":"message_status_updated","payload":{"name":"D\'Arcy $HOME `id` \\\\ %s 🌻 \u202e"}}',
];

test.each(ODD_BODIES)('delivers the bytes as they are: %s', async (body) => {
  const receiver = await startReceiver();
  await runCli(['replay', '-', '--to', receiver.url], { stdin: body });
  await runCli(['replay', temporaryFile(`[${body},\r\n ${body}]`), '--to', receiver.url], {});
  expect(receiver.requests.map((request) => request.body.toString())).toEqual([body, body, body]);
});

test('sends the headers of a JSON webhook, with its own User-Agent', async () => {
  const receiver = await startReceiver();
  await runCli(['replay', '-', '--to', `${receiver.port}/hook?a=1`, '-H', 'X-Env: test'], {
    stdin: captureOf(1),
  });
  const [request] = receiver.requests;
  expect(request?.path).toBe('/hook?a=1');
  expect(request?.headers).toMatchObject({ 'content-type': 'application/json', 'x-env': 'test' });
  expect(request?.headers['user-agent']).toMatch(/^callbell-status\/\d+\.\d+\.\d+$/);
});

test.each([[[]], [['-H', 'X-Empty:', '-H', "X-Quote: it's $HOME"]]])(
  '--print curl prints commands that send the same bytes when pasted',
  async (flags) => {
    const receiver = await startReceiver();
    const stdin = ODD_BODIES.map((body) => `${body}\n`).join('');
    const { stdout, code } = await runCli(
      ['replay', '-', '--to', receiver.url, '--print', 'curl', ...flags],
      { stdin },
    );
    expect(receiver.requests).toHaveLength(0);
    await sh('/bin/sh', ['-c', stdout]);
    expect(receiver.requests.map(({ body }) => body.toString())).toEqual(ODD_BODIES);
    if (flags.length > 0)
      expect(receiver.requests[0]?.headers).toMatchObject({ 'x-empty': '', 'x-quote': "it's $HOME" });
    expect(code).toBe(0);
  },
);

test('--print curl signs when the command runs, and holds no secret', async () => {
  const { verifySignature } = await import('../../src/domain/signature.ts');
  const secret = 'whsec_only in the environment';
  const verdicts: string[] = [];
  const receiver = await startReceiver((response, _n, { headers, body }) => {
    const header = headers['x-callbell-signature'] as string | undefined;
    verdicts.push(verifySignature(header, body, { secret, nowSeconds: Date.now() / 1000 }));
    response.end();
  });
  const variables = { CALLBELL_WEBHOOK_SECRET: secret };
  for (const flags of [[], ['--signature-fault', 'stale'], ['--signature-fault', 'wrong']]) {
    const argv = [
      'replay',
      '-',
      '--to',
      receiver.url,
      '--print',
      'curl',
      '-H',
      'Authorization: Bearer t0psecret',
      ...flags,
    ];
    const { stdout, stderr } = await runCli(argv, { stdin: ODD_BODIES[4] ?? '', variables });
    expect(stdout + stderr).not.toMatch(/only in the environment|t0psecret/);
    await sh('/bin/sh', ['-c', stdout], {
      env: { ...process.env, ...variables, AUTHORIZATION: 'Bearer t0psecret' },
    });
  }
  expect(verdicts).toEqual(['verified', 'stale', 'invalid']);
  expect(receiver.requests[0]?.headers.authorization).toBe('Bearer t0psecret');
});

test('--print curl prints commands that fail where the answer refuses, and show it on a line of its own', async () => {
  const receiver = await startReceiver((response) => response.writeHead(500).end('broken'));
  const argv = ['replay', '-', '--to', receiver.url, '--print', 'curl'];
  const { stdout } = await runCli(argv, { stdin: ODD_BODIES[0] ?? '' });
  await expect(sh('/bin/sh', ['-c', stdout])).rejects.toMatchObject({ code: 22, stdout: 'broken\n' });
});
