import type { Explanation } from '../domain/explanation.ts';
import type { FailureFact } from '../domain/failures.ts';
import type { Style } from './style.ts';

/** How an explanation is written. */
export interface ExplanationLook {
  /** Of the terminal, in columns. */
  readonly width: number;
  readonly style: Style;
}

/** An explanation in a few lines, with a line feed at the end. */
export function formatExplanation(explanation: Explanation, look: ExplanationLook): string {
  const { style } = look;
  switch (explanation.topic) {
    case 'status': {
      const { name, meaning, rank, deprecated, when, handler, problems } = explanation;
      const kind = rank === null ? 'a status beside the way' : `a status, step ${rank + 1} of 4`;
      return page(`${style.bold(name)}  ${style.dim(deprecated ? `${kind}, deprecated` : kind)}`, look, [
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
      return page(`${style.bold(name)}  ${style.dim(`a failure code of ${whose}`)}`, look, [
        ...facts.map((fact): [string, string] => ['reason', reasonOf(fact)]),
        ...(advice === undefined
          ? []
          : [['to do', `${advice} (${adviceOrigin} from the text)`] satisfies [string, string]]),
        ['handler', 'Match on the code; the text is spelt in more than one way.'],
      ]);
    }
    case 'problem': {
      const { name, severity, explanation: text, source, shown } = explanation;
      return page(`${style.bold(name)}  ${style.dim(severity)}`, look, [
        ['means', text],
        ['bad', shown.bad],
        ['good', shown.good],
        ['source', source],
      ]);
    }
    default:
      return explanation satisfies never;
  }
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

const LABEL_WIDTH = 9;

function page(head: string, { width, style }: ExplanationLook, rows: readonly [string, string][]): string {
  const room = Math.max(30, Math.min(width, 110) - LABEL_WIDTH - 2);
  const lines = rows.flatMap(([label, text]) =>
    text
      .split('\n')
      .flatMap((line) => wrap(line, room))
      .map((line, index) => `  ${style.dim((index === 0 ? label : '').padEnd(LABEL_WIDTH))}${line}`),
  );
  return `${[head, ...lines].join('\n')}\n`;
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
