import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MESSAGE_STATUSES } from '../../src/domain/status.ts';
import { suggestStatus } from '../../src/domain/status-synonyms.ts';
import { validateEvent } from '../../src/domain/validate/event.ts';
import { runCli } from '../support/cli.ts';
import { minimalEvent } from '../support/events.ts';

const WORDS: readonly (readonly [string, string | undefined])[] = [
  ['undelivered', 'failed'],
  ['Undelivered', 'failed'],
  ['undeliverd', 'failed'],
  ['not delivered', 'failed'],
  ['undeliverable', 'failed'],
  ['delivery-failed', 'failed'],
  ['error', 'failed'],
  ['rejected', 'failed'],
  ['expired', 'failed'],
  ['seen', 'read'],
  ['viewed', 'read'],
  ['opened', 'read'],
  ['played', 'read'],
  ['accepted', 'enqueued'],
  ['queued', 'enqueued'],
  ['submitted', 'enqueued'],
  ['pending', 'enqueued'],
  ['sending', 'sent'],
  ['dispatched', 'sent'],
  ['delivered_to_recipient', 'delivered'],
  ['removed', 'deleted'],
  ['revoked', 'deleted'],
  ['deliverd', 'delivered'],
  ['raed', 'read'],
  ['banana', undefined],
];

describe('a word that is no status', () => {
  it.each(WORDS)('%s: did you mean %s?', (word, meant) => {
    expect(suggestStatus(word)).toBe(meant);
    const { problems } = validateEvent(JSON.parse(minimalEvent('a'.repeat(32), word)));
    const found = problems.find(({ code }) => code === 'unknown-status');
    expect(found !== undefined && 'suggestion' in found ? found.suggestion : undefined).toBe(meant);
  });

  it.each(WORDS.filter(([, meant]) => meant !== undefined))(
    'simulate --status %s names %s',
    async (word, meant) => {
      const { code, stderr } = await runCli(['simulate', '--status', word.toLowerCase()]);
      expect(code).toBe(2);
      expect(stderr).toContain(`Did you mean "${meant}"?`);
      // A word of Meta that explain knows.
      if (word === 'played') return;
      expect((await runCli(['explain', word])).stderr).toContain(`did you mean "${meant}"?`);
    },
  );

  it('is suggested as itself where it is a status', () => {
    fc.assert(
      fc.property(fc.constantFrom(...MESSAGE_STATUSES), (status) => {
        expect(suggestStatus(` ${status.toUpperCase()} `)).toBe(status);
      }),
    );
  });
});
