// Writes the modules of the failure table from fixtures/failure-codes.json.
import { readFileSync, writeFileSync } from 'node:fs';
import { failureOriginsModule, failureRowsModule } from './failure-modules.js';

const ROOT = new URL('../../', import.meta.url);
const entries = JSON.parse(readFileSync(new URL('fixtures/failure-codes.json', ROOT), 'utf8'));

writeFileSync(new URL('src/domain/failure-rows.ts', ROOT), failureRowsModule(entries));
writeFileSync(new URL('src/domain/failure-origins.ts', ROOT), failureOriginsModule(entries));
