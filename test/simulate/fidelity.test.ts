import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { StatusEvent } from '../../src/domain/event.ts';
import { CATEGORIES, CATEGORY_NAMES } from '../../src/domain/generate/categories.ts';
import { CONTACT_KINDS, type ContactKind } from '../../src/domain/generate/contact.ts';
import {
  createEntropy,
  HEX_PLACES,
  NUMBER_PLACES,
  WORDS_OF_MESSAGE,
} from '../../src/domain/generate/entropy.ts';
import { ERA_NAMES, ERAS } from '../../src/domain/generate/era.ts';
import { generateScenario } from '../../src/domain/generate/event.ts';
import { COUNTRIES } from '../../src/domain/generate/fictional-numbers.ts';
import { ASSUMPTIONS, FIDELITY } from '../../src/domain/generate/fidelity.ts';
import { fieldsOf } from '../../src/domain/generate/fidelity-of.ts';
import type { MessageOptions } from '../../src/domain/generate/run.ts';
import { SCENARIO_NAMES } from '../../src/domain/generate/scenarios.ts';
import { hasVariant, VARIANT_NAMES, VARIANTS } from '../../src/domain/generate/variants.ts';
import { runCli } from '../support/cli.ts';
import { fidelityPage } from '../support/fidelity-page.js';

const KINDS = Object.keys(CONTACT_KINDS) as ContactKind[];

const PROVIDERS = ['gupshup', 'cloud', 'none'] as const;

/** Options of runs of every provider, era and contact kind, with and without all variants. */
function everyKindOfRun(): MessageOptions[] {
  return PROVIDERS.flatMap((provider) =>
    ERA_NAMES.flatMap((era) => {
      const name = provider === 'none' ? undefined : provider;
      const all = VARIANT_NAMES.filter((variant) => hasVariant(variant, name, era));
      const withFields = all.filter((variant) => variant !== 'no-pricing' && variant !== 'number-only');
      const kinds = KINDS.filter((kind) => kind !== 'bsuid' || ERAS[era].hasBsuids);
      return kinds.flatMap((contact) =>
        [[], withFields].map((variants) => ({ provider, era, contact, variants, metadata: { order: '7' } })),
      );
    }),
  );
}

/** Events of every kind of run and every scenario, of each category in turn. */
function everyKindOfEvent(): StatusEvent[] {
  const entropy = createEntropy({ seed: 7, now: new Date(0) });
  let nth = 0;
  return everyKindOfRun().flatMap((run) =>
    SCENARIO_NAMES.flatMap((scenario) => {
      nth += 1;
      return generateScenario(
        { ...run, scenario, category: CATEGORY_NAMES[nth % CATEGORY_NAMES.length] },
        entropy,
      );
    }),
  );
}

describe('the fidelity table', () => {
  it('has a row for every field that is generated, and no other', () => {
    const fields = new Set(everyKindOfEvent().flatMap((event) => fieldsOf(event)));
    expect([...fields].filter((field) => !('origin' in field))).toEqual([]);
    expect(FIDELITY.filter((fact) => !fields.has(fact))).toEqual([]);
  });

  it('is what docs/fidelity.md says', () => {
    const tables = {
      facts: FIDELITY,
      assumptions: ASSUMPTIONS,
      countries: COUNTRIES,
      eras: ERAS,
      variants: VARIANTS,
      categories: CATEGORIES,
    };
    expect(readFileSync('docs/fidelity.md', 'utf8')).toBe(fidelityPage(tables));
  });

  it("claims to be in Callbell's examples only what is in them", () => {
    const examples: readonly (readonly [RegExp, readonly string[]])[] = [
      [/in both examples/, ['type', 'destination', 'id']],
      [/example of read/, ['gsId', 'payload.ts']],
      [/example of enqueued/, ['payload.whatsappMessageId', 'payload.type']],
    ];
    for (const [words, fields] of examples) {
      const claimed = FIDELITY.filter(({ part, source }) => part === 'gupshup' && words.test(source));
      expect(claimed.map(({ field }) => field)).toEqual(fields);
    }
    const seen = FIDELITY.filter(
      ({ part, throughCallbell }) => part === 'cloud' && throughCallbell !== 'assumed',
    );
    expect(
      seen.every(({ field }) =>
        /statuses\[\]\.(status|errors\[\]\.(code|title|message|error_data\.details))$/.test(field),
      ),
    ).toBe(true);
  });
});

describe('the layout of random draws', () => {
  it('is pinned: places are added at the end, never moved', () => {
    expect(HEX_PLACES).toEqual([
      'uuid',
      'contact',
      'chat',
      'gupshup',
      'whatsapp',
      'inbound',
      'conversation',
      'failure',
    ]);
    expect(NUMBER_PLACES.join(' ')).toBe(
      'country phone name tag createdDay createdSecond start scenario bsuidHigh bsuidLow toSent toDelivered toRead toFailed toDeleted category window failure rareFailure corrected oddName agent note customFields avatar closed team phoneNumberId template toMismatch',
    );
    expect(WORDS_OF_MESSAGE).toBe(96);
    // Twelve ids of four words, and the rest are numbers: room for at least four ids and a dozen numbers more.
    expect(HEX_PLACES.length).toBeLessThanOrEqual(8);
    expect(NUMBER_PLACES.length).toBeLessThanOrEqual(WORDS_OF_MESSAGE - 12 * 4 - 12);
  });

  it('gives every place numbers of its own', () => {
    const draws = createEntropy({ seed: 7, now: new Date(0) }).nextMessage();
    expect(new Set(NUMBER_PLACES.map((place) => draws.fraction(place))).size).toBe(NUMBER_PLACES.length);
    expect(new Set(HEX_PLACES.map((place) => draws.hex(place))).size).toBe(HEX_PLACES.length);
  });

  it('gives the same messages to a copy', () => {
    const entropy = createEntropy({ seed: 7, now: new Date(0) });
    for (let n = 0; n < 21; n += 1) entropy.nextMessage();
    const copy = entropy.copy();
    const next = (from: typeof entropy) => Array.from({ length: 40 }, () => from.nextMessage().hex('uuid'));
    expect(next(copy)).toEqual(next(entropy));
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
      const fixed = ['--seed', '4294967295', '--now', '2026-09-30T14:03:00Z', '--json', '-q'];
      hash.update((await runCli(['simulate', ...flags, ...fixed])).stdout);
    }
    expect(hash.digest('hex')).toMatchInlineSnapshot(
      `"001339ae6705a2b7660f698b873810e0a7f526016f3413abeb36189335da7d50"`,
    );
  });
});
