/**
 * The name of the fixture that shows a problem: NDJSON where it is several lines of JSON.
 * @param {string} code
 * @param {string} capture
 */
export function fixtureName(code, capture) {
  const lines = capture.trimEnd().split('\n');
  const isLines = lines.length > 1 && lines[0]?.endsWith('}') === true;
  return `${code}.${isLines ? 'ndjson' : 'json'}`;
}

/**
 * @param {string} label
 * @param {string} text
 */
function shownLines(label, text) {
  return label + text.replaceAll('\n', `\n${' '.repeat(label.length)}`);
}

/**
 * docs/rules.md, made from the table of rules.
 * @param {Readonly<Record<string, {severity: string}>>} rules
 * @param {Readonly<Record<string, {explanation: string, source: string, shown: {bad: string, good: string}}>>} pages
 */
export function rulesDocument(rules, pages) {
  const sections = Object.entries(pages).map(([code, { explanation, source, shown }]) =>
    [
      `### ${code}`,
      '',
      `*${rules[code]?.severity}* · ${source}`,
      '',
      explanation,
      '',
      '```text',
      ...(rules[code]?.severity === 'note'
        ? [shownLines('noted: ', shown.bad), shownLines('usual: ', shown.good)]
        : [shownLines('bad:  ', shown.bad), shownLines('good: ', shown.good)]),
      '```',
      '',
    ].join('\n'),
  );
  const index = Object.keys(pages).map((code) => `| [${code}](#${code}) | ${rules[code]?.severity} |`);
  return `# What \`validate\` checks

An *error* contradicts the documentation, a *warning* is probably a bug or will hurt a handler, a *note* is
undocumented or unusual but fine. \`callbell-status explain <code>\` shows the same in the terminal.
This page is made from the table in the code by \`npm run rules\`.

| code | severity |
|---|---|
${index.join('\n')}

${sections.join('\n')}`;
}
