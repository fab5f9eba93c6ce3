// How fast `simulate` writes NDJSON to a pipe, as a share of what JSON.stringify alone reaches with the same
// events ready in memory; and how much memory a million events take. Both are children of their own, timed from
// their first byte to their last, so that no start-up is counted.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { comparePairs, printTable } from './measure.js';

const BIN = fileURLToPath(new URL('../bin/callbell-status.js', import.meta.url));
const LIMIT = fileURLToPath(new URL('support/stringify-only.js', import.meta.url));
const PEAK = new URL('support/print-peak.js', import.meta.url).href;

const EVENTS = 400_000;
const ROUNDS = 5;
const FIXED = ['--quiet', '--json', '--seed', '7', '--now', '2026-01-31T14:03:00Z'];

/**
 * Runs a script and reads what it prints as fast as it comes.
 * @param {string[]} argv
 * @returns {Promise<{ milliseconds: number, bytes: number, peakMebibytes: number }>}
 */
async function drain(argv) {
  const child = spawn(process.execPath, ['--import', PEAK, ...argv], { stdio: ['ignore', 'pipe', 'pipe'] });
  let bytes = 0;
  let began = 0;
  let ended = 0;
  let talk = '';
  child.stdout.on('data', (/** @type {Buffer} */ chunk) => {
    if (bytes === 0) began = performance.now();
    bytes += chunk.length;
    ended = performance.now();
  });
  child.stderr.on('data', (/** @type {Buffer} */ chunk) => {
    talk += chunk.toString();
  });
  await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  const peak = /^peak (\d+) KiB$/m.exec(talk)?.[1];
  if (peak === undefined) throw new Error(`${argv.join(' ')}: ${talk}`);
  return { milliseconds: ended - began, bytes, peakMebibytes: Number(peak) / 1024 };
}

const CASES = [
  { name: '--scenario read', flags: ['--scenario', 'read'], events: 4 },
  { name: '--scenario read --interleave', flags: ['--scenario', 'read', '--interleave'], events: 4 },
  { name: '--status sent', flags: ['--status', 'sent'], events: 1 },
  { name: '--status all --provider cloud', flags: ['--status', 'all', '--provider', 'cloud'], events: 7 },
  { name: '--status sent --contact minimal', flags: ['--status', 'sent', '--contact', 'minimal'], events: 1 },
];

const rows = [['events', 'per second', 'JSON.stringify', 'share', 'aim', 'peak MiB', 'bytes an event']];
for (const { name, flags, events } of CASES) {
  const simulate = [BIN, 'simulate', ...flags, '-n', String(Math.round(EVENTS / events)), ...FIXED];
  const sample = [BIN, 'simulate', ...flags, '-n', String(Math.ceil(4000 / events)), ...FIXED];
  let peak = 0;
  let bytes = 0;
  const { a, b, ratio } = await comparePairs(
    async () => {
      const run = await drain(simulate);
      peak = Math.max(peak, run.peakMebibytes);
      bytes = run.bytes;
      return run.milliseconds;
    },
    async () => (await drain([LIMIT, String(EVENTS), ...sample])).milliseconds,
    ROUNDS,
  );
  const perSecond = (/** @type {number} */ milliseconds) => Math.round((EVENTS / milliseconds) * 1000);
  rows.push([
    name,
    perSecond(a).toLocaleString('en'),
    perSecond(b).toLocaleString('en'),
    `${Math.round(100 / ratio)} %`,
    '≥ 60 %',
    peak.toFixed(0),
    (bytes / EVENTS).toFixed(0),
  ]);
}
printTable(`generate: ${EVENTS.toLocaleString('en')} events to a pipe, ${ROUNDS} pairs`, rows);

const million = await drain([BIN, 'simulate', '--status', 'sent', '-n', '1000000', ...FIXED]);
const interleaved = await drain([BIN, 'simulate', '-S', 'read', '-n', '250000', '--interleave', ...FIXED]);
printTable('1,000,000 events', [
  ['events', 'seconds', 'peak MiB', 'aim'],
  ['--status sent', (million.milliseconds / 1000).toFixed(1), million.peakMebibytes.toFixed(0), '< 150'],
  [
    '--scenario read --interleave',
    (interleaved.milliseconds / 1000).toFixed(1),
    interleaved.peakMebibytes.toFixed(0),
    '< 150',
  ],
]);
