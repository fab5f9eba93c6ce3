// How many requests a second `listen` takes, as a share of a bare node:http server in the same run; and
// whether its memory stays flat.
import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { median, printTable } from './measure.js';

const path = (/** @type {string} */ name) => new URL(name, import.meta.url).pathname;
const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'callbell-status-bench-'));
const BIN = path('../bin/callbell-status.js');
const CONNECTIONS = 50;
const REQUESTS = 20_000;
const ROUNDS = 7;
const LONG_RUN = 500_000;

/** A server that says its port in the first line of its output, which goes to a file. */
async function start(/** @type {string} */ name, /** @type {string[]} */ args) {
  const file = join(folder, `${name}.out`);
  const child = spawn(process.execPath, args, { stdio: ['ignore', openSync(file, 'w'), 'ignore'] });
  for (;;) {
    const [first = '', ...others] = readFileSync(file, 'utf8').split('\n', 2);
    if (others.length > 0) return { child, port: Number(JSON.parse(first).port) };
    await wait(20);
  }
}

/** @typedef {{ perSecond: number, p50: number, p99: number }} Load */

/** @returns {Promise<Load>} */
async function load(/** @type {number} */ port, /** @type {number} */ requests, first = 0) {
  const args = [path('./load-client.js'), ...[port, requests, CONNECTIONS, first].map(String)];
  return JSON.parse((await run(process.execPath, args)).stdout);
}

/** Resident memory of a process in MiB; undefined where the system does not say. */
function memoryOf(/** @type {number | undefined} */ pid) {
  try {
    const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
  } catch {
    return undefined;
  }
}

const listen = (/** @type {string[]} */ ...flags) => [BIN, 'listen', '--port', '0', '--json', ...flags];
const SERVERS = [
  { name: 'bare', args: [path('./bare-server.js')], aim: '' },
  { name: 'listen --json > file', args: listen(), aim: '≥ 50 %' },
  { name: 'listen --json --record', args: listen('--record', join(folder, 'a.ndjson')), aim: '≥ 40 %' },
  {
    name: 'listen --json --record --record-sync',
    args: listen('--record', join(folder, 'b.ndjson'), '--record-sync'),
    aim: '',
  },
];

try {
  /** @type {({ name: string, aim: string, results: Load[] } & Awaited<ReturnType<typeof start>>)[]} */
  const running = [];
  for (const { name, args, aim } of SERVERS) {
    running.push({ name, aim, results: [], ...(await start(name.replace(/\W+/g, '-'), args)) });
  }
  for (const { port } of running) await load(port, REQUESTS);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const { port, results } of running) results.push(await load(port, REQUESTS));
  }
  const rows = [['server', 'median requests/s', 'of bare', 'aim', 'p50 ms', 'p99 ms']];
  for (const { name, aim, results } of running) {
    const shares = results.map(
      ({ perSecond }, round) => perSecond / (running[0]?.results[round]?.perSecond ?? 1),
    );
    rows.push([
      name,
      median(results.map((result) => result.perSecond)).toFixed(0),
      `${(median(shares) * 100).toFixed(0)} %`,
      aim,
      median(results.map((result) => result.p50)).toFixed(2),
      median(results.map((result) => result.p99)).toFixed(2),
    ]);
  }
  printTable(`listen, ${CONNECTIONS} connections, ${ROUNDS} rounds in turn`, rows);
  for (const { child } of running) child.kill('SIGKILL');

  // With so small a heap a leak would end the run; without the bound V8 only collects when it must.
  const { child, port } = await start('long', ['--max-old-space-size=64', ...listen()]);
  const memory = [['arrivals', 'resident MiB']];
  const step = LONG_RUN / 10;
  for (let done = step; done <= LONG_RUN; done += step) {
    await load(port, step, done);
    memory.push([String(done), memoryOf(child.pid)?.toFixed(0) ?? 'unknown']);
  }
  child.kill('SIGKILL');
  printTable(
    'memory of one listener (heap bounded to 64 MiB) over many arrivals, each of a message of its own',
    memory,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
