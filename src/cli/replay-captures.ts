import { CallbellStatusError } from '../errors.ts';
import { shellQuote } from '../ui/shell-quote.ts';
import { visible } from '../ui/visible.ts';
import { deliverEvents } from './deliver-events.ts';
import type { DeliveryFlags } from './delivery-flags.ts';
import { canPrompt, type Environment } from './environment.ts';
import type { ExitCode } from './exit-code.ts';
import { parseTarget } from './flags.ts';
import { write } from './output.ts';
import { openDeliverables, type Selection } from './read-deliverables.ts';

/** The flags of `replay`. */
export interface ReplayFlags extends Omit<DeliveryFlags, 'to'>, Selection {
  readonly to?: URL | undefined;
}

/** Delivers captured files. */
export async function replayCaptures(
  files: readonly string[],
  flags: ReplayFlags,
  environment: Environment,
): Promise<ExitCode> {
  const to = flags.to ?? (await chooseTarget(files, environment));
  const source = await openDeliverables(files, flags, environment);
  return deliverEvents(source, { ...flags, to }, environment);
}

async function chooseTarget(files: readonly string[], environment: Environment): Promise<URL> {
  // Standard input cannot be both the capture and the answer.
  if (!canPrompt(environment) || files.includes('-')) {
    throw new CallbellStatusError('usage', 'deliver where? Name the URL with --to', {
      hint: 'for example: callbell-status replay captured.json --to 3000/webhooks',
    });
  }
  const { askTarget } = await import('../ui/prompts.ts');
  const { stdin: input, stderr: output, signal } = environment;
  const target = await askTarget(parseTarget, { input, output, signal });
  const same = ['callbell-status', 'replay', ...files, '--to', target].map(shellQuote).join(' ');
  await write(output, `the same without a question: ${visible(same)}\n`);
  return parseTarget(target);
}
