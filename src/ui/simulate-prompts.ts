import { failureCodes, failureText, findFailure } from '../domain/failures.ts';
import { DEFAULT_ERA, ERAS } from '../domain/generate/era.ts';
import { usualFailure } from '../domain/generate/failure-choice.ts';
import { SCENARIO_NAMES, SCENARIOS, type ScenarioName } from '../domain/generate/scenarios.ts';
import type { ProviderName } from '../domain/providers/provider.ts';
import { PROVIDERS } from '../domain/providers/providers.ts';
import { MESSAGE_STATUSES, type MessageStatus, STATUS_FACTS } from '../domain/status.ts';
import type { PromptContext } from './prompts.ts';
import { cut } from './visible.ts';

/** The questions of `simulate`. Each rejects with an error of the prompt library when it is left. */

/** What to simulate. */
export type ChosenSubject =
  | { readonly status: MessageStatus; readonly scenario?: never }
  | { readonly scenario: ScenarioName; readonly status?: never };

const NAME_WIDTH = 24;
const PAGE = 12;

/** A choice on one line, however narrow the terminal is; what does not fit is said below the list. */
function lineOf(name: string, meaning: string, width: number, { columns = 80 }: PromptContext) {
  const line = `${name.padEnd(width)} ${meaning}`;
  const room = Math.max(20, columns - 3);
  return line.length <= room ? { name: line } : { name: cut(line, room), description: meaning };
}

/** Asks for one status, or for the whole life of a message. */
export async function askSubject(context: PromptContext): Promise<ChosenSubject> {
  const { select, Separator } = await import('@inquirer/prompts');
  const statuses = MESSAGE_STATUSES.map((status) => ({
    value: { status },
    ...lineOf(status, STATUS_FACTS[status].meaning, NAME_WIDTH, context),
    short: status,
  }));
  const scenarios = SCENARIO_NAMES.map((scenario) => ({
    value: { scenario },
    ...lineOf(scenario, SCENARIOS[scenario].meaning, NAME_WIDTH, context),
    short: `the life "${scenario}"`,
  }));
  const choices = [
    new Separator('one event'),
    ...statuses,
    new Separator('the life of a message, several events'),
    ...scenarios,
  ];
  return select<ChosenSubject>({ message: 'What happens?', choices, pageSize: PAGE }, context);
}

/** Asks whose object is inside. */
export async function askProvider(context: PromptContext): Promise<ProviderName | 'none'> {
  const { select } = await import('@inquirer/prompts');
  const known = Object.values(PROVIDERS).map(({ name, meaning }) => ({
    value: name,
    ...lineOf(name, meaning, 8, context),
    short: name,
  }));
  const none = {
    value: 'none' as const,
    ...lineOf('none', 'no messageStatusPayload, as with a QR channel', 8, context),
    short: 'none',
  };
  return select<ProviderName | 'none'>({ message: 'Which provider?', choices: [...known, none] }, context);
}

/** Asks why it fails: a list that typing narrows, by code or by words. */
export async function askFailure(provider: ProviderName, context: PromptContext): Promise<number> {
  const { search } = await import('@inquirer/prompts');
  const circumstances = {
    provider: PROVIDERS[provider],
    era: ERAS[DEFAULT_ERA],
    category: 'service',
  } as const;
  const usual = usualFailure({ ...circumstances, moment: undefined }).code;
  const all = [usual, ...failureCodes().filter((code) => code !== usual)].flatMap((code) => {
    const fact = findFailure(provider, code);
    return fact === undefined ? [] : [{ code, reason: failureText(provider, fact) }];
  });
  const source = (term = '') => {
    const words = term.toLowerCase().split(/\s+/);
    return all
      .filter(({ code, reason }) => words.every((word) => `${code} ${reason}`.toLowerCase().includes(word)))
      .map(({ code, reason }) => ({
        ...lineOf(String(code), reason, 6, context),
        value: code,
        short: String(code),
      }));
  };
  return search({ message: 'Why? (type to search)', source, pageSize: PAGE }, context);
}

/** Where to. */
export type ChosenDestination =
  | { readonly kind: 'print' }
  | { readonly kind: 'file' | 'url'; readonly answer: string };

/**
 * Asks where the events go.
 *
 * @param checkFile what is wrong with a file, as a sentence
 * @param checkUrl what is wrong with a URL, as a sentence
 */
export async function askDestination(
  checkFile: (answer: string) => true | string,
  checkUrl: (answer: string) => true | string,
  context: PromptContext,
): Promise<ChosenDestination> {
  const { input, select } = await import('@inquirer/prompts');
  const choices = [
    { value: 'print' as const, name: 'print them' },
    { value: 'url' as const, name: 'deliver them to a URL' },
    { value: 'file' as const, name: 'write them to a file or a folder' },
  ];
  const kind = await select({ message: 'Where to?', choices }, context);
  if (kind === 'print') return { kind };
  const answer =
    kind === 'url'
      ? await input({ message: 'URL (a port is enough):', default: '3000', validate: checkUrl }, context)
      : await input(
          { message: 'File (.json, .ndjson) or folder/:', default: 'events/', validate: checkFile },
          context,
        );
  return { kind, answer };
}
