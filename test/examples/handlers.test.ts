import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { runCli } from '../support/cli.ts';

const SECRET = 'whsec_example';

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** Starts an example and resolves when it answers. */
async function start(file: string): Promise<string> {
  const port = await freePort();
  const child: ChildProcess = spawn(process.execPath, [`examples/handler/${file}`], {
    env: { ...process.env, PORT: String(port), CALLBELL_WEBHOOK_SECRET: SECRET },
    stdio: 'inherit',
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const url = `http://127.0.0.1:${port}`;
  while (child.exitCode === null) {
    const answer = await fetch(`${url}/webhooks`).catch(() => undefined);
    if (answer?.ok) return url;
  }
  throw new Error(`${file} ended with ${child.exitCode}`);
}

describe.each(['express.js', 'fastify.js', 'node-http.js'])('examples/handler/%s', (file) => {
  it('ends each life where it must, does each effect once, and refuses bad signatures', async () => {
    const url = await start(file);
    const variables = { CALLBELL_WEBHOOK_SECRET: SECRET };
    const deliver = (...flags: string[]) =>
      runCli(['simulate', ...flags, '--to', `${url}/webhooks`, '--json'], { variables, now: new Date() });

    for (const [index, [scenario, status, effects]] of LIVES.entries()) {
      const { code, jsonLines } = await deliver('--scenario', scenario, '--seed', `${index}`);
      expect([scenario, code]).toEqual([scenario, 0]);
      const message = await fetch(`${url}/messages/${jsonLines[0]?.uuid}`);
      expect([scenario, await message.json()]).toEqual([scenario, { status, effects }]);
    }

    const forged = await deliver('--status', 'read', '--signature-fault', 'wrong', '--seed', '99');
    expect(forged.jsonLines[0]).toMatchObject({ httpStatus: 401 });
    const answer = await fetch(`${url}/messages/${forged.jsonLines[0]?.uuid}`);
    expect(answer.status).toBe(404);
  });

  it('is conformant by its answers and its state, but for what takes long', { timeout: 60_000 }, async () => {
    const url = await start(file);
    const flags = ['--probe', '/messages/{uuid}', '--strict', '--group', 'accept,order,transport,signature'];
    const { code, stdout } = await runCli(
      ['conformance', `${url}/webhooks`, ...flags, '--skip', 'every-order,slow-sender', '--quiet'],
      { variables: { CALLBELL_WEBHOOK_SECRET: SECRET }, now: new Date() },
    );
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^\nconformant: /)]);
  });

  it('answers connection checks, other events and broken bodies', async () => {
    const url = await start(file);
    const { signBody } = await import('../../src/domain/signature.ts');
    const post = async (body: string): Promise<number> => {
      const bytes = Buffer.from(body);
      const signature = signBody(bytes, SECRET, Math.floor(Date.now() / 1000));
      const headers = { 'content-type': 'application/json', 'x-callbell-signature': signature };
      return (await fetch(`${url}/webhooks`, { method: 'POST', body: bytes, headers })).status;
    };
    expect(await post('ping')).toBe(200);
    expect(await post('')).toBe(200);
    expect(await post('{"event":"message_created","payload":{}}')).toBe(200);
    expect(await post('{"event":"message_status_updated","payload":null}')).toBe(400);
    expect(await post('null')).toBe(200);
  });
});

/** Scenario, the status it must end in, and the number of different statuses on the way. */
const LIVES = [
  ['read', 'read', 4],
  ['late-sent', 'read', 4],
  ['duplicates', 'read', 4],
  ['failed', 'failed', 1],
] as const;
