// Writes the generated fixtures and docs/fidelity.md with the built program.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { COUNTRIES } from '../../dist/domain/generate/fictional-numbers.js';
import { ASSUMPTIONS, FIDELITY } from '../../dist/domain/generate/fidelity.js';
import { fidelityPage } from './fidelity-page.js';
import { GENERATED_FIXTURES } from './fixtures.js';

const ROOT = new URL('../../', import.meta.url);
const BIN = new URL('bin/callbell-status.js', ROOT).pathname;

for (const folder of ['fixtures/statuses', 'fixtures/scenarios', 'docs']) {
  mkdirSync(new URL(folder, ROOT), { recursive: true });
}
for (const { file, argv } of GENERATED_FIXTURES) {
  writeFileSync(new URL(`fixtures/${file}`, ROOT), execFileSync(process.execPath, [BIN, ...argv]));
}
writeFileSync(new URL('docs/fidelity.md', ROOT), fidelityPage(FIDELITY, ASSUMPTIONS, COUNTRIES));
