import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { VERSION } from '../src/version.ts';
import { temporaryFolder } from './support/files.ts';

const run = promisify(execFile);

interface PackResult {
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}

async function pack(folder: string): Promise<PackResult> {
  // Without scripts: another test may be running the built program.
  const { stdout } = await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder]);
  const [result] = JSON.parse(stdout) as PackResult[];
  if (result === undefined) throw new Error('npm pack gave nothing');
  return result;
}

const STRICT = ['--strict', '--exactOptionalPropertyTypes', '--noUncheckedIndexedAccess'];

describe('the package', () => {
  it('has the version that the program says', () => {
    const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    expect(manifest.version).toBe(VERSION);
  });

  it('installs in an empty folder, runs, and is imported with types', { timeout: 120_000 }, async () => {
    const folder = temporaryFolder();
    const { filename, files } = await pack(folder);
    const paths = files.map(({ path }) => path);
    expect(paths).toEqual(
      expect.arrayContaining(['bin/callbell-status.js', 'dist/index.js', 'dist/index.d.ts', 'LICENSE']),
    );
    expect(paths.filter((path) => /(^|\/)(test|bench|src)\/|\.map$|\.test\./.test(path))).toEqual([]);

    writeFileSync(join(folder, 'package.json'), '{"type":"module","private":true}');
    await run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', `./${filename}`], {
      cwd: folder,
    });
    const bin = join(folder, 'node_modules/.bin/callbell-status');
    const { stdout } = await run(bin, ['simulate', '--status', 'failed', '--quiet'], { cwd: folder });
    expect(JSON.parse(stdout)).toMatchObject({ payload: { status: 'failed' } });

    const consumer = [
      "import { createEntropy, generateEvent, type StatusEvent, validateEvent } from 'callbell-status';",
      "const event: StatusEvent = generateEvent({ status: 'read' }, createEntropy({ seed: 1, now: new Date(0) }));",
      'const verdict: boolean = validateEvent(event).valid;',
      'console.log(verdict);',
      "import type { MessageStatusUpdated } from 'callbell-status/schema/message_status_updated';",
      "import type * as file from 'callbell-status/schema/message_status_updated.d.ts';",
      'const published: MessageStatusUpdated = event;',
      'export const back: StatusEvent = published satisfies file.MessageStatusUpdated;',
    ].join('\n');
    writeFileSync(join(folder, 'consumer.ts'), consumer);
    const types = ['--typeRoots', resolve('node_modules/@types'), '--types', 'node'];
    const compile = ['--module', 'nodenext', '--target', 'es2022', ...STRICT, ...types, 'consumer.ts'];
    await run(process.execPath, [resolve('node_modules/typescript/bin/tsc'), ...compile], { cwd: folder });
    const { stdout: printed } = await run(process.execPath, ['consumer.js'], { cwd: folder });
    expect(printed).toBe('true\n');
  });
});
