// What a listener acknowledged and what is in its file, when it is killed in the middle of load. Not about
// speed: the number in the column "lost" must be 0, whatever the others are.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { killUnderLoad } from '../test/support/kill-listener.js';
import { printTable } from './measure.js';

const KILLS = 24;
const MOST_ANSWERS = 8000;

const folder = mkdtempSync(join(tmpdir(), 'callbell-status-kill-'));
try {
  const rows = [['kill', 'sent', 'acknowledged', 'recorded', 'lost', 'torn end']];
  const total = { sent: 0, acknowledged: 0, recorded: 0, lost: 0, tornEnd: 0 };
  for (let kill = 1; kill <= KILLS; kill += 1) {
    // All kills but every third one leave their file to the next run, which appends to it.
    const file = join(folder, `${Math.ceil(kill / 3)}.ndjson`);
    const result = await killUnderLoad(file, 1 + Math.floor(Math.random() * MOST_ANSWERS));
    const { sent, acknowledged, recorded, lost, tornEnd } = result;
    rows.push([kill, sent, acknowledged, recorded, lost.length, tornEnd ? 'yes' : 'no'].map(String));
    total.sent += sent;
    total.acknowledged += acknowledged;
    total.recorded += recorded;
    total.lost += lost.length;
    total.tornEnd += tornEnd ? 1 : 0;
  }
  rows.push(['all', ...Object.values(total).map(String)]);
  printTable(`SIGKILL in the middle of load, ${KILLS} times`, rows);
  if (total.lost > 0) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
