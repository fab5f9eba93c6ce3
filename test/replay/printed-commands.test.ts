import { execFile, execFileSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { printedCommand } from '../../src/ui/printed-command.ts';
import { signingSteps } from '../../src/ui/shell-hmac.ts';
import { shellQuote } from '../../src/ui/shell-quote.ts';
import { captureOf } from '../support/captures.ts';
import { OBEYED, runCli } from '../support/cli.ts';
import { temporaryFolder } from '../support/files.ts';
import { freePort, startReceiver } from '../support/receiver.ts';

const run = promisify(execFile);
const SHELLS = ['/bin/sh', '/bin/bash', '/bin/dash', '/bin/zsh', '/bin/busybox'].filter(existsSync);

/** Runs a text in a shell. */
function sh(shell: string, text: string, environment: Record<string, string> = {}) {
  const argv = shell.endsWith('busybox') ? ['sh', '-c', text] : ['-c', text];
  return run(shell, argv, { env: { ...process.env, ...environment } });
}

test.each(SHELLS)('%s makes the same HMAC as Node, with keys of every length', async (shell) => {
  const keys = [
    'k',
    'whsec_a b"c$d',
    'välue✓',
    '%s\\n',
    ...[63, 64, 65, 200].map((length) => 'x'.repeat(length)),
  ];
  for (const key of keys) {
    const text = [
      `body() { printf %s 'the body'; }`,
      ...signingSteps('KEY', undefined),
      'echo "$t $(signature)"',
    ];
    const { stdout } = await sh(shell, text.join('; '), { KEY: key });
    const [time = '', signature] = stdout.trim().split(' ');
    expect(signature).toBe(createHmac('sha256', key).update(`${time}.the body`).digest('hex'));
  }
});

test('no program that a printed command starts gets a secret as an argument', async () => {
  const folder = temporaryFolder();
  const log = join(folder, 'log');
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  for (const name of ['curl', 'openssl', 'od', 'tr', 'cut', 'date']) {
    const real = execFileSync('/bin/sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).trim();
    writeFileSync(join(bin, name), `#!/bin/sh\nprintf '%s\\n' "${name} $*" >> ${log}\nexec ${real} "$@"\n`);
    chmodSync(join(bin, name), 0o755);
  }
  const receiver = await startReceiver();
  const variables = { CALLBELL_WEBHOOK_SECRET: 'whsec_s3cr3t' };
  const headers = [
    '-H',
    'Authorization: Bearer t0ps3cr3t',
    '-H',
    'Cookie: a=c00ks3cr3t; b=2',
    '-H',
    'X-Open: 1',
  ];
  const odd = captureOf(1).replace('}', ',"odd":"\\u0007ü"}');
  for (const [argv, stdin] of [
    [headers, captureOf(1)],
    [headers, odd.replace('ü', '\u202e')],
    [[], captureOf(1)],
  ] as const) {
    const { stdout } = await runCli(['replay', '-', '--to', receiver.url, '--print', 'curl', ...argv], {
      stdin,
      ...(argv === headers && { variables }),
    });
    expect(stdout).not.toMatch(/s3cr3t/);
    const path = `${bin}:${process.env.PATH}`;
    const values = { AUTHORIZATION: 'Bearer t0ps3cr3t', COOKIE: 'a=c00ks3cr3t; b=2' };
    await sh('/bin/sh', stdout, { ...variables, ...values, PATH: path });
  }
  const logged = readFileSync(log, 'utf8');
  expect(logged).toMatch(/^openssl dgst/m);
  expect(logged).not.toMatch(/s3cr3t/);
  expect(receiver.requests).toHaveLength(3);
  expect(receiver.requests[0]?.headers).toMatchObject({
    authorization: 'Bearer t0ps3cr3t',
    cookie: 'a=c00ks3cr3t; b=2',
    'x-open': '1',
  });
});

test('a quoted word is the same text to a shell, and shows nothing that a terminal obeys', async () => {
  const odd = fc.constantFrom(
    '\u001b',
    '\u0007',
    "'",
    '"',
    '$',
    '`',
    '\\',
    '\n',
    ' ',
    '%',
    '!',
    'a',
    'é',
    '\u202e',
    '-',
  );
  await fc.assert(
    fc.asyncProperty(fc.array(odd, { maxLength: 12 }), async (characters) => {
      const text = characters.join('');
      const word = shellQuote(text);
      expect(word).not.toMatch(OBEYED);
      const { stdout } = await sh('/bin/sh', `printf %s ${word}`);
      expect(stdout).toBe(text);
    }),
    { numRuns: 60 },
  );
});

test('the next step is quoted, and a certificate file is shown, not obeyed', async () => {
  const port = await freePort();
  const failures = join(temporaryFolder(), 'my left; rm -rf x.ndjson');
  const refused = await runCli(['replay', '-', '--to', String(port), '--failures', failures], {
    stdin: captureOf(1),
  });
  expect(refused.stderr).toContain(`callbell-status replay '${failures}' --to`);
  const ca = join(temporaryFolder(), 'ca\u001b[31m.pem');
  writeFileSync(ca, '-----BEGIN CERTIFICATE-----\n');
  const argv = ['replay', '-', '--to', `https://localhost:${port}`, '--print', 'curl', '--ca', ca];
  expect((await runCli(argv, { stdin: captureOf(1) })).stdout).not.toMatch(OBEYED);
});

test.each(['A$(touch x)', 'A B', 'A=B', '1A', '', 'A;B', 'A-B'])(
  '--secret-env %j names no variable',
  async (name) => {
    const argv = ['replay', '-', '--to', '3000', '--print', 'curl', '--secret-env', name];
    const { code, stdout } = await runCli(argv, { stdin: captureOf(1), variables: { [name]: 'whsec_x' } });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  },
);

test.each([
  [['replay', '--to', 'http://u:pw@h/?token=t'], "replay --to 'http://***@h/?token=***'"],
  [['-H', 'Authorization: Bearer x', '-HCookie: a=b'], "-H 'Authorization: ***' '-HCookie: ***'"],
  [['--header=X-Api-Key: k', 'a b'], "'--header=X-Api-Key: ***' 'a b'"],
  [['--set', 'payload.contact.name=Ada', ''], "--set payload.contact.name=Ada ''"],
] as const)('the words %j are printed without secrets', (words, expected) => {
  expect(printedCommand(words)).toBe(expected);
});
