// Writes what the table of rules says: docs/rules.md, and fixtures/invalid with one capture for each code.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { RULE_PAGES } from '../../dist/domain/validate/rule-pages.js';
import { RULES } from '../../dist/domain/validate/rules.js';
import { fixtureName, rulesDocument } from './rules-document.js';

const root = new URL('../../', import.meta.url);
const folder = new URL('fixtures/invalid/', root);
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder);
for (const [code, { capture, latin1 }] of Object.entries(RULE_PAGES)) {
  writeFileSync(
    new URL(fixtureName(code, capture.bad), folder),
    Buffer.from(capture.bad, latin1 ? 'latin1' : 'utf8'),
  );
}
writeFileSync(new URL('docs/rules.md', root), rulesDocument(RULES, RULE_PAGES));
