// A bounded HTTP load: some keep-alive connections, each sending its next request when the last is answered.
// Raw sockets, so that the client costs little beside the server it measures. Prints one line of JSON.
//   node bench/load-client.js <port> <requests> <connections> [number of the first message]
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';

const [port = 0, total = 0, connections = 50, first = 0] = process.argv.slice(2).map(Number);

const event = JSON.stringify(
  JSON.parse(readFileSync(new URL('../fixtures/statuses/delivered.json', import.meta.url), 'utf8')),
);
const UUID = /"uuid":"([0-9a-f]{32})","status"/;
const found = UUID.exec(event);
if (found?.[1] === undefined) throw new Error('the fixture has no uuid in front of its status');
const at = found.index + '"uuid":"'.length;
const [before, after] = [event.slice(0, at), event.slice(at + 32)];
const head = `POST / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(event)}\r\n\r\n`;

/** Every request is of a message of its own. */
const requestOf = (/** @type {number} */ n) =>
  head + before + (first + n).toString(16).padStart(32, '0') + after;

const latencies = new Float64Array(total);
let sent = 0;
let answered = 0;
const began = performance.now();

/** @returns {Promise<void>} */
function drive() {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    socket.setNoDelay(true);
    let sentAt = 0;
    let received = '';
    const next = () => {
      if (sent >= total) {
        socket.end();
        resolve();
        return;
      }
      sentAt = performance.now();
      socket.write(requestOf(sent++));
    };
    socket.on('connect', next);
    socket.on('data', (chunk) => {
      received += chunk.toString('latin1');
      const end = received.indexOf('\r\n\r\n');
      if (end === -1) return;
      const length = Number(/content-length: (\d+)/i.exec(received)?.[1] ?? 0);
      if (received.length < end + 4 + length) return;
      if (!received.startsWith('HTTP/1.1 200')) reject(new Error(`answered ${received.slice(0, 60)}`));
      received = '';
      latencies[answered++] = performance.now() - sentAt;
      next();
    });
    socket.on('error', reject);
  });
}

await Promise.all(Array.from({ length: connections }, drive));
const seconds = (performance.now() - began) / 1000;
const sorted = latencies.sort();
const percentile = (/** @type {number} */ share) => sorted[Math.min(total - 1, Math.floor(total * share))];
console.log(JSON.stringify({ perSecond: total / seconds, p50: percentile(0.5), p99: percentile(0.99) }));
