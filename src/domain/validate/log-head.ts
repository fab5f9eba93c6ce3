/** A time as logs write it, of a day or without one: `2026-01-31T14:03:00.123+01:00`, `14:03:00,123`, `Jan 31 14:03:00`. */
const TIME =
  /(?:\d{4}[-/]\d\d[-/]\d\d[T ]|[A-Z][a-z]{2} [ \d]\d )?\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[ ]?[+-]\d\d:?\d\d)?/
    .source;
const LEVEL = /(?:trace|debug|info|notice|warn(?:ing)?|error|fatal|critical)/.source;

/**
 * How the first line of a log begins: with a time, with a level, with something short in brackets and more behind
 * it, with the number of a syslog, or with the name of a container.
 */
const HEAD = new RegExp(
  `^(?:${TIME}(?=[\\s|\\]])|${LEVEL}\\b[\\]: \\t]|\\[[^\\]\\n"{[]+\\](?=[ \\t]*[^\\s,])|<\\d{1,3}>\\S|[\\w.-]+[ \\t]+\\|[ \\t])`,
  'i',
);

/** Whether a text that is not JSON begins like a log. */
export function beginsLikeLog(text: string): boolean {
  return HEAD.test(text);
}

/** Words before the first brace, or alone on the line: what a program says, not JSON that is damaged. */
const PROSE = /^[^\s{}[\]"',:/#<][^{"\n]*[ \t\]|=:]/;

/** Whether the first line of a text may be one of a log, of which nothing else is known. */
export function mayBeginLog(text: string): boolean {
  return beginsLikeLog(text) || PROSE.test(text);
}
