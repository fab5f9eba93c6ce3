import { describe, expect, it } from 'vitest';
import { EVENT_SCHEMA } from '../../src/domain/event-schema.ts';
import { looksLike } from '../../src/domain/validate/looks-like.ts';
import { sourceNodes } from './syntax.ts';

// The checker's own JavaScript, on every machine: a native program beside it would be another one on each.
process.env.RECHECK_BACKEND = 'pure';
const { checkSync } = await import('recheck');

interface Pattern {
  readonly pattern: string;
  readonly flags: string;
  readonly place: string;
}

/** Fixed work instead of time limits: the verdict must not depend on the machine. */
const PARAMETERS = {
  timeout: null,
  attackTimeout: null,
  incubationTimeout: null,
  recallTimeout: null,
  randomSeed: 1,
  maxNFASize: 3000,
  maxIteration: 3,
  maxInitialGenerationSize: 100,
  maxGenerationSize: 30,
  crossoverSize: 5,
  mutationSize: 10,
} as const;

/** Patterns that the checker calls polynomial, and why each takes linear time all the same. */
const LINEAR_BY_BOUND: Readonly<Record<string, string>> = {
  '[0-9A-F]{16,32}(?=\\0$)': 'at most 32 steps from each character',
};

const literals: Pattern[] = [];
const composed: string[] = [];
for (const { node, place, code } of sourceNodes()) {
  const { regex } = node as { regex?: { pattern: string; flags: string } };
  if (regex !== undefined) literals.push({ ...regex, place });
  if (/^(?:new )?RegExp\(/.test(code) && /^(?:New|Call)Expression$/.test(node.type)) composed.push(place);
  // A text where a regular expression is expected becomes one.
  if (/^[^(]*\.(?:match|matchAll|search)\(['"`]/.test(code) && node.type === 'CallExpression')
    composed.push(place);
}

/** The patterns of the schema, which `shape.ts` compiles. */
function* schemaPatterns(schema: object): Generator<Pattern> {
  for (const [key, value] of Object.entries(schema)) {
    if (key === 'pattern' && typeof value === 'string')
      yield { pattern: value, flags: '', place: 'EVENT_SCHEMA' };
    else if (typeof value === 'object' && value !== null) yield* schemaPatterns(value);
  }
}

const all = [...literals, ...schemaPatterns(EVENT_SCHEMA)];
const distinct = [...new Map(all.map((each) => [`/${each.pattern}/${each.flags}`, each])).values()];

describe('every regular expression of the program takes linear time', () => {
  it('and all are found', () => {
    expect(literals.length).toBeGreaterThan(200);
    expect(composed.filter((place) => !place.startsWith('src/domain/validate/shape.ts:'))).toEqual([]);
    const used = new Set(distinct.map(({ pattern }) => pattern));
    expect(Object.keys(LINEAR_BY_BOUND).filter((pattern) => !used.has(pattern))).toEqual([]);
  });

  it.each(distinct.filter(({ pattern }) => !(pattern in LINEAR_BY_BOUND)))(
    '$place /$pattern/$flags',
    ({ pattern, flags }) => {
      expect(checkSync(pattern, flags, PARAMETERS)).toMatchObject({ status: 'safe' });
    },
  );
});

/** Characters that a pattern may treat in its own way. */
const CHARACTERS = [...' \t\n\r,;:=\'"`{}[]()<>/\\|&%$#@!?*+-_.~^0aAeN\u00a0\ufeff\ufffdé'];
const LONG = 4096;

describe('a text that is not JSON is told apart in linear time, whatever it repeats', () => {
  it.each(CHARACTERS)('%j, alone and with every other', (one) => {
    const begun = process.cpuUsage();
    let texts = 0;
    for (const other of CHARACTERS) {
      for (const text of [(one + other).repeat(LONG / 2), `a,b${(one + other).repeat(LONG / 2)}"\n`]) {
        looksLike(text);
        texts += 1;
      }
    }
    const { user } = process.cpuUsage(begun);
    // A text of 4,096 characters takes about 0.1 ms.
    expect(user / 1000 / texts).toBeLessThan(20);
  });

  it.each([
    ['words with commas and no line feed', Array.from({ length: 35 }, (_, n) => `word ${n}`).join(', ')],
    ['a table whose header is long', `${Array.from({ length: 600 }, (_, n) => `column_${n}`).join(',')}\n`],
    ['separators before a quote', `a,b${','.repeat(4000)}"\n`],
  ])('%s', (_name, text) => {
    const begun = process.cpuUsage();
    looksLike(text);
    expect(process.cpuUsage(begun).user / 1000).toBeLessThan(200);
  });
});
