import type { GeneratedProvider } from '../../domain/generate/run.ts';
import { SCENARIOS } from '../../domain/generate/scenarios.ts';
import { CallbellStatusError } from '../../errors.ts';
import { printedCommand } from '../../ui/printed-command.ts';
import type { PromptContext } from '../../ui/prompts.ts';
import type { ChosenDestination, ChosenSubject } from '../../ui/simulate-prompts.ts';
import { canPrompt, type Environment } from '../environment.ts';
import { parseTarget } from '../flags.ts';
import { talk } from '../output.ts';
import type { SimulateFlags } from './options.ts';
import { formatOf } from './write.ts';

/**
 * Asks for what the flags leave open and says which command does the same without a question.
 *
 * @returns the flags with the answers in them
 * @throws {CallbellStatusError} `usage` where nobody can be asked
 */
export async function askForFlags(
  flags: SimulateFlags,
  argv: readonly string[],
  environment: Environment,
): Promise<SimulateFlags> {
  if (!canPrompt(environment)) {
    throw new CallbellStatusError('usage', 'which status? Name it with --status, or a life with --scenario', {
      hint: 'for example: callbell-status simulate --status failed; --list shows what there is',
    });
  }
  const { stdin: input, stderr: output, signal } = environment;
  const answers = await ask(
    flags,
    { input, output, signal, columns: output.columns },
    environment.stdout.isTTY === true,
  );
  const same = printedCommand(['callbell-status', 'simulate', ...wordsOf(answers), ...argv]);
  await talk(output, `the same without a question: ${same}\n`);
  const { subject, provider, failure, where } = answers;
  return {
    ...flags,
    ...(subject.status === undefined ? { scenario: [subject.scenario] } : { status: [subject.status] }),
    ...(provider !== undefined && { provider }),
    ...(failure !== undefined && { failure: [failure] }),
    ...(where.kind === 'url' && { to: parseTarget(where.answer) }),
    ...(where.kind === 'file' && { output: where.answer }),
  };
}

/** What was asked and answered; what the flags say already is not asked. */
interface Answers {
  readonly subject: ChosenSubject;
  readonly provider: GeneratedProvider | undefined;
  readonly failure: number | undefined;
  readonly where: ChosenDestination;
}

async function ask(
  flags: SimulateFlags,
  context: PromptContext,
  printsToTerminal: boolean,
): Promise<Answers> {
  const { askDestination, askFailure, askProvider, askSubject } = await import(
    '../../ui/simulate-prompts.ts'
  );
  const subject = await askSubject(context);
  const asked = flags.provider === undefined ? await askProvider(context) : undefined;
  const provider = asked ?? flags.provider ?? 'gupshup';
  const asksWhy = fails(subject) && provider !== 'none';
  const failure = asksWhy ? await askFailure(provider, context) : undefined;
  const asksWhere = printsToTerminal && !flags.json && flags.to === undefined && flags.output === undefined;
  const where: ChosenDestination = asksWhere
    ? await askDestination(answerCheck(checkOutput), answerCheck(parseTarget), context)
    : { kind: 'print' };
  return { subject, provider: asked, failure, where };
}

function wordsOf({ subject, provider, failure, where }: Answers): string[] {
  return [
    ...(subject.status === undefined ? ['--scenario', subject.scenario] : ['--status', subject.status]),
    ...(provider === undefined || provider === 'gupshup' ? [] : ['--provider', provider]),
    ...(failure === undefined ? [] : ['--failure', String(failure)]),
    ...(where.kind === 'print' ? [] : [where.kind === 'url' ? '--to' : '-o', where.answer]),
  ];
}

function fails({ status, scenario }: ChosenSubject): boolean {
  if (scenario === undefined) return status === 'failed';
  return SCENARIOS[scenario].steps.some((step) => step.status === 'failed');
}

function checkOutput(answer: string): void {
  if (!/[\\/]$/.test(answer)) formatOf(answer);
}

/** A parser that throws as a prompt wants it: true, or what is wrong. */
function answerCheck(parse: (answer: string) => unknown): (answer: string) => true | string {
  return (answer) => {
    try {
      parse(answer);
      return true;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  };
}
