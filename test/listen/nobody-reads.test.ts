import { Writable } from 'node:stream';
import { expect, it } from 'vitest';
import { runCli } from '../support/cli.ts';

/** A stream whose reader has left. */
const closed = (): Writable =>
  new Writable({
    write: (_chunk, _encoding, done) => done(Object.assign(new Error('EPIPE'), { code: 'EPIPE' })),
  }).on('error', () => {});

it.each([
  ['an expectation that is not met', ['--until', 'read', '--timeout', '1ms'], 1],
  ['a command that fails', ['--exec', 'exit 7'], 1],
  ['nothing expected', ['--timeout', '1ms'], 0],
])('the exit code tells of %s, whoever reads stderr', async (_name, flags, expected) => {
  const { code } = await runCli(['listen', '--port', '0', ...flags], { stderr: closed() });
  expect(code).toBe(expected);
});

it('and so it does for conformance, whoever reads stdout', async () => {
  const { startHandler } = await import('../conformance/handlers.ts');
  const { url } = await startHandler({ verifies: false, other: 500 });
  const argv = ['conformance', url.href, '--case', 'other-events'];
  expect((await runCli(argv, { stdout: closed() })).code).toBe(1);
  expect((await runCli(argv, { stderr: closed() })).code).toBe(1);
});
