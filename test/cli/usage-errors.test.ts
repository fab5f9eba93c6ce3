import { expect, test } from 'vitest';
import { captureOf } from '../support/captures.ts';
import { OBEYED, runCli } from '../support/cli.ts';

const SECRET = 'hunter2s3cr3t';

test.each([
  ['replay', '-', '--to', `http://bob:${SECRET}@host:99999/`],
  ['replay', '-', '--to', `bob:${SECRET}@host:99999`],
  ['replay', '-', '--to', `http://bob:/${SECRET}@host:99999/`],
  ['replay', '-', '--to', `ftp://host/?api-key=${SECRET}`],
  ['replay', '-', '--to', `http://host:0/?a=1&code=${SECRET}`],
  ['listen', '--forward-to', `http://bob:${SECRET}@host:99999/`],
  ['replay', '-', '--to', '3000', '-H', `Authorization: Bearer ${SECRET}\u2026tok`],
  ['replay', '-', '--to', '3000', '-H', `Proxy-Authorization: Basic ${SECRET}`],
  ['replay', '-', '--to', '3000', '-H', `X-Session: ${SECRET}\r\n`],
  ['replay', '-', '--to', '3000', '-H', SECRET],
  ['replay', '-', '--to', '3000', '--secret-env', `${SECRET}=`],
  ['replay', '-', '--to', '3000', '--secret-env', `whsec_${SECRET}`],
  ['replay', '-', '--to', '3000', `--secret=${SECRET}`],
  ['simulate', '--status', 'read', `--tokn=${SECRET}`],
  [`http://bob:${SECRET}@host/`],
  ['listen', `http://bob:${SECRET}@host/`],
  ['replay', '-', '--to', `https://bob:${SECRET}@api.callbell.eu/`],
  ['validate', `http://bob:${SECRET}@host/capture.json`],
])('no usage error repeats a secret: %j', async (...argv) => {
  const { code, stdout, stderr } = await runCli(argv, { stdin: captureOf(1) });
  expect([2, 3]).toContain(code);
  expect(stdout + stderr).not.toContain(SECRET);
  expect(stderr).toContain('error: ');
});

test.each([
  ['rep\u001b[31mlay'],
  ['replay', '--\u001b[31mto', '3000'],
  ['replay', '-', '--to', '3000', '--rate', '\u001b]0;title\u0007'],
  ['replay', '-', '--to', '\u202ehttp://x'],
  ['listen', '\u0007\u001b[2J'],
  ['simulate', '--status', '\u001b[2J,\u200bread'],
  ['simulate', '--status', 'read', '--set-json', 'payload.metadata=\u001b[2J'],
  ['simulate', '--status', 'read', '-o', 'a\u001b[31mb.txt'],
  ['replay', 'a\u001b[31mb.json', '--to', '3000'],
  ['validate', '--format', '\u009b31m', 'x'],
])('an argument is shown, not obeyed: %j', async (...argv) => {
  const { stderr } = await runCli(argv);
  expect(stderr).toContain('error: ');
  expect(stderr).not.toMatch(OBEYED);
});

test.each([
  ['simulate', '--status', 'read', '--set-json', `payload.metadata={"k":${'x'.repeat(100_000)}}`],
  ['simulate', '--status', 'x'.repeat(100_000)],
  ['replay', '-', '--to', `http://${'x'.repeat(100_000)}:99999/`],
  ['x'.repeat(100_000)],
  ['listen', 'x'.repeat(100_000)],
  ['listen', `--${'x'.repeat(100_000)}`],
])('a long argument is shortened (%#)', async (...argv) => {
  const { code, stderr } = await runCli(argv, { stdin: captureOf(1) });
  expect(code).toBe(2);
  expect(stderr.length).toBeLessThan(600);
});

test.each([
  [['listen', '3000'], '--port 3000'],
  [['listen', ':3000'], '--port 3000'],
  [['listen', '8000/webhooks'], '--forward-to 8000/webhooks'],
  [['listen', '--exec', 'npm', 'test'], "--exec 'npm test'"],
  [['listen', '--exec', 'npm', 'run', 'test'], "--exec 'npm run test'"],
  [['listen', '--exec', '--timeout', '1s'], '--exec takes a command'],
  [['simulate', 'failed'], '--status failed'],
  [['simulate', 'late-sent'], '--scenario late-sent'],
  [['simulate', '--status', 'read', '3000/webhooks'], '--to 3000/webhooks'],
  [['simulate', '--status', 'read', '--set-new', 'payload.x=1'], '--set payload.x=1 --set-new'],
  [['simulate', '--status', 'read', 'nonsense'], "'nonsense' is left over"],
  [['replay', '-', '--to', '3000', '--secret', 'x'], 'CALLBELL_WEBHOOK_SECRET'],
  [['listen', '--webhook-secret', 'x'], '--secret-env'],
  [['validate'], '- is standard input'],
])('%j names the way out: %s', async (argv, hint) => {
  const { code, stdout, stderr } = await runCli(argv);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(hint);
});
