// Writes fixtures/statuses with the built program: what it prints for each status, with a fixed seed and time.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';

const BIN = new URL('../../bin/callbell-status.js', import.meta.url).pathname;
const STATUSES = ['enqueued', 'sent', 'delivered', 'read', 'failed', 'mismatch', 'deleted'];

for (const status of STATUSES) {
  const fixed = ['--seed', '7', '--now', '2026-01-31T14:03:00Z'];
  const event = execFileSync(process.execPath, [BIN, 'simulate', '--quiet', '--status', status, ...fixed]);
  writeFileSync(new URL(`../../fixtures/statuses/${status}.json`, import.meta.url), event);
}
