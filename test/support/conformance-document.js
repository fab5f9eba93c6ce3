/**
 * The table of docs/conformance.md, made from the table of cases.
 * @param {Readonly<Record<string, {group: string, level: string, needs: readonly string[], title: string, why: string, fix: string, sources: readonly string[]}>>} cases
 */
export function caseSections(cases) {
  return Object.entries(cases)
    .map(([id, { group, level, needs, title, why, fix, sources }]) =>
      [
        `### ${id}`,
        '',
        `*${group}, ${level}${needs.length === 0 ? '' : `; needs ${needs.join(', ')}`}*`,
        '',
        `A right handler: ${title}.`,
        '',
        `- Why: ${why}`,
        `- Do: ${fix}`,
        `- Sources: ${sources.join(', ')}`,
        '',
      ].join('\n'),
    )
    .join('\n');
}

/** What stands before the generated part of docs/conformance.md. */
export const CASES_TITLE = '## The cases\n\n';
