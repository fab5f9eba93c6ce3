// The limit for `validate`: reads a file, splits its lines and parses each, and does nothing with them.
import { createReadStream } from 'node:fs';

let rest = Buffer.alloc(0);
let parsed = 0;
for await (const chunk of createReadStream(process.argv[2] ?? '', { highWaterMark: 512 * 1024 })) {
  const held = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
  let start = 0;
  for (let end = held.indexOf(10); end !== -1; end = held.indexOf(10, start)) {
    JSON.parse(held.toString('utf8', start, end));
    parsed += 1;
    start = end + 1;
  }
  rest = held.subarray(start);
}
console.log(parsed);
