import { expect, it } from 'vitest';
import { captureOf } from '../support/captures.ts';
import { runCli } from '../support/cli.ts';
import { temporaryFile } from '../support/files.ts';

const file = (): string => temporaryFile(captureOf(1));

it.each([
  [
    'a path that no captured event has',
    () => ['replay', file(), '--to', '3000', '--set', 'payload.x=1'],
    2,
    /in the capture/,
  ],
  [
    'the same to be made worse',
    () => ['simulate', '--from', file(), '--set', 'payload.x=1'],
    2,
    /in the capture/,
  ],
  [
    'a path that no generated event has',
    () => ['simulate', '-s', 'sent', '--set', 'payload.x=1'],
    2,
    /in what is generated/,
  ],
  [
    'certificates that are not there',
    () => ['replay', file(), '--to', 'https://localhost:3000', '--ca', 'nope.pem'],
    3,
    /nope\.pem: there is no such file\n$/,
  ],
  ['a failure that is near to one', () => ['simulate', '-f', '113047'], 2, /Did you mean \d/],
  ['a failure that is near to none', () => ['simulate', '-f', '999999'], 2, /^(?!.*Did you mean)/],
  [
    'a number that is too large',
    () => ['simulate', '-s', 'sent', '-n', '9'.repeat(20)],
    2,
    /from 1 to 9007199254740991/,
  ],
])('says what is wrong: %s', async (_name, argv, expected, sentence) => {
  const { code, stderr } = await runCli(argv());
  expect(code).toBe(expected);
  expect(stderr).toMatch(sentence);
  expect(stderr).not.toContain('ENOENT');
});
