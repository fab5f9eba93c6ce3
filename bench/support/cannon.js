// What autocannon sends, in a process of its own: node cannon.js URL FILE FIRST CONNECTIONS SECONDS
// Takes and reports the same as fresh-events.lua does for wrk.
import { readFileSync } from 'node:fs';
import autocannon from 'autocannon';

const [url = '', file = '', first = '0', connections = '1', duration = '1'] = process.argv.slice(2);
const [before = '', after = ''] = readFileSync(file, 'utf8').split('{uuid}');
let number = Number(first);

const {
  requests,
  latency,
  duration: seconds,
  ...others
} = await autocannon({
  url,
  connections: Number(connections),
  duration: Number(duration),
  requests: [
    {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      setupRequest: (request) => {
        number += 1;
        return { ...request, body: before + number.toString(16).padStart(32, '0') + after };
      },
    },
  ],
});
const failed = others.errors + others.timeouts + others.non2xx;
console.log(
  JSON.stringify({ requests: requests.total, seconds, p50: latency.p50, p99: latency.p99, failed }),
);
