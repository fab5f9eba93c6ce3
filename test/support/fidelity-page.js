const PARTS = {
  envelope: ['The envelope', 'below the event'],
  contact: ['The contact', 'below `payload.contact`'],
  gupshup: ['`--provider gupshup`', 'below `payload.messageStatusPayload`'],
  cloud: ['`--provider cloud`', 'below `payload.messageStatusPayload`'],
};

/**
 * The text of docs/fidelity.md.
 * @param {readonly { part: string, field: string, origin: string, source: string }[]} facts
 * @param {readonly string[]} assumptions
 * @param {Readonly<Record<string, { name: string, origin: string, source: string }>>} countries
 * @returns {string}
 */
export function fidelityPage(facts, assumptions, countries) {
  const sections = Object.entries(PARTS).flatMap(([part, [title, place]]) => [
    `## ${title}`,
    '',
    `Fields ${place}; \`[]\` is any index, \`*\` any key.`,
    '',
    '| field | known | source, or why it is assumed |',
    '|---|---|---|',
    ...facts
      .filter((fact) => fact.part === part)
      .map(({ field, origin, source }) => `| \`${field}\` | ${origin} | ${source} |`),
    '',
  ]);
  return [
    '# How true a generated event is',
    '',
    'Every field that `simulate` generates, and how it is known: *documented* by the owner of the format, *seen* in',
    'traffic, fixtures or code of others, or *assumed* by us, because nothing public says so. This page is written from',
    'the table that the program itself uses (`npm run fixtures`); a test fails when the two differ, and another one',
    'when a field is generated that is not in it. `simulate --verbose` names what is assumed in the events at hand.',
    '',
    'The texts of failures have an origin each: `simulate --list`.',
    '',
    ...sections,
    '## The numbers',
    '',
    'Fictional ones, as `--country` says. None of the pages of the regulators was at hand when this was written: each range',
    'is *seen* in the code or documentation of several others, and all but those of the Irish one name the page.',
    '',
    '| country | known | who keeps which numbers for fiction |',
    '|---|---|---|',
    ...Object.values(countries).map(({ name, origin, source }) => `| ${name} | ${origin} | ${source} |`),
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
