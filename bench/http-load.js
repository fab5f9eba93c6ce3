// Loads an HTTP server from a process of its own: with wrk where it is installed, because it costs least beside
// the server it measures, else with autocannon.
import { execFile, execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const path = (/** @type {string} */ name) => new URL(name, import.meta.url).pathname;

/**
 * What a load came to; times in milliseconds.
 * @typedef {{ requests: number, perSecond: number, p50: number, p99: number }} Load
 */

function hasWrk() {
  try {
    execFileSync('wrk', ['--version'], { stdio: 'ignore' });
    return true;
  } catch (error) {
    // Its --version ends with 1; what is not there has no exit code.
    return error instanceof Error && 'status' in error && error.status !== null;
  }
}

/** What the requests are sent with. */
export const LOADED_WITH = hasWrk() ? 'wrk' : 'autocannon';

/**
 * Writes the event that is sent, with a gap for the uuid of its message; gives the file.
 * @param {string} folder
 * @returns {string}
 */
export function writeTemplate(folder) {
  const fixture = readFileSync(new URL('../fixtures/statuses/delivered.json', import.meta.url), 'utf8');
  const event = JSON.parse(fixture);
  event.payload.uuid = '{uuid}';
  const file = join(folder, 'template.json');
  writeFileSync(file, JSON.stringify(event));
  return file;
}

/**
 * Loads a server of this machine for some seconds, over connections that stay open.
 * @param {number} port
 * @param {{ template: string, connections: number, seconds: number, first: number }} options `first` is the
 *   number of the first message; every request is of a message of its own
 * @returns {Promise<Load>}
 */
export async function loadServer(port, { template, connections, seconds, first }) {
  const url = `http://127.0.0.1:${port}/`;
  const limits = ['-t1', `-c${connections}`, `-d${seconds}s`];
  const { stdout } =
    LOADED_WITH === 'wrk'
      ? await run('wrk', [...limits, '-s', path('support/fresh-events.lua'), url, '--', template, `${first}`])
      : await run(process.execPath, [
          path('support/cannon.js'),
          ...[url, template, first, connections, seconds].map(String),
        ]);
  const report = JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
  if (report.failed > 0) throw new Error(`${report.failed} requests were not answered with success`);
  const { requests, p50, p99 } = report;
  return { requests, perSecond: requests / report.seconds, p50, p99 };
}
