import type { Override } from '../../domain/generate/overrides.ts';
import { CallbellStatusError } from '../../errors.ts';
import { printedCommand } from '../../ui/printed-command.ts';
import { canPrompt, type Environment } from '../environment.ts';
import type { ExitCode } from '../exit-code.ts';
import { parseTarget } from '../flags.ts';
import { talk } from '../output.ts';
import { changeEvents } from './change-events.ts';
import { deliverEvents } from './deliver-events.ts';
import type { DeliveryFlags } from './delivery-flags.ts';
import { openDeliverables, type Selection } from './open-deliverables.ts';

/** The flags of `replay`. */
export interface ReplayFlags extends Omit<DeliveryFlags, 'to'>, Partial<Selection> {
  readonly to?: URL | undefined;
  readonly fresh?: boolean | undefined;
  readonly setNew?: boolean | undefined;
}

/**
 * Delivers captured files.
 *
 * @param overrides how to change each event, in the order in which they were written
 */
export async function replayCaptures(
  files: readonly string[],
  flags: ReplayFlags,
  overrides: readonly Override[],
  environment: Environment,
): Promise<ExitCode> {
  rejectIdle(flags, overrides);
  if (files.filter((file) => file === '-').length > 1) {
    throw new CallbellStatusError('usage', '- is named twice, and standard input can be read once');
  }
  const to = flags.to ?? (await chooseTarget(files, environment));
  const { status, uuid, skip, limit, maxEvent, setNew = false, fresh = false, seed, timing } = flags;
  const selection = { status, uuid, skip, limit, maxEvent };
  const source = await openDeliverables(files, selection, environment.stdin);
  const { now, randomSeed, signal } = environment;
  const changes = { overrides, setNew, fresh, seed, timing };
  const changed = await changeEvents(source, changes, { now, randomSeed, signal });
  return deliverEvents(changed, { ...flags, to }, environment);
}

/** Refuses flags that would do nothing. */
function rejectIdle(
  { setNew, seed, fresh, shuffle, duplicate, force, report, failures }: ReplayFlags,
  overrides: readonly Override[],
): void {
  if (setNew && !overrides.some(({ action }) => action === 'set')) {
    throw new CallbellStatusError('usage', '--set-new needs --set or --set-json');
  }
  if (force && (report ?? failures) === undefined) {
    throw new CallbellStatusError('usage', '--force needs --report or --failures');
  }
  const isDrawn = fresh || shuffle || (duplicate !== undefined && 'share' in duplicate);
  if (seed !== undefined && !isDrawn) {
    throw new CallbellStatusError(
      'usage',
      '--seed needs something that is drawn: --shuffle, --fresh, --duplicate 10%',
    );
  }
}

async function chooseTarget(files: readonly string[], environment: Environment): Promise<URL> {
  // Standard input cannot be both the capture and the answer.
  if (!canPrompt(environment) || files.includes('-')) {
    throw new CallbellStatusError('usage', 'deliver where? Name the URL with --to', {
      hint: 'for example: callbell-status replay captured.json --to 3000/webhooks',
    });
  }
  const { askTarget } = await import('../../ui/prompts.ts');
  const { stdin: input, stderr: output, signal } = environment;
  const target = await askTarget(parseTarget, { input, output, signal });
  const same = printedCommand(['callbell-status', 'replay', ...files, '--to', target]);
  await talk(output, `the same without a question: ${same}\n`);
  return parseTarget(target);
}
