// Writes the cases into docs/conformance.md, below its text.
import { readFileSync, writeFileSync } from 'node:fs';
import { CASES } from '../../dist/domain/conformance/cases.js';
import { CASES_TITLE, caseSections } from './conformance-document.js';

const page = new URL('../../docs/conformance.md', import.meta.url);
const [text] = readFileSync(page, 'utf8').split(CASES_TITLE);
writeFileSync(page, `${text}${CASES_TITLE}${caseSections(CASES)}`);
