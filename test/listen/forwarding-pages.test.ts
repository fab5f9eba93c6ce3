import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { signBody } from '../../src/domain/signature.ts';
import { NOW, runCli, startCli } from '../support/cli.ts';
import { temporaryFolder } from '../support/files.ts';
import { startReceiver } from '../support/receiver.ts';

// The commands and programs of docs/forwarding.md and docs/signatures.md, run as they stand there.

const pageOf = (name: string): string => readFileSync(`docs/${name}.md`, 'utf8');

/** Blocks of a language in a page, also those that belong to an item of a list. */
function blocksIn(page: string, language: string): string[] {
  const fence = new RegExp(`^ *\`\`\`${language}\\n([\\s\\S]*?)^ *\`\`\``, 'gm');
  return [...page.matchAll(fence)].map(([, block = '']) => block);
}

interface Command {
  readonly variables: Record<string, string>;
  readonly argv: string[];
}

/** The commands of a page; quotes are taken away, and what stands for a reader's port and file is replaced. */
function commandsIn(name: string, port: number): Command[] {
  return blocksIn(pageOf(name), 'sh')
    .flatMap((block) => block.trim().split('\n'))
    .map((line) => {
      const words = [...line.trim().matchAll(/'([^']*)'|(\S+)/g)].map(
        ([, quoted, bare]) => quoted ?? bare ?? '',
      );
      const program = words.indexOf('callbell-status');
      const variables = words.slice(0, program).map((word) => word.split('=', 2));
      const argv = words
        .slice(program + 1)
        .map((word) =>
          word.replace(/^(3000|8000)(?=\/|$)/, String(port)).replace(/^today/, `${temporaryFolder()}/today`),
        )
        .map((word, index, all) => (all[index - 1] === '--port' ? '0' : word));
      return { variables: Object.fromEntries(variables) as Record<string, string>, argv };
    });
}

/** A folder with `callbell-status` in it, to be found in PATH. */
function folderWithProgram(): string {
  const folder = temporaryFolder();
  symlinkSync(resolve('bin/callbell-status.js'), join(folder, 'callbell-status'));
  return folder;
}

describe('docs/forwarding.md', () => {
  it('sends a life of a message through the listener, in one terminal', async () => {
    const target = await startReceiver();
    const command = commandsIn('forwarding', target.port).find(({ argv }) => argv.includes('--exec'));
    const variables = { PATH: `${folderWithProgram()}:${process.env.PATH}` };
    const { code, stdout, stderr } = await runCli(command?.argv ?? [], { variables });
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(target.requests).toHaveLength(4);
    expect(stdout).toContain('4 events');
  });

  it('shows a listener for a tunnel that lets in what is signed, and nothing else', async () => {
    const target = await startReceiver();
    const command = commandsIn('forwarding', target.port).find(({ argv }) => argv.includes('--allow-host'));
    const { argv = [], variables = {} } = command ?? {};
    const run = startCli(argv, { variables });
    const [, url = ''] = await run.stderr.until(/(http:\/\/127\.0\.0\.1:\d+)/);
    const body = Buffer.from('{"event":"message_status_updated","payload":{}}');
    const secret = variables.CALLBELL_WEBHOOK_SECRET ?? '';
    const signature = signBody(body, secret, Date.parse(NOW) / 1000);
    expect((await fetch(url, { method: 'POST', body })).status).toBe(401);
    const headers = { 'x-callbell-signature': signature };
    expect((await fetch(url, { method: 'POST', body, headers })).status).toBe(200);
    expect(target.requests.map(({ path }) => path)).toEqual(['/webhooks']);
    run.interrupt();
    expect(await run.exitCode).toBe(0);
  });
});

describe('docs/signatures.md', () => {
  it('shows the header of the body and the secret that it names', () => {
    const page = pageOf('signatures');
    const [, header = '', t = ''] = /X-Callbell-Signature: (t=(\d+),v1=[0-9a-f]{64})/.exec(page) ?? [];
    const [, secret = ''] = /secret = '([^']+)'/.exec(page) ?? [];
    const [, body = ''] = /Buffer\.from\('([^']+)'\)/.exec(page) ?? [];
    expect(signBody(Buffer.from(body), secret, Number(t))).toBe(header);
  });

  it('shows a program that prints what its comments say', async () => {
    const [program = ''] = blocksIn(pageOf('signatures'), 'js');
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'node_modules'));
    symlinkSync(resolve('.'), join(folder, 'node_modules/callbell-status'));
    writeFileSync(join(folder, 'verify.mjs'), program);
    const { stdout } = await promisify(execFile)(process.execPath, ['verify.mjs'], { cwd: folder });
    const said = [...program.matchAll(/console\.log\(.*\); \/\/ (\w+)$/gm)].map(([, word]) => word);
    expect(stdout.trim().split('\n')).toEqual(said);
    expect(said).toEqual(['verified', 'stale', 'invalid', 'absent']);
  });

  it('shows commands that send a right and a stale signature', async () => {
    // As a handler that verifies: a right signature is accepted, a stale one is refused.
    const target = await startReceiver((response, n) => {
      response.statusCode = n === 1 ? 200 : 401;
      response.end();
    });
    const times = [];
    for (const { argv, variables } of commandsIn('signatures', target.port)) {
      expect((await runCli(argv, { variables })).code).toBe(0);
      times.push(String(target.requests.at(-1)?.headers['x-callbell-signature']).slice(2, 12));
    }
    const [now, stale] = times.map(Number);
    expect((now ?? 0) - (stale ?? 0)).toBeGreaterThan(300);
  });
});
