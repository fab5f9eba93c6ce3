// How long the program takes to start, as a multiple of what Node itself takes to start and do nothing.
import { comparePairs, printTable, timeCommand } from './measure.js';

const BIN = new URL('../bin/callbell-status.js', import.meta.url).pathname;
const FIXTURE = new URL('../fixtures/statuses/read.json', import.meta.url).pathname;
const ROUNDS = 21;

const CASES = [
  { argv: ['--version'], aim: 1.4 },
  { argv: ['simulate', '--status', 'failed'], aim: 1.6 },
  { argv: ['validate', FIXTURE], aim: 2.3 },
];

const rows = [['command', 'median ms', 'node -e 0', 'ratio', 'aim']];
for (const { argv, aim } of CASES) {
  const { a, b, ratio } = await comparePairs(
    () => timeCommand(process.execPath, [BIN, ...argv]),
    () => timeCommand(process.execPath, ['-e', '0']),
    ROUNDS,
  );
  const name = argv.join(' ').replace(FIXTURE, 'fixtures/statuses/read.json');
  rows.push([name, a.toFixed(1), b.toFixed(1), ratio.toFixed(2), `≤ ${aim}`]);
}
printTable(`start-up, ${ROUNDS} pairs`, rows);
