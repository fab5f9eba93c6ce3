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

it('shows an example for vitest that passes, and fails when what it tests is wrong', async () => {
  expect(JSON.parse(await runVitest(PASS_ON))).toMatchObject({ numPassedTests: 1, numTotalTests: 1 });
  await expect(runVitest(PASS_ON_WRONGLY)).rejects.toMatchObject({
    stdout: expect.stringContaining('AssertionError'),
  });
});

it('shows an example for node:test that passes, and fails when what it tests does too little', async () => {
  expect(await runNodeTest(SEND_WITH_RETRY)).toMatch(/^# pass 1$/m);
  await expect(runNodeTest(SEND_ONCE)).rejects.toMatchObject({
    stdout: expect.stringMatching(/timed out/),
  });
});
