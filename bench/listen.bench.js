// How many requests a second `listen` takes, as a share of a bare node:http server in the same run; and
// whether its memory stays flat.
import { spawn } from 'node:child_process';
import { mkdtempSync, openSync, readdirSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { LOADED_WITH, loadServer, writeTemplate } from './http-load.js';
import { median, printTable } from './measure.js';

const path = (/** @type {string} */ name) => new URL(name, import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'callbell-status-bench-'));
const template = writeTemplate(folder);
const CONNECTIONS = 50;
const SECONDS = 2;
const ROUNDS = 7;
const LONG_RUN = 500_000;

/** @typedef {import('./http-load.js').Load & { microseconds: number }} Measured */
/** @typedef {import('node:child_process').ChildProcess} ChildProcess */

/** A server that says its port in the first line of its output, which goes to a file. */
class RunningServer {
  #sent = 0;

  /** @param {ChildProcess} child @param {number} port */
  constructor(child, port) {
    this.child = child;
    this.port = port;
    /** @type {Measured[]} */
    this.results = [];
  }

  /** @param {string} name @param {string[]} args */
  static async start(name, args) {
    const file = join(folder, `${name.replace(/\W+/g, '-')}.out`);
    const child = spawn(process.execPath, args, { stdio: ['ignore', openSync(file, 'a'), 'ignore'] });
    for (;;) {
      const [first = '', ...others] = readFileSync(file, 'utf8').split('\n', 2);
      if (others.length > 0) return new RunningServer(child, Number(JSON.parse(first).port));
      await wait(20);
    }
  }

  /** @returns {Promise<Measured>} */
  async load() {
    const before = microsecondsOf(this.child);
    const options = { template, connections: CONNECTIONS, seconds: SECONDS, first: this.#sent };
    const load = await loadServer(this.port, options);
    this.#sent += load.requests + CONNECTIONS;
    return { ...load, microseconds: (microsecondsOf(this.child) - before) / load.requests };
  }
}

/**
 * The processor time a process has used so far, in microseconds, as Linux counts it; NaN elsewhere.
 * @param {ChildProcess} child
 */
function microsecondsOf({ pid }) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) * 10_000;
  } catch {
    return Number.NaN;
  }
}

/**
 * Resident memory of a process in MiB, as Linux counts it; NaN elsewhere.
 * @param {ChildProcess} child
 */
function memoryOf({ pid }) {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
  } catch {
    return Number.NaN;
  }
}

/**
 * Empties what the servers wrote. Kept, it would go through gigabytes of memory that the system has never used
 * before, and in a virtual machine the first use of a page costs the kernel several times a later one.
 */
function emptyOutputs() {
  for (const name of readdirSync(folder)) {
    if (/\.(?:out|ndjson)$/.test(name)) truncateSync(join(folder, name));
  }
}

const listen = (/** @type {string[]} */ ...flags) => [
  path('../bin/callbell-status.js'),
  'listen',
  ...['--port', '0', '--json'],
  ...flags,
];
const SERVERS = [
  { name: 'bare node:http', args: [path('./bare-server.js')], aim: '' },
  { name: 'listen --json > file', args: listen(), aim: '≥ 50 %' },
  { name: 'listen --json --record', args: listen('--record', join(folder, 'a.ndjson')), aim: '≥ 40 %' },
  {
    name: 'listen --json --record --record-sync',
    args: listen('--record', join(folder, 'b.ndjson'), '--record-sync'),
    aim: '',
  },
];

async function compare() {
  /** @type {RunningServer[]} */
  const running = [];
  for (const { name, args } of SERVERS) running.push(await RunningServer.start(name, args));
  for (const server of running) await server.load();
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const server of running) {
      emptyOutputs();
      server.results.push(await server.load());
    }
  }
  const rows = [['server', 'requests/s', 'of bare', 'aim', 'p50 ms', 'p99 ms', 'processor µs']];
  for (const [index, { results }] of running.entries()) {
    const of = (/** @type {keyof Measured} */ key) => median(results.map((result) => result[key]));
    const shares = results.map(
      ({ perSecond }, round) => perSecond / (running[0]?.results[round]?.perSecond ?? Number.NaN),
    );
    rows.push([
      SERVERS[index]?.name ?? '',
      of('perSecond').toFixed(0),
      `${(median(shares) * 100).toFixed(0)} %`,
      SERVERS[index]?.aim ?? '',
      of('p50').toFixed(2),
      of('p99').toFixed(2),
      of('microseconds').toFixed(1),
    ]);
  }
  for (const { child } of running) child.kill('SIGKILL');
  printTable(
    `listen under ${LOADED_WITH}, ${CONNECTIONS} connections, medians of ${ROUNDS} rounds in turn, ${SECONDS} s each`,
    rows,
  );
}

/** With so small a heap a leak would end the run; without the bound V8 only collects when it must. */
async function followMemory() {
  const server = await RunningServer.start('long', ['--max-old-space-size=64', ...listen()]);
  const rows = [['arrivals', 'resident MiB']];
  let arrivals = 0;
  while (arrivals < LONG_RUN) {
    arrivals += (await server.load()).requests;
    rows.push([String(arrivals), memoryOf(server.child).toFixed(0)]);
  }
  server.child.kill('SIGKILL');
  printTable(
    'memory of one listener (heap bounded to 64 MiB) over many arrivals, each of a message of its own',
    rows,
  );
}

try {
  await compare();
  await followMemory();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
