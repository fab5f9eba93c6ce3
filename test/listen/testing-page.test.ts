import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../support/files.ts';

// The examples of docs/testing.md, run as they stand there by the runner that they are written for, against
// the built library. Only what they test is ours.

const run = promisify(execFile);
const PAGE = readFileSync('docs/testing.md', 'utf8');

/** The example below a heading. */
function exampleUnder(heading: string): string {
  const [, code] =
    new RegExp(`^## ${heading}\\n[\\s\\S]*?^\`\`\`[jt]s\\n([\\s\\S]*?)^\`\`\``, 'm').exec(PAGE) ?? [];
  if (code === undefined) throw new Error(`there is no example under ${heading}`);
  return code;
}

/** A folder that has those files, and this package and the named ones installed. */
function project(files: Readonly<Record<string, string>>, packages: readonly string[] = []): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(resolve('.'), join(folder, 'node_modules/callbell-status'));
  for (const name of packages) symlinkSync(resolve('node_modules', name), join(folder, 'node_modules', name));
  for (const [name, content] of Object.entries({ 'package.json': '{"type":"module"}', ...files })) {
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

/** Without what a test runner tells the runners it starts. */
const env = { PATH: process.env.PATH, NO_COLOR: '1' };
/** Each starts a test runner, twice. */
const LONG = { timeout: 60_000 };
const LIMITS = { timeout: 60_000, env };

const PASS_ON = `export const passOn = (event: unknown, url: string) =>
  fetch(url, { method: 'POST', body: JSON.stringify(event) });`;
const PASS_ON_WRONGLY = PASS_ON.replace('(event)', '({ ...(event as object), event: 1 })');
const SEND_WITH_RETRY = `export async function sendWithRetry(url) {
  while ((await fetch(url, { method: 'POST', body: '{}' })).status !== 200);
}`;
const SEND_ONCE = `export const sendWithRetry = (url) => fetch(url, { method: 'POST', body: '{}' });`;

async function runVitest(passOn: string): Promise<string> {
  const folder = project({ 'pass-on.ts': passOn, 'listener.test.ts': exampleUnder('vitest') }, [
    'vitest',
    'vite',
  ]);
  const { stdout } = await run(
    process.execPath,
    [resolve('node_modules/vitest/vitest.mjs'), 'run', '--root', folder, '--reporter', 'json'],
    { ...LIMITS, cwd: folder },
  );
  return stdout;
}

async function runNodeTest(sendWithRetry: string): Promise<string> {
  const folder = project({
    'send-with-retry.js': sendWithRetry,
    'listener.test.js': exampleUnder('node:test'),
  });
  const args = ['--test', '--test-reporter', 'tap', 'listener.test.js'];
  return (await run(process.execPath, args, { ...LIMITS, cwd: folder })).stdout;
}

it('shows an example for vitest that passes, and fails when what it tests is wrong', LONG, async () => {
  expect(JSON.parse(await runVitest(PASS_ON))).toMatchObject({ numPassedTests: 1, numTotalTests: 1 });
  await expect(runVitest(PASS_ON_WRONGLY)).rejects.toMatchObject({
    stdout: expect.stringContaining('AssertionError'),
  });
});

it(
  'shows an example for node:test that passes, and fails when what it tests does too little',
  LONG,
  async () => {
    expect(await runNodeTest(SEND_WITH_RETRY)).toMatch(/^# pass 1$/m);
    await expect(runNodeTest(SEND_ONCE)).rejects.toMatchObject({
      stdout: expect.stringMatching(/timed out/),
    });
  },
);

/** A handler that keeps the highest status, and one that keeps the last. */
const storeAndUrl = (isRight: boolean): string => `
import { createServer } from 'node:http';
const RANK = { enqueued: 0, sent: 1, failed: 2, delivered: 3, read: 4 };
const states = new Map();
export const store = { find: (uuid) => ({ status: states.get(uuid) }) };
const server = createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  try {
    const { payload } = JSON.parse(Buffer.concat(chunks).toString());
    const rank = RANK[payload.status];
    if (rank !== undefined && (${!isRight} || rank > (RANK[states.get(payload.uuid)] ?? -1))) {
      states.set(payload.uuid, payload.status);
    }
  } catch {}
  response.end();
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
server.unref();
export const url = 'http://127.0.0.1:' + server.address().port;
`;

/** One case is enough to see that the example works. */
const onlyOneCase = (example: string): string =>
  example.replaceAll(
    /(?<=each\(|of )CONFORMANCE_CASES/g,
    "CONFORMANCE_CASES.filter(({ id }) => id === 'late-sent')",
  );

it(
  'shows conformance for vitest, which passes for a right handler and shows what a wrong one does',
  LONG,
  async () => {
    const runConformance = async (isRight: boolean): Promise<string> => {
      const files = {
        'app.ts': storeAndUrl(isRight),
        'handler.test.ts': onlyOneCase(exampleUnder('Conformance')),
      };
      const folder = project(files, ['vitest', 'vite']);
      const vitest = [
        resolve('node_modules/vitest/vitest.mjs'),
        'run',
        '--root',
        folder,
        '--reporter',
        'json',
      ];
      return (await run(process.execPath, vitest, { ...LIMITS, cwd: folder })).stdout;
    };
    expect(JSON.parse(await runConformance(true))).toMatchObject({ numPassedTests: 1, numTotalTests: 1 });
    await expect(runConformance(false)).rejects.toMatchObject({
      stdout: expect.stringContaining('expected delivered, got sent'),
    });
  },
);

it('and for jest', LONG, async () => {
  const [, example = ''] = /^## Conformance\n[\s\S]*?^```mjs\n([\s\S]*?)^```/m.exec(PAGE) ?? [];
  const runJest = async (isRight: boolean): Promise<string> => {
    const folder = project({ 'app.js': storeAndUrl(isRight), 'handler.test.mjs': onlyOneCase(example) });
    const flags = ['--json', '--testMatch', '**/*.test.mjs', '--rootDir', folder, '--transform', '{}'];
    const jest = [
      '--experimental-vm-modules',
      '--no-warnings',
      resolve('node_modules/jest/bin/jest.js'),
      ...flags,
    ];
    return (await run(process.execPath, jest, { ...LIMITS, cwd: folder })).stdout;
  };
  expect(JSON.parse(await runJest(true))).toMatchObject({ numPassedTests: 1, numTotalTests: 1 });
  await expect(runJest(false)).rejects.toMatchObject({
    stdout: expect.stringContaining('expected delivered, got sent'),
  });
});

it('and for node:test', LONG, async () => {
  const [, example = ''] = /^## Conformance\n[\s\S]*?^```js\n([\s\S]*?)^```/m.exec(PAGE) ?? [];
  const folder = project({ 'app.js': storeAndUrl(true), 'handler.test.js': onlyOneCase(example) });
  const args = ['--test', '--test-force-exit', '--test-reporter', 'tap', 'handler.test.js'];
  expect((await run(process.execPath, args, { ...LIMITS, cwd: folder })).stdout).toMatch(/^# pass 1$/m);
});
