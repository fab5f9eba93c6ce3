// Writes the generated fixtures and docs/fidelity.md with the built program.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { CATEGORIES } from '../../dist/domain/generate/categories.js';
import { ERAS } from '../../dist/domain/generate/era.js';
import { COUNTRIES } from '../../dist/domain/generate/fictional-numbers.js';
import { ASSUMPTIONS, FIDELITY } from '../../dist/domain/generate/fidelity.js';
import { VARIANTS } from '../../dist/domain/generate/variants.js';
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
const tables = {
  facts: FIDELITY,
  assumptions: ASSUMPTIONS,
  countries: COUNTRIES,
  eras: ERAS,
  variants: VARIANTS,
  categories: CATEGORIES,
};
writeFileSync(new URL('docs/fidelity.md', ROOT), fidelityPage(tables));
