import type { StatusEvent } from '../../domain/event.ts';
import { applyOverrides, type Override } from '../../domain/generate/overrides.ts';
import type { Environment } from '../environment.ts';
import type { ExitCode } from '../exit-code.ts';
import { checkFlags, isGenerating } from './check.ts';
import type { SimulateFlags } from './options.ts';
import { checkOverrides, describeOverrides } from './overrides.ts';
import { type EventPlan, planEvents } from './plan.ts';
import { writeEvents } from './write.ts';

/**
 * Generates what was asked for, and prints, writes or delivers it.
 *
 * @param argv the words behind `simulate`, for the command that does the same without a question
 */
export async function simulate(
  typed: SimulateFlags,
  overrides: readonly Override[],
  argv: readonly string[],
  environment: Environment,
): Promise<ExitCode> {
  const said = withFailure(typed);
  checkFlags(said, overrides);
  const flags = await withSubject(said, argv, environment);
  const plan = await planEvents(flags, environment);
  const allowNew = flags.setNew === true;
  const samples = overrides.length > 0 || flags.verbose ? plan.samples() : [];
  const isCaptured = flags.from !== undefined && !isGenerating(flags);
  checkOverrides(overrides, samples, allowNew, isCaptured ? 'the capture' : 'what is generated');
  const notes = flags.quiet ? '' : plan.notes.join('');
  const details = flags.verbose ? await describe(overrides, samples) : '';
  const changed = overrides.length === 0 ? plan : overridden(plan, overrides, allowNew);
  return await writeEvents({ ...plan, ...changed, notes: notes + details }, flags, environment);
}

async function describe(overrides: readonly Override[], samples: readonly StatusEvent[]): Promise<string> {
  const { describeAssumptions } = await import('./assumptions.ts');
  return describeOverrides(overrides, samples) + describeAssumptions(samples);
}

/** A reason to fail, and nothing that happens: then it is failing that happens. */
function withFailure(flags: SimulateFlags): SimulateFlags {
  return flags.failure === undefined || isGenerating(flags) ? flags : { ...flags, status: ['failed'] };
}

/** Something must happen; where it is not said what, it is asked for. */
async function withSubject(
  flags: SimulateFlags,
  argv: readonly string[],
  environment: Environment,
): Promise<SimulateFlags> {
  if (isGenerating(flags) || flags.from !== undefined) return flags;
  const { askForFlags } = await import('./prompt.ts');
  return await askForFlags(flags, argv, environment);
}

function overridden(
  { events, timed }: Pick<EventPlan, 'events' | 'timed'>,
  overrides: readonly Override[],
  allowNew: boolean,
): Pick<EventPlan, 'events' | 'timed'> {
  return {
    events: {
      *[Symbol.iterator]() {
        for (const event of events) yield applyOverrides(event, overrides, allowNew);
      },
    },
    timed: {
      *[Symbol.iterator]() {
        for (const each of timed) yield { ...each, event: applyOverrides(each.event, overrides, allowNew) };
      },
    },
  };
}
