/** How the first line of a log begins: with one of these. */
const HEADS: readonly RegExp[] = [
  // A time as logs write it: `2026-01-31T14:03:00.123+01:00`, `14:03:00,123`, `Jan 31 14:03:00`.
  /^(?:\d{4}[-/]\d\d[-/]\d\d[T ]|[A-Za-z]{3} [ \d]\d )?\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[ ]?[+-]\d\d:?\d\d)?[\s|\]]/i,
  // A level.
  /^(?:trace|debug|info|notice|warn(?:ing)?|error|fatal|critical)\b[\]: \t]/i,
  // Something short in brackets, and more behind it.
  /^\[[^\]\n"{[]+\][ \t]*[^\s,]/,
  // The number of a syslog.
  /^<\d{1,3}>\S/,
  // The name of a container.
  /^[\w.-]+[ \t]+\|[ \t]/,
];

/** Whether a text that is not JSON begins like a log. */
export function beginsLikeLog(text: string): boolean {
  return HEADS.some((head) => head.test(text));
}

/** Words before the first brace, or alone on the line: what a program says, not JSON that is damaged. */
const PROSE = /^[^\s{}[\]"',:/#<][^{"\n]*[ \t\]|=:]/;

/** Whether the first line of a text may be one of a log, of which nothing else is known. */
export function mayBeginLog(text: string): boolean {
  return beginsLikeLog(text) || PROSE.test(text);
}
