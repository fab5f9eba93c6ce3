// How fast a large capture is checked, as a share of the rate of a loop that only splits lines and parses them.
// BENCH_EVENTS=100000 makes it shorter.
import { execFileSync, spawn } from 'node:child_process';
import { createWriteStream, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { comparePairs, printTable, timeCommand } from './measure.js';

const EVENTS = Number(process.env.BENCH_EVENTS ?? 1_000_000);
const DISTINCT = 7000;
const ROUNDS = 3;
const BIN = new URL('../bin/callbell-status.js', import.meta.url).pathname;
const LIMIT = new URL('./parse-lines.js', import.meta.url).pathname;

/**
 * Writes events of messages of their own: some are generated, and repeated with other uuids.
 * @param {string} file
 */
async function writeCapture(file) {
  const statuses = Array.from({ length: DISTINCT / 7 }, () => 'all').join(',');
  const argv = [BIN, 'simulate', '--quiet', '--status', statuses, '--seed', '7'];
  const generated = execFileSync(process.execPath, argv, { maxBuffer: 2 ** 30, encoding: 'utf8' });
  const events = generated.trim().split('\n');
  await pipeline(function* () {
    for (let from = 0; from < EVENTS; from += events.length) {
      const part = events.slice(0, EVENTS - from).map((line, index) => {
        const mark = (from + index).toString(16).padStart(8, '0');
        return line.replace(/"uuid":"[0-9a-f]{8}/, `"uuid":"${mark}`);
      });
      yield `${part.join('\n')}\n`;
    }
  }, createWriteStream(file));
}

/**
 * The peak of a command's resident memory in MiB, as Linux counts it; NaN elsewhere.
 * @param {string[]} args
 * @returns {Promise<number>}
 */
function peakMemory(args) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { stdio: 'ignore' });
    let peak = Number.NaN;
    const timer = setInterval(() => {
      try {
        const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
        peak = Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? peak * 1024) / 1024;
      } catch {
        // It has just ended, or this is no Linux.
      }
    }, 50);
    child.on('close', () => {
      clearInterval(timer);
      resolve(peak);
    });
  });
}

const folder = mkdtempSync(join(tmpdir(), 'callbell-status-bench-'));
try {
  const file = join(folder, 'capture.ndjson');
  await writeCapture(file);
  const validate = [BIN, 'validate', '--quiet', file];
  const { a, b, ratio } = await comparePairs(
    () => timeCommand(process.execPath, validate),
    () => timeCommand(process.execPath, [LIMIT, file]),
    ROUNDS,
  );
  const rate = (/** @type {number} */ ms) => `${Math.round((EVENTS / ms) * 1000).toLocaleString('en')}/s`;
  const mebibytes = Math.round(statSync(file).size / 1024 / 1024);
  printTable(`validate, ${EVENTS.toLocaleString('en')} events, ${mebibytes} MiB, ${ROUNDS} pairs`, [
    ['what', 'rate', 'share', 'aim'],
    ['split lines and JSON.parse', rate(b), '', ''],
    ['validate', rate(a), `${Math.round(100 / ratio)} %`, '≥ 50 %'],
    ['peak memory', `${Math.round(await peakMemory(validate))} MiB`, '', '< 250 MiB'],
  ]);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
