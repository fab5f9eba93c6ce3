import type { Explanation } from '../domain/explanation.ts';
import type { FailureFact } from '../domain/failures.ts';
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
      const { name, facts, advice, adviceOrigin } = explanation;
      const origins = new Set(facts.map(({ provider }) => provider));
      const whose = [...origins].map((provider) => NUMBER_SPACES[provider]).join(' and ');
      return page([name, `a failure code of ${whose}`], look, [
        ...facts.map((fact): [string, string] => ['reason', reasonOf(fact)]),
        ...(advice === undefined
          ? []
          : [['to do', `${advice} (${adviceOrigin} from the text)`] satisfies [string, string]]),
        ['handler', matchOnCode(facts)],
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

function matchOnCode(facts: readonly FailureFact[]): string {
  if (new Set(facts.map(({ reason }) => reason)).size > 1) {
    return 'Match on the code: there is more than one text for it.';
  }
  const isHandedOn = facts.some(({ provider }) => provider === 'cloud');
  return isHandedOn
    ? 'Match on the code: where Gupshup hands it on, the text is another one.'
    : 'Match on the code; a text may be changed at any time.';
}

const FAILURE_CODES: [string, string] = [
  'codes',
  'callbell-status explain 131047, or any other code; without one, it lists them all',
];

const NUMBER_SPACES: Readonly<Record<FailureFact['provider'], string>> = {
  gupshup: 'Gupshup (or handed on by it)',
  cloud: "Meta's Cloud API",
};

function reasonOf({ code, last, reason, origin, source }: FailureFact): string {
  const range = last === undefined ? '' : `one of ${code} to ${last}, `;
  return `${reason} (${range}${origin}: ${source})`;
}

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
