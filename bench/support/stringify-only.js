// The limit for `simulate`: events that are ready in memory, written by JSON.stringify in chunks with
// back-pressure, and nothing else. Arguments: how many events, then the command that prints a sample of them.
import { execFileSync } from 'node:child_process';

const [count = '0', ...command] = process.argv.slice(2);
const printed = execFileSync(process.execPath, command, { maxBuffer: 2 ** 28 }).toString();
const events = printed
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line));

const CHUNK_LENGTH = 65_536;
let chunk = '';
for (let n = 0; n < Number(count); n += 1) {
  chunk += `${JSON.stringify(events[n % events.length])}\n`;
  if (chunk.length < CHUNK_LENGTH) continue;
  const text = chunk;
  chunk = '';
  await new Promise((resolve) => process.stdout.write(text, resolve));
}
process.stdout.write(chunk);
