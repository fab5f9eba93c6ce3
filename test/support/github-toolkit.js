// Writes annotations as GitHub's own toolkit does, which writes to the output of its process only:
// a JSON array of {level, message, properties} comes in, workflow commands go out.
import { readFileSync } from 'node:fs';
import { error, notice, warning } from '@actions/core';

const write = { error, notice, warning };
/** @type {{ level: keyof typeof write, message: string, properties: object }[]} */
const annotations = JSON.parse(readFileSync(0, 'utf8'));
for (const { level, message, properties } of annotations) write[level](message, properties);
