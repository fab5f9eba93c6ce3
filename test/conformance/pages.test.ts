import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { CASE_IDS, CASES } from '../../src/domain/conformance/cases.ts';
import { explainTopic } from '../../src/domain/explanation.ts';
import { runCli } from '../support/cli.ts';
import { CASES_TITLE, caseSections } from '../support/conformance-document.js';
import { startHandler } from './handlers.ts';

const PAGE = readFileSync('docs/conformance.md', 'utf8');

it('docs/conformance.md has every case as the table has it (npm run conformance-page)', () => {
  expect(PAGE.split(CASES_TITLE)[1]).toBe(caseSections(CASES));
});

it('explains every case by its name', async () => {
  for (const id of CASE_IDS) expect(explainTopic(id)).toMatchObject({ topic: 'case', name: id });
  const { code, stdout } = await runCli(['explain', 'concurrent-duplicate']);
  expect([code, stdout]).toEqual([
    0,
    expect.stringContaining('conformance <url> --case concurrent-duplicate'),
  ]);
});

const commands = [...PAGE.matchAll(/^```sh\n([\s\S]*?)^```/gm)]
  .flatMap(([, block = '']) => block.split('\n'))
  .filter((line) => line.startsWith('callbell-status '));

it.each(commands)('%s works', async (line) => {
  const { url } = await startHandler({ verifies: false });
  // One case is enough to see that it runs; an app and a probe are tried in the tests of the command.
  const argv = line
    .replace(/ --probe '.*'/, '')
    .replace(/ -- npm start/, '')
    .replace('3000/webhooks', `${url.href} --case answer-200`)
    .split(' ')
    .slice(1);
  const { code, stdout } = await runCli(argv);
  expect([code, stdout]).toEqual([0, expect.stringContaining('answer-200')]);
});
