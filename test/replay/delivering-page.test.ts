import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { DELIVERY_FAILURES } from '../../src/domain/delivery/delivery.ts';

test('docs/delivering.md has a row for each failure, with what is known of it', () => {
  const page = readFileSync(new URL('../../docs/delivering.md', import.meta.url), 'utf8');
  const rows = [...page.matchAll(/^\| `([a-z-]+)` \|.*\| (yes|no) \| (yes|no) \|$/gm)];
  const documented = rows.map(([, failure = '', reached, passing]) => [
    failure,
    { reached: reached === 'yes', passing: passing === 'yes' },
  ]);
  expect(documented).toEqual(Object.entries(DELIVERY_FAILURES));
});
