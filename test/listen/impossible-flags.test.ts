import { createServer } from 'node:http';
import { describe, expect, it } from 'vitest';
import { runCli, startCli } from '../support/cli.ts';
import { minimalEvent } from '../support/events.ts';
import { post } from '../support/listener.ts';

const SECRET = { CALLBELL_WEBHOOK_SECRET: 'whsec_test' };

describe('a flag of listen that can never be right, or does nothing', () => {
  it.each([
    ['--host', ''],
    ['--host', 'localhost:3000'],
    ['--host', 'http://localhost'],
    ['--allow-host', ''],
    ['--allow-host', 'a.test,'],
    ['--allow-host', '*.test'],
    ['--forward-to', 'htp:/x'],
    ['--forward-to', 'htp://x'],
    ['--forward-timeout', '0s', '--forward-to', '1'],
    ['--timeout', '0s'],
    ['--tolerance', '0s'],
    ['--record', ''],
    ['--record', '-'],
    ['--exec', ' '],
    ['--secret-env', ''],
    ['--secret-env', 'NAME=whsec_x'],
    ['--delay', '0s'],
    ['--delay', '1s±2s'],
    ['--respond', 'failed=500,failed=200'],
    ['--seed', '3'],
    ['--seed', '3', '--fault', 'reset'],
    ['--forward-to', '1', '--forward-to', 'localhost:1/'],
    ['--quiet', '--verbose'],
    ['--quiet', '--status', 'read'],
    ['--verbose', '--show', 'timeline'],
  ])('is refused: %s %j %s %s', async (...flags) => {
    const given = flags.filter((flag) => flag !== undefined);
    const { code, stderr, stdout } = await runCli(['listen', '--port', '0', ...given], { variables: SECRET });
    expect(code).toBe(2);
    expect(stderr).toContain(flags[0]);
    expect(stdout).toBe('');
  });

  it.each([
    ['a name that does not exist', 'nosuch.invalid', /there is no such name|could not be looked up/],
    ['an address of another machine', '203.0.113.1', /no address of this machine/],
  ])('is %s as --host, which is said without the words of the system', async (_name, host, expected) => {
    const { code, stderr } = await runCli(['listen', '--port', '0', '--host', host]);
    expect(code).toBe(3);
    expect(stderr).toMatch(expected);
    expect(stderr).not.toMatch(/getaddrinfo|E[A-Z]{5}/);
  });
});

describe('what is accepted', () => {
  it('is an address of IPv6 in brackets, and a tunnel by its URL', async ({ skip }) => {
    const hasIpv6 = await new Promise<boolean>((resolve) => {
      const probe = createServer().once('error', () => resolve(false));
      probe.listen(0, '::1', () => probe.close(() => resolve(true)));
    });
    skip(!hasIpv6, 'this machine has no IPv6');
    const flags = ['--host', '[::1]', '--allow-host', 'https://abc.ngrok.app/x,b.test:80'];
    const run = startCli(['listen', '--port', '0', ...flags]);
    await run.stderr.until(/http:\/\/\[::1\]:\d+/);
  });

  it('is user and password in a target without a scheme', async () => {
    const { stderr, code } = await runCli([
      'listen',
      '--port',
      '0',
      '-f',
      'me:word@localhost:1',
      '--timeout',
      '1ms',
    ]);
    expect(code).toBe(0);
    expect(stderr).toContain('http://localhost:1/…');
  });
});

describe('the line', () => {
  it('says when an answer was asked for that there is none of', async () => {
    const run = startCli(['listen', '--port', '0'], { columns: 140 });
    const [, url = ''] = await run.stderr.until(/(http:\/\/127\.0\.0\.1:\d+)/);
    await post(url, minimalEvent('a'.repeat(32), 'read'), { prefer: 'respond-async, code=999' });
    await run.stdout.until(/Prefer: code=999 was not obeyed/);
    await post(url, minimalEvent('a'.repeat(32), 'sent'), { prefer: 'code=503' });
    await run.stdout.until(/answered as Prefer asked/);
    expect(run.stdout.text.match(/not obeyed/g)).toHaveLength(1);
  });

  it('words the two ways to say nothing differently', async () => {
    const words = await Promise.all(
      ['empty', 'hang'].map(async (fault) => {
        const run = startCli(['listen', '--port', '0', '--fault', fault], { columns: 140 });
        const [, url = ''] = await run.stderr.until(/(http:\/\/127\.0\.0\.1:\d+)/);
        const patience = AbortSignal.timeout(200);
        await fetch(url, { method: 'POST', body: 'ping', signal: patience }).catch(() => undefined);
        const [, purpose = ''] = await run.stdout.until(/(\w[\w ]* on purpose)/);
        return purpose;
      }),
    );
    expect(new Set(words).size).toBe(2);
  });
});

describe('a secret with white space', () => {
  const listenWith = (secret: string) =>
    runCli(['listen', '--port', '0', '--timeout', '1ms'], { variables: { CALLBELL_WEBHOOK_SECRET: secret } });

  it('is said where it has something else, and refused where it has not', async () => {
    expect((await listenWith('whsec_x\n')).stderr).toMatch(/begins or ends with white space/);
    expect((await listenWith('whsec_x')).stderr).not.toContain('white space');
    expect(await listenWith(' \n')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('white space'),
    });
    expect((await listenWith('')).code).toBe(0);
  });
});
