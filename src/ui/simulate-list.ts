import type { Origin } from '../domain/origin.ts';
import type { Style } from './style.ts';

/** One thing that can be simulated. */
export interface SimulateFact {
  readonly type: keyof typeof TITLES;
  readonly name: string;
  readonly meaning: string;
  readonly origin: Origin;
  readonly provider?: string;
}

const TITLES = {
  status: 'Statuses (--status)',
  scenario: 'Scenarios (--scenario, --mix)',
  provider: 'Providers (--provider)',
  era: 'Eras (--era)',
  category: 'Categories (--category)',
  variant: 'Variants (--variant)',
  contact: 'Contacts (--contact)',
  country: 'Countries (--country)',
  failure: 'Failures (--failure)',
} as const;

const NAME_WIDTH = 22;
const ORIGIN_WIDTH = 11;

/** All that can be simulated as a table for people, a section for each kind. */
export function formatSimulateList(facts: readonly SimulateFact[], columns: number, style: Style): string {
  const sections = Object.entries(TITLES).map(([type, title]) => {
    const rows = facts.filter((fact) => fact.type === type).map((fact) => row(fact, columns, style));
    return `${style.bold(title)}\n${rows.join('')}`;
  });
  const legend = LEGEND.flatMap((sentence) => wrap(sentence, columns)).join('\n');
  return `${sections.join('\n')}\n${style.dim(legend)}\n`;
}

const LEGEND = [
  'documented: by the owner of the format · seen: in traffic or code of others · assumed: nothing public says so',
  "Gupshup hands Meta's failures on; their texts are then joined as in the one that was seen. onprem codes came through Gupshup until October 2025. callbell-status explain <code> says what to do.",
];

/** Narrower than this a meaning goes below its name. */
const LEAST_MEANING = 40;

function row({ name, meaning, origin, provider }: SimulateFact, columns: number, style: Style): string {
  const label = provider === undefined ? name : `${provider.padEnd(7)}  ${name}`;
  const beside = 2 + NAME_WIDTH + 2 + ORIGIN_WIDTH + 2;
  const isBelow = columns - beside < LEAST_MEANING;
  const indent = isBelow ? 6 : beside;
  const newLine = `\n${' '.repeat(indent)}`;
  const lines = wrap(meaning, columns - indent).join(newLine);
  const head = `  ${label.padEnd(NAME_WIDTH)}  ${style.dim(isBelow ? origin : origin.padEnd(ORIGIN_WIDTH + 2))}`;
  return `${head}${isBelow ? newLine : ''}${lines}\n`;
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
