// The text of the modules that hold the failure table, from fixtures/failure-codes.json: one row a line.

/**
 * One entry of fixtures/failure-codes.json.
 * @typedef {{
 *   provider: string, code: number, last?: number, title?: string, details?: string, wireDetails?: string,
 *   gupshupReason?: string, texts?: string[], class: string, retry: string, retryAfter?: string, scope: string,
 *   when: string, comesAsStatus: boolean | 'unknown', usual?: boolean, advice: string,
 *   origins: { fact: string, tag: string, source: string }[],
 * }} FailureEntry
 */

const HEAD = '// Generated from fixtures/failure-codes.json by `npm run failures`: do not edit.\n';

/** @param {string} text */
const literal = (text) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

/**
 * The module with what generation and validation need.
 * @param {readonly FailureEntry[]} entries
 */
export function failureRowsModule(entries) {
  const rows = entries.map((entry) => {
    const { provider, origins, texts, advice, ...rest } = entry;
    const members = Object.entries({ space: provider, ...rest }).map(
      ([key, value]) => `${key}: ${typeof value === 'string' ? literal(value) : String(value)}`,
    );
    return `  { ${members.join(', ')} },\n`;
  });
  return `${HEAD}import type { FailureFact } from './failures.ts';\n\n/** Every known failure, ordered by space and code. */\nexport const FAILURE_ROWS: readonly FailureFact[] = [\n${rows.join('')}];\n`;
}

/**
 * The module with what only people read: advice, other texts, and how each fact is known.
 * @param {readonly FailureEntry[]} entries
 */
export function failureOriginsModule(entries) {
  const sources = [...new Set(entries.flatMap(({ origins }) => origins.map(({ source }) => source)))];
  const rows = entries.map(({ provider, code, texts, advice, origins }) => {
    const known = origins.map(
      ({ fact, tag, source }) => `[${literal(fact)}, ${literal(tag)}, ${sources.indexOf(source)}]`,
    );
    const others = texts === undefined ? '' : ` texts: [${texts.map(literal).join(', ')}],`;
    return `  ${literal(`${provider} ${code}`)}: { advice: ${literal(advice)},${others} origins: [${known.join(', ')}] },\n`;
  });
  return `${HEAD}import type { FailureNotes } from './failure-notes.ts';\n\n/** The sources that {@link FAILURE_NOTES} refers to by index. */\nexport const FAILURE_SOURCES: readonly string[] = [\n${sources.map((source) => `  ${literal(source)},\n`).join('')}];\n\n/** Advice, other texts and origins by space and code. */\nexport const FAILURE_NOTES: Readonly<Record<string, FailureNotes>> = {\n${rows.join('')}};\n`;
}
