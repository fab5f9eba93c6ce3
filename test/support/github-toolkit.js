// Writes annotations as GitHub's own toolkit does, which writes to the output of its process only:
// a JSON array of {level, message, properties} comes in, workflow commands go out.
import { readFileSync } from 'node:fs';
import * as core from '@actions/core';

/** @type {{ level: 'error' | 'warning' | 'notice', message: string, properties: core.AnnotationProperties }[]} */
const annotations = JSON.parse(readFileSync(0, 'utf8'));
for (const { level, message, properties } of annotations) core[level](message, properties);
