import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { signBody, verifySignature } from '../../src/domain/signature.ts';
import { SIGNATURE_FAULTS } from '../../src/domain/signature-fault.ts';
import { captureOf } from '../support/captures.ts';
import { NOW, runCli } from '../support/cli.ts';
import { temporaryFolder } from '../support/files.ts';
import { freePort, type ReceivedRequest, startReceiver } from '../support/receiver.ts';

const SECRET = 'whsec_test_0123456789abcdef';
const NOW_SECONDS = Date.parse(NOW) / 1000;

interface Vector {
  readonly secret: string;
  readonly timestamp: number;
  readonly bodyBase64: string;
  readonly header: string;
  readonly verdict: string;
}

const { vectors } = JSON.parse(
  readFileSync(new URL('../../fixtures/signature-vectors.json', import.meta.url), 'utf8'),
) as { vectors: Vector[] };

function headerOf(
  { headers }: ReceivedRequest | undefined = { headers: {} } as ReceivedRequest,
): string | undefined {
  return headers['x-callbell-signature'] as string | undefined;
}

test('signs as the vectors that were computed elsewhere', () => {
  const verified = vectors.filter(
    ({ verdict, header }) => verdict === 'verified' && /^t=\d+,v1=[^,]*$/.test(header),
  );
  expect(verified.length).toBeGreaterThan(3);
  for (const { secret, timestamp, bodyBase64, header } of verified) {
    expect(signBody(Buffer.from(bodyBase64, 'base64'), secret, timestamp)).toBe(header);
  }
});

test('signs every request over its raw bytes, by the documented recipe', async () => {
  const receiver = await startReceiver();
  const stdin = '{ "event" : "message_status_updated",  "payload":{"uuid":"\\u0061","n":1e3} }';
  const variables = { CALLBELL_WEBHOOK_SECRET: SECRET };
  await runCli(['replay', '-', '--to', receiver.url], { stdin, variables });
  const v1 = createHmac('sha256', SECRET).update(`${NOW_SECONDS}.${stdin}`).digest('hex');
  expect(headerOf(receiver.requests[0])).toBe(`t=${NOW_SECONDS},v1=${v1}`);
  expect(receiver.requests[0]?.body.toString()).toBe(stdin);
});

test('takes the secret from the variable that --secret-env names, and sends none without a secret', async () => {
  const receiver = await startReceiver();
  const variables = { OTHER: SECRET };
  await runCli(['replay', '-', '--to', receiver.url, '--secret-env', 'OTHER'], {
    stdin: captureOf(1),
    variables,
  });
  await runCli(['replay', '-', '--to', receiver.url], { stdin: captureOf(1), variables });
  expect(headerOf(receiver.requests[0])).toMatch(/^t=/);
  expect(headerOf(receiver.requests[1])).toBeUndefined();
});

test.each(SIGNATURE_FAULTS)('--signature-fault %s is refused by a handler that verifies', async (fault) => {
  const verdicts: string[] = [];
  const receiver = await startReceiver((response, _n, request) => {
    const verdict = verifySignature(headerOf(request), request.body, {
      secret: SECRET,
      nowSeconds: NOW_SECONDS,
    });
    verdicts.push(verdict);
    response.writeHead(verdict === 'verified' ? 200 : 401).end();
  });
  const variables = { CALLBELL_WEBHOOK_SECRET: SECRET };
  const argv = ['replay', '-', '--to', receiver.url];
  const good = await runCli(argv, { stdin: captureOf(1), variables });
  const bad = await runCli([...argv, '--signature-fault', fault], { stdin: captureOf(1), variables });
  const expected = { missing: 'absent', wrong: 'invalid', stale: 'stale', 'other-body': 'invalid' };
  expect(verdicts).toEqual(['verified', expected[fault]]);
  expect([good.code, bad.code]).toEqual([0, 0]);
  expect(bad.stdout).toMatch(/1 of 1 bad signatures refused/);
  expect(bad.stdout + bad.stderr).not.toMatch(/same secret|does not check/);
});

test.each([
  [401, 'refused', true, 0],
  [403, 'refused', true, 0],
  [200, 'accepted', false, 1],
  [204, 'accepted', false, 1],
  [400, 'refused', false, 1],
  [500, 'refused', false, 1],
  [302, 'refused', false, 1],
] as const)(
  'a bad signature that is answered %d is %s: expected %s, exit %d',
  async (status, outcome, expected, exit) => {
    const receiver = await startReceiver((response) => response.writeHead(status).end());
    const failures = join(temporaryFolder(), 'failures');
    const argv = [
      'replay',
      '-',
      '--json',
      '--to',
      receiver.url,
      '--signature-fault',
      'wrong',
      '--failures',
      failures,
    ];
    const { code, jsonLines } = await runCli([...argv, '--bail', '--retry-schedule', '1ms'], {
      stdin: captureOf(2),
      variables: { CALLBELL_WEBHOOK_SECRET: SECRET },
    });
    const sent = expected ? 2 : 1;
    expect(jsonLines[0]).toMatchObject({ outcome, expected, httpStatus: status });
    expect(jsonLines[0]?.reason).toContain('wrong');
    expect(jsonLines.at(-1)).toMatchObject({ [outcome]: sent, expected: expected ? 2 : 0 });
    expect(code).toBe(exit);
    // What was refused as it should be is not to be delivered again, and does not end the run.
    expect(readFileSync(failures, 'utf8').split('\n').length - 1).toBe(expected ? 0 : 2);
  },
);

test('a bad signature that reaches nobody is no success', async () => {
  const argv = ['replay', '-', '--json', '--to', String(await freePort()), '--signature-fault', 'wrong'];
  const { code, jsonLines } = await runCli(argv, {
    stdin: captureOf(1),
    variables: { CALLBELL_WEBHOOK_SECRET: SECRET },
  });
  expect(jsonLines[0]).toMatchObject({ outcome: 'unreachable', expected: false });
  expect(code).toBe(3);
});

test('a signature that is asked for and cannot be made is a usage error', async () => {
  const argv = ['replay', '-', '--to', '9'];
  expect((await runCli([...argv, '--secret-env', 'UNSET'])).code).toBe(2);
  expect((await runCli([...argv, '--signature-fault', 'stale'])).code).toBe(2);
  const misspelt = await runCli([...argv, '--signature-fault', 'stael']);
  expect(misspelt.code).toBe(2);
  expect(misspelt.stderr).toContain('stale');
});
