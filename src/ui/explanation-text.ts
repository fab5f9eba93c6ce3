import type { ExplainedFailure, Explanation } from '../domain/explanation.ts';
import type { FailureSpace } from '../domain/failures.ts';
import type { Severity } from '../domain/validate/problem.ts';
import type { Style } from './style.ts';

/** How an explanation is written. */
export interface ExplanationLook {
  /** Of the terminal, in columns. */
  readonly width: number;
  readonly style: Style;
}

/** An explanation in a few lines, with a line feed at the end. */
export function formatExplanation(explanation: Explanation, look: ExplanationLook): string {
  switch (explanation.topic) {
    case 'status': {
      const { name, meaning, rank, deprecated, when, handler, problems } = explanation;
      const kind = rank === null ? 'a status outside the four steps' : `a status, step ${rank + 1} of 4`;
      return page([name, deprecated ? `${kind}, deprecated` : kind], look, [
        ['means', meaning],
        ['when', when],
        ['handler', handler],
        ['problems', problems.join(', ')],
        ...(name === 'failed' ? [FAILURE_CODES] : []),
      ]);
    }
    case 'failure': {
      const { name, facts } = explanation;
      const whose = facts.map(({ space }) => SPACE_NAMES[space]).join(' and ');
      return page([name, `a failure code of ${whose}`], look, [
        ...facts.flatMap((fact) => failureRows(fact, facts.length > 1)),
        ['handler', HANDLER_OF_FAILURES],
      ]);
    }
    case 'word': {
      const { name, means, handler, source } = explanation;
      return page([name, 'a word'], look, [
        ['means', means],
        ['handler', handler],
        ['source', source],
      ]);
    }
    case 'problem': {
      const { name, severity, explanation: text, source, shown } = explanation;
      return page([name, severity], look, [
        ['means', text],
        [SHOWN_LABELS[severity][0], shown.bad],
        [SHOWN_LABELS[severity][1], shown.good],
        ['source', source],
      ]);
    }
    case 'case': {
      const { name, group, level, needs, title, why, fix, sources } = explanation;
      return page([name, `a conformance case, ${group}, ${level}`], look, [
        ['expects', title],
        ['why', why],
        ['to do', fix],
        ...(needs.length === 0 ? [] : [['needs', needs.join(', ')] satisfies [string, string]]),
        ['source', sources.join(', ')],
        ['run', `callbell-status conformance <url> --case ${name}`],
      ]);
    }
    default:
      return explanation satisfies never;
  }
}

/** What is only noted is not bad. */
const SHOWN_LABELS: Readonly<Record<Severity, readonly [string, string]>> = {
  error: ['bad', 'good'],
  warning: ['bad', 'good'],
  note: ['noted', 'usual'],
};

const HANDLER_OF_FAILURES =
  'Match on the code; a text may be changed at any time, and Gupshup joins texts of Meta.';

const FAILURE_CODES: [string, string] = [
  'codes',
  'callbell-status explain 131047, or any other code; without one, it lists them all',
];

const SPACE_NAMES: Readonly<Record<FailureSpace, string>> = {
  gupshup: 'Gupshup',
  onprem: 'the on-premises API, which ended in October 2025',
  cloud: "Meta's Cloud API",
};

/** Rows of one meaning of a code, each fact with how it is known. */
function failureRows(fact: ExplainedFailure, isOneOfSeveral: boolean): Row[] {
  const { space, code, last, title, details, wireDetails, gupshupReason, texts, advice } = fact;
  const range = last === undefined ? '' : ` (one of ${code} to ${last})`;
  const rows: Row[] = isOneOfSeveral ? [['of', SPACE_NAMES[space]]] : [];
  const add = (label: string, name: string, text: string | undefined): void => {
    if (text !== undefined && text !== '') rows.push([label, `${text}${originOf(fact, name)}`]);
  };
  add('title', 'title', title === undefined ? undefined : `${title}${range}`);
  add('details', 'details', wireDetails === undefined ? details : undefined);
  add('details', 'wireDetails', wireDetails);
  add('gupshup', 'gupshupReason', gupshupReason === title ? undefined : gupshupReason);
  add('also', 'texts', texts.join(' | '));
  add('class', 'class', `${fact.class}, concerns the ${fact.scope}`);
  add('retry', 'retry', RETRY_WORDS[fact.retry](fact.retryAfter));
  add('when', 'when', WHEN_WORDS[fact.when]);
  add('status', 'comesAsStatus', STATUS_WORDS[String(fact.comesAsStatus) as keyof typeof STATUS_WORDS]);
  rows.push(['to do', `${advice} (our reading)`]);
  return rows;
}

function originOf({ origins }: ExplainedFailure, name: string): string {
  const found = origins.find(({ fact }) => fact === name);
  return found === undefined ? '' : ` (${found.origin}: ${found.source})`;
}

const RETRY_WORDS: Readonly<Record<ExplainedFailure['retry'], (after: string | undefined) => string>> = {
  never: () => 'never: the same message fails again',
  'after-fix': () => 'only after something is changed',
  later: () => 'later, with growing pauses',
  after: (after = '') => `after ${after.replace(/^PT/, '').toLowerCase()} at the earliest`,
};

const WHEN_WORDS: Readonly<Record<ExplainedFailure['when'], string>> = {
  'at-once': 'at once, in place of sent',
  late: 'late, after sent',
  either: 'at once, or late after sent',
};

const STATUS_WORDS = {
  true: 'comes as a failed message',
  false: 'never comes as a failed message: it answers API calls only',
  unknown: 'unknown whether it comes as a failed message',
} as const;

/** All topics there are, each kind under its title. */
export function formatTopics(
  kinds: readonly (readonly [title: string, names: readonly string[]])[],
  { width, style }: ExplanationLook,
): string {
  return kinds
    .map(([title, names]) => `${style.bold(title)}\n${wrap(names.join(' '), roomIn(width)).join('\n')}\n`)
    .join('\n');
}

const LABEL_WIDTH = 9;
const MOST_COLUMNS = 110;
const LEAST_ROOM = 30;

function roomIn(width: number, indent = 0): number {
  return Math.max(LEAST_ROOM, Math.min(width, MOST_COLUMNS) - indent);
}

function page(
  head: readonly [name: string, kind: string],
  look: ExplanationLook,
  rows: readonly Row[],
): string {
  const { width, style } = look;
  const room = roomIn(width, LABEL_WIDTH + 2);
  const lines = rows.flatMap(([label, text]) =>
    text
      .split('\n')
      .flatMap((line) => wrap(line, room))
      .map((line, index) => `  ${style.dim((index === 0 ? label : '').padEnd(LABEL_WIDTH))}${line}`),
  );
  return `${[...headLines(head, look), ...lines].join('\n')}\n`;
}

type Row = readonly [label: string, text: string];

/** The name and what it is: side by side, or one below the other where there is no room. */
function headLines([name, kind]: readonly [string, string], { width, style }: ExplanationLook): string[] {
  if (name.length + 2 + kind.length <= roomIn(width)) return [`${style.bold(name)}  ${style.dim(kind)}`];
  return [style.bold(name), ...wrap(kind, roomIn(width, 2)).map((line) => `  ${style.dim(line)}`)];
}

function wrap(text: string, room: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > room) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
