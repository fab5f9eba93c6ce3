// Loads a listener that records, kills it with SIGKILL in the middle, and compares what it acknowledged with
// what is in its file.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';

const BIN = new URL('../../bin/callbell-status.js', import.meta.url).pathname;

/**
 * What one kill came to.
 * @typedef {object} KillResult
 * @property {number} sent requests that were begun
 * @property {number} acknowledged requests whose whole answer of 200 came
 * @property {number} recorded whole lines in the file
 * @property {string[]} lost uuids that were acknowledged and are not in the file
 * @property {number} tornLines lines that are no JSON, save the last one
 * @property {boolean} tornEnd the last line is unfinished
 */

/**
 * One round: start, load, kill after so many answers, compare.
 * @param {string} file what it records to; earlier lines are left out of the figures
 * @param {number} killAfter how many answers to wait for
 * @param {string[]} flags further flags
 * @returns {Promise<KillResult>}
 */
export async function killUnderLoad(file, killAfter, flags = []) {
  const before = linesOf(file).length;
  const args = [BIN, 'listen', '--port', '0', '--json', '--record', file, ...flags];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  const exited = new Promise((resolve) => child.once('exit', resolve));
  const port = await portOf(child.stdout);
  const prefix = `${Date.now().toString(16)}${Math.floor(Math.random() * 2 ** 32).toString(16)}`;
  const load = startLoad(port, prefix, (answered) => {
    if (answered === killAfter) child.kill('SIGKILL');
  });
  await Promise.all([exited, load.ended]);
  const lines = linesOf(file);
  const recorded = new Set();
  let tornLines = 0;
  for (const line of lines.slice(0, -1)) {
    try {
      recorded.add(JSON.parse(JSON.parse(line).body).payload.uuid);
    } catch {
      tornLines += 1;
    }
  }
  return {
    sent: load.sent.size,
    acknowledged: load.acknowledged.size,
    recorded: lines.length - Math.max(before, 1),
    lost: [...load.acknowledged].filter((uuid) => !recorded.has(uuid)),
    tornLines,
    tornEnd: lines.at(-1) !== '',
  };
}

/**
 * @param {string} file
 * @returns {string[]}
 */
function linesOf(file) {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch {
    return [];
  }
}

/**
 * @param {import('node:stream').Readable} stdout
 * @returns {Promise<number>}
 */
function portOf(stdout) {
  return new Promise((resolve, reject) => {
    let text = '';
    stdout.on('data', (chunk) => {
      if (text.includes('\n')) return;
      text += chunk;
      if (text.includes('\n')) resolve(JSON.parse(text.split('\n', 1)[0] ?? '').port);
    });
    stdout.on('end', () => reject(new Error('it did not start')));
  });
}

const CONNECTIONS = 20;

/** Requests that each connection has under way (pipelining). */
const DEPTH = 8;

const ANSWER_END = '{"status":"ok"}';

/**
 * @param {number} port
 * @param {string} prefix
 * @param {(answered: number) => void} onAnswer
 */
function startLoad(port, prefix, onAnswer) {
  const sent = new Set();
  const acknowledged = new Set();
  let n = 0;
  const drive = () =>
    new Promise((resolve) => {
      const socket = connect(port, '127.0.0.1');
      /** @type {string[]} in the order of the answers */
      const underWay = [];
      let received = '';
      const next = () => {
        const uuid = prefix.padEnd(24, '0') + (n++).toString(16).padStart(8, '0');
        const body = JSON.stringify({ event: 'message_status_updated', payload: { uuid, status: 'sent' } });
        sent.add(uuid);
        underWay.push(uuid);
        socket.write(`POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
      };
      socket.on('connect', () => {
        for (let index = 0; index < DEPTH; index += 1) next();
      });
      socket.on('data', (chunk) => {
        received += chunk;
        for (;;) {
          const end = received.indexOf(ANSWER_END);
          if (end === -1 || !received.startsWith('HTTP/1.1 200')) return;
          received = received.slice(end + ANSWER_END.length);
          acknowledged.add(underWay.shift());
          onAnswer(acknowledged.size);
          next();
        }
      });
      // The connection breaks off when the listener is killed; that is the end of this part of the load.
      socket.on('error', () => {});
      socket.on('close', resolve);
    });
  return { sent, acknowledged, ended: Promise.all(Array.from({ length: CONNECTIONS }, drive)) };
}
