// Delivers a capture as the command does and says how much memory that took at most, in MiB.
import { main } from '../dist/cli/main.js';

const [capture = '', url = ''] = process.argv.slice(2);
const never = new AbortController().signal;
const sink = Object.assign(new (await import('node:stream')).PassThrough().resume(), { isTTY: false });
const environment = {
  stdin: process.stdin,
  stdout: sink,
  stderr: sink,
  variables: {},
  signal: never,
  secondSignal: () => never,
  pid: process.pid,
  now: () => new Date(),
  randomSeed: () => 1,
};
const exitCode = await main(['replay', capture, '--to', url, '-c', '50', '--json'], environment);
process.send?.({ exitCode, peakMiB: process.resourceUsage().maxRSS / 1024 });
