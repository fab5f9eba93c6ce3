import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { runCli, startCli } from '../support/cli.ts';
import { temporaryFile, temporaryFolder } from '../support/files.ts';
import { startHandler } from './handlers.ts';

const unsigned = { verifies: false };

/** A server that answers each connection as it is told; it ends with the test. */
async function rawTarget(answer: (write: (text: string) => void, end: () => void) => void): Promise<string> {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () =>
      answer(
        (text) => void socket.write(text),
        () => socket.destroy(),
      ),
    );
    onTestFinished(() => void socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  return typeof address === 'object' ? `http://127.0.0.1:${address?.port}/hook` : '';
}

/** A probe for a handler of this process. */
async function probeServer(
  probe: (uuid: string) => Promise<{ status: string | undefined }>,
): Promise<string> {
  const { createServer: createHttpServer } = await import('node:http');
  const server = createHttpServer(async ({ url = '' }, response) => {
    const { status } = await probe(url.slice(1));
    if (status === undefined) response.writeHead(404).end();
    else response.end(JSON.stringify({ status }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  return typeof address === 'object' ? `http://127.0.0.1:${address?.port}/{uuid}` : '';
}

describe('conformance', () => {
  it('judges by answers, a case a line, and exits 0', async () => {
    const { url } = await startHandler(unsigned);
    const { code, jsonLines } = await runCli([
      'conformance',
      url.href,
      '--json',
      '--group',
      'accept,content',
    ]);
    expect(code).toBe(0);
    expect(jsonLines.at(-1)).toMatchObject({
      type: 'verdict',
      verdict: 'conformant',
      failed: [],
      passed: 14,
    });
    expect(jsonLines[0]).toMatchObject({
      type: 'case',
      id: 'accept-statuses',
      outcome: 'pass',
      level: 'required',
    });
  });

  it('shows the exchange, the reason and the command of a failed case, and exits 1', async () => {
    const handler = await startHandler({ ...unsigned, replaces: () => true });
    const probe = await probeServer(handler.probe);
    const flags = ['--case', 'late-sent', '--probe', probe];
    const { code, stdout } = await runCli(['conformance', handler.url.href, ...flags]);
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /FAIL {2}late-sent[\s\S]*3 {2}sent .* state sent[\s\S]*expected delivered, got sent/,
    );
    expect(stdout).toContain(
      `again  callbell-status conformance ${handler.url.href} --case late-sent --probe`,
    );
    expect(stdout).toContain('not conformant: 0 passed · 1 failed (late-sent)');
  });

  it('skips what it cannot judge, and says why', async () => {
    const { url } = await startHandler(unsigned);
    const { code, jsonLines } = await runCli([
      'conformance',
      url.href,
      '--json',
      '--case',
      'late-sent,answer-200',
    ]);
    expect(code).toBe(0);
    expect(jsonLines.find(({ id }) => id === 'late-sent')).toMatchObject({ outcome: 'skip' });
    const nothing = await runCli(['conformance', url.href, '--case', 'late-sent']);
    expect(nothing.code).toBe(3);
  });

  it('counts recommended cases with --strict, and known failures not', async () => {
    const { url } = await startHandler({ ...unsigned, get: 404 });
    const run = (...flags: string[]) => runCli(['conformance', url.href, '--case', 'check-get', ...flags]);
    expect((await run()).code).toBe(0);
    expect((await run('--strict')).code).toBe(1);
    expect((await run('--strict', '--known-failing', 'check-get')).code).toBe(0);
    const sound = await startHandler(unsigned);
    const repaired = await runCli([
      'conformance',
      sound.url.href,
      '--case',
      'check-get',
      '--known-failing',
      'check-get',
    ]);
    expect([repaired.code, repaired.stdout]).toEqual([1, expect.stringContaining('take them off')]);
  });

  it('writes reports, and the summary of a GitHub step', async () => {
    const { url } = await startHandler({ ...unsigned, other: 500 });
    const folder = temporaryFolder();
    const files = ['r.xml', 'r.md', 'r.ndjson'].map((name) => join(folder, name));
    const summary = temporaryFile('before\n');
    const { code } = await runCli(
      [
        'conformance',
        url.href,
        '--case',
        'other-events,check-get',
        ...files.flatMap((file) => ['--report', file]),
      ],
      { variables: { GITHUB_STEP_SUMMARY: summary } },
    );
    expect(code).toBe(1);
    const [xml = '', markdown = '', ndjson = ''] = files.map((file) => readFileSync(file, 'utf8'));
    expect(xml).toMatch(
      /<testsuite name="callbell-status.accept" tests="2" failures="1"[\s\S]*<failure message=/,
    );
    expect(markdown).toContain('| `other-events` | fail |');
    expect(readFileSync(summary, 'utf8')).toBe(`before\n${markdown}`);
    expect(
      ndjson
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).type),
    ).toEqual(['case', 'case', 'verdict']);
  });

  it.each([
    [['conformance'], /test which handler/],
    [['conformance', '3000', 'npm', 'start'], /behind --/],
    [['conformance', '3000', '--case', 'late-snt'], /late-sent/],
    [['conformance', '3000', '--group', 'odrer'], /order/],
    [['conformance', '3000', '--probe', '/messages'], /\{uuid\}/],
    [['conformance', '3000', '--states', 'a=raed', '--probe', '/{uuid}'], /read/],
    [['conformance', '3000', '--status-at', 'a'], /--probe/],
    [['conformance', '3000', '--report', 'x.txt'], /\.xml/],
    [['conformance', '3000', '--case', 'backwards', '--skip', 'backwards'], /no case is left/],
    [['conformance', 'https://callbell.eu/x'], /Callbell itself/],
  ])('refuses %j', async (argv, expected) => {
    const { code, stderr } = await runCli(argv);
    expect([code, stderr]).toEqual([2, expect.stringMatching(expected)]);
  });
});

describe('conformance cannot judge', () => {
  it.each([
    ['a dead target', 'http://127.0.0.1:1/hook', /nothing listens/],
    [
      'a redirect',
      () => rawTarget((write) => write('HTTP/1.1 308 Moved\r\nlocation: /x\r\ncontent-length: 0\r\n\r\n')),
      /redirects/,
    ],
    [
      'who wants signatures',
      () => rawTarget((write) => write('HTTP/1.1 401 No\r\ncontent-length: 0\r\n\r\n')),
      /CALLBELL_WEBHOOK_SECRET/,
    ],
    ['who hangs up', () => rawTarget((_write, end) => end()), /closed the connection/],
    ['who never answers', () => rawTarget(() => {}), /in time/],
    [
      'who sends endless headers',
      () => rawTarget((write) => write(`HTTP/1.1 200 OK\r\na: ${'x'.repeat(1_000_000)}\r\n\r\n`)),
      /rules of HTTP/,
    ],
    ['who speaks something else', () => rawTarget((write) => write('<html>hello</html>\r\n\r\n')), /HTTP/],
  ])('%s: exit 3 with a cause', async (_name, target, expected) => {
    const url = typeof target === 'string' ? target : await target();
    const { code, stderr } = await runCli(['conformance', url, '--timeout', '300ms']);
    expect([code, stderr]).toEqual([3, expect.stringMatching(expected)]);
  });

  it('with a probe that always says the same', async () => {
    const { url } = await startHandler(unsigned);
    const probe = await probeServer(async () => ({ status: 'read' }));
    const { code, stderr } = await runCli(['conformance', url.href, '--probe', probe]);
    expect([code, stderr]).toEqual([3, expect.stringMatching(/does not tell states apart/)]);
  });

  it('with answers that do not end, but ends all the same', async () => {
    const url = await rawTarget((write) => {
      write('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n');
      const timer = setInterval(() => write(`10000\r\n${'x'.repeat(0x10000)}\r\n`), 1);
      onTestFinished(() => clearInterval(timer));
    });
    const { code } = await runCli(['conformance', url, '--timeout', '2s']);
    expect(code).toBe(3);
  });
});

const APP = `
const { createServer } = require('node:http');
const { spawn } = require('node:child_process');
spawn(process.execPath, ['-e', 'process.title = "MARK"; setInterval(() => {}, 1000)'], { stdio: 'ignore' });
process.on('SIGTERM', () => {});
const states = new Map();
createServer((request, response) => {
  const uuid = /[0-9a-f]{32}/.exec(request.url)?.[0];
  if (uuid) return response.end(JSON.stringify({ status: states.get(uuid) ?? null }));
  let body = '';
  request.on('data', (chunk) => { body += chunk; });
  request.on('end', () => {
    try { const { payload } = JSON.parse(body); states.set(payload.uuid, payload.status); } catch {}
    response.end('{"status":"ok"}');
  });
}).listen(process.env.PORT, '127.0.0.1');
`;

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function processesMarked(mark: string): string {
  try {
    return execFileSync('pgrep', ['-f', mark]).toString();
  } catch {
    return '';
  }
}

describe('conformance starts the app', () => {
  const variables = { PATH: process.env.PATH ?? '' };

  it('waits for it, restarts it, and leaves nothing of it behind', async () => {
    const mark = `left-behind-${process.pid}-a`;
    const app = temporaryFile(APP.replace('MARK', mark), 'app.cjs');
    const url = `127.0.0.1:${await freePort()}/hook`;
    const flags = ['--case', 'answer-200,restart', '--probe', '/{uuid}', '--json'];
    const { code, jsonLines } = await runCli(['conformance', url, ...flags, '--', process.execPath, app], {
      variables,
    });
    // All in memory: what was accepted is lost, which is recommended against.
    expect([code, jsonLines.map(({ outcome }) => outcome)]).toEqual([0, ['pass', 'warn', undefined]]);
    expect(processesMarked(mark)).toBe('');
  });

  it('and stops it at Ctrl+C, keeping what was found', async () => {
    const mark = `left-behind-${process.pid}-b`;
    const app = temporaryFile(APP.replace('MARK', mark), 'app.cjs');
    const url = `127.0.0.1:${await freePort()}/hook`;
    const run = startCli(['conformance', url, '--', process.execPath, app], { variables });
    await run.stdout.until(/pass {2}check-get/);
    run.interrupt();
    expect(await run.exitCode).toBe(130);
    expect(run.stdout.text).toContain('interrupted: ');
    expect(processesMarked(mark)).toBe('');
  });

  it.each([
    [
      'that ends at once',
      ['-e', 'console.error("no config"); process.exit(3)'],
      /\| no config[\s\S]*ended with 3/,
    ],
    ['that never answers', ['-e', 'setInterval(() => {}, 1000)'], /did not answer at .* within 0.3 s/],
  ])('and says what is wrong with one %s', async (_name, args, expected) => {
    const url = `127.0.0.1:${await freePort()}/hook`;
    const flags = ['--ready-timeout', '300ms', '--', process.execPath, ...args];
    const { code, stderr } = await runCli(['conformance', url, ...flags], { variables });
    expect([code, stderr]).toEqual([3, expect.stringMatching(expected)]);
  });

  it('and one that cannot be started, or whose port is taken', async () => {
    const missing = await runCli(
      ['conformance', `127.0.0.1:${await freePort()}`, '--', './no-such-program'],
      { variables },
    );
    expect([missing.code, missing.stderr]).toEqual([3, expect.stringMatching(/could not be started/)]);
    const { url } = await startHandler(unsigned);
    const taken = await runCli(['conformance', url.href, '--', process.execPath, '-v'], { variables });
    expect([taken.code, taken.stderr]).toEqual([3, expect.stringMatching(/is taken/)]);
  });
});

describe('conformance is fair to a handler', () => {
  it('that leaves GET unanswered: that is one recommended case', async () => {
    const { createServer: createHttpServer } = await import('node:http');
    const server = createHttpServer((request, response) => {
      if (request.method === 'POST') request.resume().on('end', () => response.end('{"status":"ok"}'));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      server.close();
      server.closeAllConnections();
    });
    const address = server.address();
    const url = `127.0.0.1:${typeof address === 'object' ? address?.port : 0}/hook`;
    const flags = ['--case', 'accept-statuses,check-get,no-contact', '--timeout', '300ms', '--json'];
    const { code, jsonLines } = await runCli(['conformance', url, ...flags]);
    const outcomes = jsonLines.slice(0, -1).map(({ id, outcome }) => [id, outcome]);
    expect([code, outcomes]).toEqual([
      0,
      [
        ['accept-statuses', 'pass'],
        ['check-get', 'warn'],
        ['no-contact', 'pass'],
      ],
    ]);
  });

  it('that has time to answer a body sent slowly', async () => {
    const { url } = await startHandler(unsigned);
    const flags = ['--case', 'slow-sender,answer-time', '--budget', '1500ms', '--strict'];
    expect((await runCli(['conformance', url.href, ...flags])).code).toBe(0);
  });

  it('whose processes let go of the port late, behind a wrapper', async () => {
    const ballast = 'globalThis.ballast = Buffer.alloc(150_000_000, 1);';
    const app = temporaryFile(`${ballast}${DURABLE}`, 'app.cjs');
    const url = `127.0.0.1:${await freePort()}/hook`;
    const flags = ['--case', 'restart', '--probe', '/{uuid}', '--json'];
    const wrapper = ['sh', '-c', `${process.execPath} ${app} & wait`];
    const variables = { PATH: process.env.PATH ?? '', LOG: join(temporaryFolder(), 'log') };
    const { jsonLines } = await runCli(['conformance', url, ...flags, '--', ...wrapper], { variables });
    expect(jsonLines[0]).toMatchObject({ id: 'restart', outcome: 'pass' });
  });
});

/** Keeps each event in a file before it answers. */
const DURABLE = `
const { appendFileSync, existsSync, readFileSync } = require('node:fs');
const RANK = { enqueued: 0, sent: 1, failed: 2, delivered: 3, read: 4 };
const states = new Map();
const apply = ({ uuid, status }) => {
  if (status in RANK && RANK[status] > (RANK[states.get(uuid)] ?? -1)) states.set(uuid, status);
};
if (existsSync(process.env.LOG)) {
  for (const line of readFileSync(process.env.LOG, 'utf8').split('\\n')) if (line) apply(JSON.parse(line));
}
require('node:http').createServer((request, response) => {
  const uuid = /[0-9a-f]{32}/.exec(request.url)?.[0];
  if (uuid) return response.end(JSON.stringify({ status: states.get(uuid) ?? null }));
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    try {
      const { payload } = JSON.parse(Buffer.concat(chunks));
      appendFileSync(process.env.LOG, JSON.stringify({ uuid: payload.uuid, status: payload.status }) + '\\n');
      apply(payload);
    } catch {}
    response.end('{"status":"ok"}');
  });
}).listen(process.env.PORT, '127.0.0.1');
`;
