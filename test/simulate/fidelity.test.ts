import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CONTACT_KINDS, type ContactKind } from '../../src/domain/generate/contact.ts';
import { createEntropy } from '../../src/domain/generate/entropy.ts';
import { generateScenario } from '../../src/domain/generate/event.ts';
import { COUNTRIES } from '../../src/domain/generate/fictional-numbers.ts';
import { ASSUMPTIONS, FIDELITY } from '../../src/domain/generate/fidelity.ts';
import { fieldsOf } from '../../src/domain/generate/fidelity-of.ts';
import { SCENARIO_NAMES } from '../../src/domain/generate/scenarios.ts';
import { runCli } from '../support/cli.ts';
import { fidelityPage } from '../support/fidelity-page.js';

const KINDS = Object.keys(CONTACT_KINDS) as ContactKind[];

function everyKindOfEvent() {
  const entropy = createEntropy({ seed: 7, now: new Date(0) });
  return (['gupshup', 'cloud', 'none'] as const).flatMap((provider) =>
    KINDS.flatMap((contact) =>
      SCENARIO_NAMES.flatMap((scenario) =>
        generateScenario({ provider, contact, scenario, metadata: { order: '7' } }, entropy),
      ),
    ),
  );
}

describe('the fidelity table', () => {
  it('has a row for every field that is generated, and no other', () => {
    const fields = new Set(everyKindOfEvent().flatMap((event) => fieldsOf(event)));
    expect([...fields].filter((field) => !('origin' in field))).toEqual([]);
    expect(FIDELITY.filter((fact) => !fields.has(fact))).toEqual([]);
  });

  it('is what docs/fidelity.md says', () => {
    expect(readFileSync('docs/fidelity.md', 'utf8')).toBe(fidelityPage(FIDELITY, ASSUMPTIONS, COUNTRIES));
  });
});

describe('the same seed and time', () => {
  it('give the same bytes on every version of Node, for all there is', async () => {
    const hash = createHash('sha256');
    for (const provider of ['gupshup', 'cloud', 'none']) {
      const flags = [
        '-p',
        provider,
        '-S',
        'all',
        '-n',
        '40',
        '--interleave',
        '--country',
        'all',
        '--contact',
        'full',
      ];
      const fixed = ['--seed', '4294967295', '--now', '2026-01-31T14:03:00Z', '--json', '-q'];
      hash.update((await runCli(['simulate', ...flags, ...fixed])).stdout);
    }
    expect(hash.digest('hex')).toMatchInlineSnapshot(
      `"26465e7d4b2e268066ccf8c395574a825e904a2d8c00ef9cbb64b6e047967e87"`,
    );
  });
});
