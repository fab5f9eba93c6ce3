// How fast events are delivered at 50 connections, as a share of a bare loop over undici's pool that counts,
// judges and prints nothing, to the same target; what autocannon reaches; and the memory of a long capture.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import autocannon from 'autocannon';
import { Pool } from 'undici';
import { createEntropy } from '../dist/domain/generate/entropy.js';
import { generateEvent } from '../dist/domain/generate/event.js';
import { deliverAll } from '../dist/io/deliver/deliver.js';
import { comparePairs, printTable } from './measure.js';

const CONNECTIONS = 50;
const EVENTS = 20_000;
const ROUNDS = 9;
const LONG = Number(process.env.BENCH_EVENTS ?? 1_000_000);

const entropy = createEntropy({ seed: 7, now: new Date() });
const events = Array.from({ length: EVENTS }, (_, index) => {
  const event = generateEvent({ status: 'read' }, entropy);
  const { uuid, status } = event.payload;
  return { source: `bench:${index + 1}`, bytes: Buffer.from(JSON.stringify(event)), uuid, status };
});

const target = fork(new URL('./replay-target.js', import.meta.url));
const [address] = await once(target, 'message');
const url = new URL(`http://127.0.0.1:${address.port}/hook`);

/**
 * Events a second.
 * @param {() => Promise<unknown>} work
 */
async function rate(work) {
  const began = performance.now();
  await work();
  return (EVENTS / (performance.now() - began)) * 1000;
}

async function bareLoop() {
  const pool = new Pool(url.origin, { connections: CONNECTIONS });
  const headers = { 'content-type': 'application/json' };
  let next = 0;
  const lane = async () => {
    for (let event = events[next++]; event !== undefined; event = events[next++]) {
      const { body } = await pool.request({ path: '/hook', method: 'POST', headers, body: event.bytes });
      await body.dump();
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, lane));
  await pool.close();
}

/** @param {{ secret?: string }} [options] */
async function ours(options = {}) {
  let accepted = 0;
  for await (const { outcome } of deliverAll(events, { url, concurrency: CONNECTIONS, ...options })) {
    if (outcome === 'accepted') accepted += 1;
  }
  if (accepted !== EVENTS) throw new Error(`${accepted} of ${EVENTS} were accepted`);
}

const plain = await comparePairs(
  () => rate(ours),
  () => rate(bareLoop),
  ROUNDS,
);
const signed = await comparePairs(
  () => rate(() => ours({ secret: 'whsec_bench' })),
  () => rate(bareLoop),
  ROUNDS,
);
const cannon = await autocannon({
  url: url.href,
  connections: CONNECTIONS,
  // It looks at its clock once a second: a number of requests that takes less would be counted as a second.
  duration: 4,
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: events[0]?.bytes,
});
const cannonRate = cannon.requests.total / cannon.duration;

const folder = mkdtempSync(join(tmpdir(), 'callbell-status-bench-'));
const capture = join(folder, 'capture.ndjson');
const file = createWriteStream(capture);
for (let line = 0; line < LONG; line += 1) {
  const bytes = events[line % EVENTS]?.bytes
    .toString()
    .replace(/"uuid":".{8}/, `"uuid":"${line.toString(16).padStart(8, '0')}`);
  if (!file.write(`${bytes}\n`)) await once(file, 'drain');
}
file.end();
await finished(file);
const child = fork(new URL('./replay-memory.js', import.meta.url), [capture, url.href]);
const began = performance.now();
const [{ exitCode, peakMiB }] = await once(child, 'message');
const longRate = (LONG / (performance.now() - began)) * 1000;
rmSync(folder, { recursive: true });
target.disconnect();
child.disconnect();

const perSecond = (/** @type {number} */ value) => Math.round(value).toLocaleString('en-US');
printTable(`replay, ${CONNECTIONS} connections, ${EVENTS} events, ${ROUNDS} pairs`, [
  ['what', 'events/s', 'bare pool loop', 'ratio', 'aim'],
  ['deliverAll', perSecond(plain.a), perSecond(plain.b), plain.ratio.toFixed(2), '≥ 0.80'],
  ['deliverAll, signed', perSecond(signed.a), perSecond(signed.b), signed.ratio.toFixed(2), '-'],
  ['autocannon', perSecond(cannonRate), '-', `${(plain.a / cannonRate).toFixed(2)} ours / it`, '-'],
]);
printTable(
  `replay of a file with ${LONG.toLocaleString('en-US')} events, with --json (exit code ${exitCode})`,
  [
    ['events/s', 'peak MiB', 'aim'],
    [perSecond(longRate), peakMiB.toFixed(0), '≤ 200'],
  ],
);
