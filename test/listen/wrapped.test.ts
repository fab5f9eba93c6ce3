import { expect, it } from 'vitest';
import { findEventInside } from '../../src/domain/arrival/find-inside.ts';
import { startCli } from '../support/cli.ts';
import { minimalEvent } from '../support/events.ts';
import { post } from '../support/listener.ts';

const EVENT = JSON.parse(minimalEvent('a'.repeat(32), 'read')) as object;
const item = { headers: {}, params: {}, query: {}, body: EVENT };

it.each([
  ['an item of a workflow', item, 'body'],
  ['a list of items', [item], '[0].body'],
  ['an item with its data', [{ json: item }], '[0].json.body'],
  ['an item with the body as a text', { ...item, body: JSON.stringify(EVENT) }, 'body'],
  ['an event as a text', JSON.stringify(EVENT), ''],
  ['a list', [EVENT], '[0]'],
  ['something else', { body: { ok: true }, list: [EVENT] }, undefined],
])('finds the event in %s', (_name, value, path) => {
  expect(findEventInside(value)).toBe(path);
});

it('is an error to listen as it would be one to a handler, with a word on where the event is', async () => {
  const run = startCli(['listen', '--port', '0']);
  const [, url = ''] = await run.stderr.until(/(http:\/\/127\.0\.0\.1:\d+)/);
  await post(url, JSON.stringify([item]));
  await run.stdout.until(/error\[not-an-object\][\s\S]*the event is inside, at \[0\]\.body/);
  run.interrupt();
  await run.exitCode;
  expect(run.stdout.text).toContain('0 events');
});
