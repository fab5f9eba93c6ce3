import { InvalidArgumentError } from 'commander';
import { describe, expect, it, test } from 'vitest';
import { parseTarget } from '../../src/cli/flags.ts';
import {
  parseSize,
  parseUuid,
  parseUuidBeginning,
  parseUuids,
  parseVariable,
} from '../../src/cli/value-parsers.ts';
import { runCli } from '../support/cli.ts';

test.each([
  ['3000', 'http://localhost:3000/'],
  [':3000', 'http://localhost:3000/'],
  [':3000/hook?a=1', 'http://localhost:3000/hook?a=1'],
  ['3000?a=1', 'http://localhost:3000/?a=1'],
  [' 3000/hook', 'http://localhost:3000/hook'],
  ['localhost/hook', 'http://localhost/hook'],
  ['web:3000/hook', 'http://web:3000/hook'],
  ['web:80', 'http://web/'],
  ['http://web/hook', 'http://web/hook'],
  ['my.localhost/hook', 'http://my.localhost/hook'],
  ['127.0.0.1/hook', 'http://127.0.0.1/hook'],
  ['[::1]:3000', 'http://[::1]:3000/'],
  ['[::1]', 'http://[::1]/'],
  ['handler.example/hook#part', 'http://handler.example/hook'],
])('%s is the address %s', (text, href) => {
  expect(parseTarget(text).href).toBe(href);
});

test.each([
  ['webhooks', '3000/webhooks'],
  ['/webhooks', '3000/webhooks'],
  ['http//localhost:3030', 'http://localhost:3030'],
  ['http:/localhost:3030/a', 'http://localhost:3030/a'],
  ['https:localhost', 'https://localhost'],
  ['*', 'a port'],
  ['*.example.com', 'a port'],
  ['web/hook', '3000/web/hook'],
  ['', 'a port'],
  ['?a=1', 'a port'],
  ['3000000', 'a port'],
  ['ftp://localhost', 'http'],
])('%j is no address, and not a reason for --yes', async (text, hint) => {
  for (const argv of [
    ['replay', '-', '--to', text],
    ['listen', '--port', '0', '--forward-to', text],
  ]) {
    const { code, stdout, stderr } = await runCli(argv);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(hint);
    expect(stderr).not.toContain('--yes');
  }
});

test.each([
  ['1b', 1],
  ['1KB', 1000],
  ['1kb', 1000],
  ['1KiB', 1024],
  ['1.5MB', 1_500_000],
  ['0.5 mib', 524_288],
  ['10MiB', 10 * 1024 ** 2],
])('%s is %d bytes, for every flag', (text, bytes) => {
  expect(parseSize(10)(text)).toBe(bytes);
});

test.each(['', '10', '0b', '11MiB', '1gb', '-1b', '1e3b', '1 k b'])('%j is no size', (text) => {
  expect(() => parseSize(10)(text)).toThrow(InvalidArgumentError);
});

test('a uuid is whole where a message is made, and may be begun where one is looked for', () => {
  const uuid = 'adf3d1216d4c4dcd908199d6700f2381';
  const dashed = 'ADF3D121-6D4C-4DCD-9081-99D6700F2381';
  expect([parseUuid(uuid), parseUuidBeginning('a'), parseUuids(`${uuid},b`, ['c'])]).toEqual([
    uuid,
    'a',
    ['c', uuid, 'b'],
  ]);
  for (const parse of [parseUuid, parseUuidBeginning, parseUuids]) {
    expect(() => parse(dashed)).toThrow(`Did you mean ${uuid}?`);
    for (const wrong of ['', ',', 'g', `${uuid}0`]) expect(() => parse(wrong)).toThrow(InvalidArgumentError);
  }
  expect(() => parseUuid('adf3')).toThrow(InvalidArgumentError);
});

test('a variable has a name that no shell expands', () => {
  for (const name of ['A', '_a1', 'MY_SECRET']) expect(parseVariable(name)).toBe(name);
  for (const name of ['', '1A', 'A-B', 'A B', 'A=B', '$A', 'é', 'A\n']) {
    expect(() => parseVariable(name)).toThrow(InvalidArgumentError);
  }
});

test('an emoji in metadata is one character, where it is made and where it is checked', async () => {
  const long = '🌻'.repeat(300);
  const { code, stdout } = await runCli(['simulate', '--status', 'read', '--metadata', `k=${long}`]);
  expect(code).toBe(0);
  expect((await runCli(['validate', '-', '--strict'], { stdin: stdout })).code).toBe(0);
  for (const pair of [`k=${'🌻'.repeat(501)}`, `${'🌻'.repeat(51)}=v`]) {
    expect((await runCli(['simulate', '--status', 'read', '--metadata', pair])).code).toBe(2);
  }
});

describe('a signing secret', () => {
  it.each([
    ['replay', ['replay', 'fixtures/statuses/read.json', '--to', '1']],
    ['conformance', ['conformance', '1']],
    ['listen', ['listen', '--port', '0']],
  ])('of white space alone is a mistake for %s', async (_command, argv) => {
    const { code, stderr } = await runCli(argv, { variables: { CALLBELL_WEBHOOK_SECRET: ' ' } });
    expect([code, stderr]).toEqual([2, expect.stringMatching(/CALLBELL_WEBHOOK_SECRET is white space/)]);
  });

  it.each([
    ['replay', ['replay', 'fixtures/statuses/read.json', '--to', '1', '--secret-env', 'NONE']],
    ['conformance', ['conformance', '1', '--next-secret-env', 'NONE']],
    ['listen', ['listen', '--port', '0', '--secret-env', 'NONE']],
  ])('that is named and not there is a mistake for %s', async (_command, argv) => {
    const { code, stderr } = await runCli(argv);
    expect([code, stderr]).toEqual([2, expect.stringMatching(/NONE is not set/)]);
  });
});

describe('--quiet', () => {
  it('still says why the first delivery was not accepted', async () => {
    const { code, stderr } = await runCli(['replay', 'fixtures/statuses/read.json', '--to', '1', '--quiet']);
    expect([code, stderr]).toEqual([3, expect.stringMatching(/nothing listens on port 1/)]);
  });
});
