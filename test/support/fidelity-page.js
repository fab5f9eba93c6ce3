const PARTS = {
  envelope: ['The envelope', 'below the event'],
  contact: ['The contact', 'below `payload.contact`'],
  gupshup: ['`--provider gupshup`', 'below `payload.messageStatusPayload`'],
  cloud: ['`--provider cloud`', 'below `payload.messageStatusPayload`'],
};

/**
 * The tables that the page is made from.
 * @typedef {{
 *   facts: readonly { part: string, field: string, origin: string, throughCallbell: string, date: string, source: string }[],
 *   assumptions: readonly string[],
 *   countries: Readonly<Record<string, { name: string, kind: string, origin: string, source: string }>>,
 *   eras: Readonly<Record<string, { meaning: string, first: string, last?: string }>>,
 *   variants: Readonly<Record<string, { meaning: string, origin: string, providers: readonly string[], since?: string }>>,
 *   categories: Readonly<Record<string, { meaning: string, origin: string }>>,
 * }} FidelityTables
 */

/**
 * The text of docs/fidelity.md.
 * @param {FidelityTables} tables
 * @returns {string}
 */
export function fidelityPage({ facts, assumptions, countries, eras, variants, categories }) {
  const sections = Object.entries(PARTS).flatMap(([part, [title, place]]) => [
    `## ${title}`,
    '',
    `Fields ${place}; \`[]\` is any index, \`*\` any key.`,
    '',
    "| field | known | in Callbell's event | as of | source, or why it is assumed |",
    '|---|---|---|---|---|',
    ...facts
      .filter((fact) => fact.part === part)
      .map(
        ({ field, origin, throughCallbell, date, source }) =>
          `| \`${field}\` | ${origin} | ${throughCallbell} | ${date} | ${source} |`,
      ),
    '',
  ]);
  return [
    '# How true a generated event is',
    '',
    'Every field that `simulate` generates, and how it is known: *documented* by the owner of the format, *seen* in',
    'traffic, fixtures or code of others, or *assumed* by us, because nothing public says so. What the provider documents',
    "is not yet known to be in Callbell's event: that has a column of its own. This page is written from",
    'the table that the program itself uses (`npm run fixtures`); a test fails when the two differ, and another one',
    'when a field is generated that is not in it. `simulate --verbose` names what is assumed in the events at hand.',
    '',
    'The texts of failures have an origin each: `callbell-status explain 131049`.',
    '',
    ...sections,
    '## Eras (`--era`)',
    '',
    'Forms that belong together; one event has those of one era only, and the last one is the default.',
    '',
    '| era | from | to | forms |',
    '|---|---|---|---|',
    ...Object.entries(eras).map(
      ([name, { meaning, first, last = '' }]) => `| \`${name}\` | ${first} | ${last} | ${meaning} |`,
    ),
    '',
    '## Categories (`--category`)',
    '',
    '| category | known | meaning |',
    '|---|---|---|',
    ...Object.entries(categories).map(
      ([name, { meaning, origin }]) => `| \`${name}\` | ${origin} | ${meaning} |`,
    ),
    '',
    '## Variants (`--variant`)',
    '',
    '| variant | provider | since | known | form |',
    '|---|---|---|---|---|',
    ...Object.entries(variants).map(
      ([name, { meaning, origin, providers, since = '' }]) =>
        `| \`${name}\` | ${providers.join(', ')} | ${since} | ${origin} | ${meaning} |`,
    ),
    '',
    '## The numbers',
    '',
    'Generated numbers reach nobody, as `--country` says. Where a regulator keeps numbers for fiction, those are drawn.',
    'Where no such range was found, numbers of a prefix are drawn that is only *unassigned* today: nobody promised to keep',
    'it free, so it is checked again every year.',
    '',
    '| country | numbers | known | source |',
    '|---|---|---|---|',
    ...Object.values(countries).map(
      ({ name, kind, origin, source }) =>
        `| ${name} | ${kind === 'reserved' ? 'reserved for fiction' : 'unassigned only'} | ${origin} | ${source} |`,
    ),
    '',
    '## Assumed of more than one field',
    '',
    ...assumptions.map((assumption) => `- ${assumption}`),
    '',
    '## Assumed of what is received',
    '',
    '- A connection check by POST has no body, or one line of at most 100 characters without brackets and quotes. That some',
    '  checks have a body that is not JSON was seen; what it says is not known.',
    '- Connection checks may come without a signature.',
    '- One good answer ends a row of failures that Callbell counts.',
    '',
  ].join('\n');
}
