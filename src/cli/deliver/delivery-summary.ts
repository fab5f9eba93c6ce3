import { count } from '../../ui/count.ts';
import { formatDeliverySummary } from '../../ui/delivery-summary.ts';
import type { Style } from '../../ui/style.ts';
import { visible } from '../../ui/visible.ts';
import { type Environment, isInteractive } from '../environment.ts';
import { EXIT_CODES, type ExitCode, exitCodeOfSignal } from '../exit-code.ts';
import { write } from '../output.ts';
import type { DeliveryFlags } from './delivery-flags.ts';
import { type DeliverySink, jsonLine, widthOf } from './delivery-sink.ts';
import type { DeliverySource } from './delivery-source.ts';

/** A run that has come to its end. */
interface EndedRun {
  readonly source: DeliverySource;
  readonly sink: DeliverySink;
  /** How many deliveries there were to be, where that is known. */
  readonly total: number | undefined;
  readonly flags: DeliveryFlags;
  readonly environment: Environment;
  readonly style: Style;
}

/** Prints the figures of a run and what to do next, and gives its exit code. */
export async function summarize({
  source,
  sink,
  total,
  flags,
  environment,
  style,
}: EndedRun): Promise<ExitCode> {
  const { stdout, stderr, signal, variables } = environment;
  const { tally } = sink;
  const known = tally.summary();
  const isEnded = signal.aborted || (flags.bail === true && tally.notAccepted > 0);
  if (isEnded && total !== undefined && total > known.total) tally.addNotSent(total - known.total);
  const summary = tally.summary();
  const look = { width: widthOf(stdout), style };
  const bars = isInteractive(stdout, variables) ? tally.bars(HISTOGRAM_LINES) : [];
  await write(stdout, flags.json ? jsonLine('summary', summary) : formatDeliverySummary(summary, look, bars));
  for (const note of notes(sink, total, flags, signal)) await write(stderr, `${visible(note)}\n`);
  if (signal.aborted) return exitCodeOfSignal(signal);
  if (summary.total === 0 && !sink.isUnreadable) await write(stderr, `${describeNothing(source)}\n`);
  // A run that delivered nothing is no success, whatever the reason.
  if (sink.isUnreadable || !tally.everReached) return EXIT_CODES.impossible;
  return summary.accepted === summary.total ? EXIT_CODES.ok : EXIT_CODES.failed;
}

/** Why there was nothing to deliver, in a sentence. */
export function describeNothing({ eventsRead }: DeliverySource): string {
  const events = eventsRead?.() ?? 0;
  return events === 0 ? 'there is no event in the input' : `none of the ${events} events was selected`;
}

const HISTOGRAM_LINES = 8;

function notes(
  { tally, kept }: DeliverySink,
  total: number | undefined,
  flags: DeliveryFlags,
  signal: AbortSignal,
): string[] {
  const isRestUnknown = total === undefined && flags.failures === undefined;
  return [
    ...(signal.aborted && isRestUnknown ? ['interrupted: the rest of the input was not read'] : []),
    ...(!signal.aborted && flags.bail && tally.notAccepted > 0 && isRestUnknown
      ? ['--bail: the rest of the input was not read']
      : []),
    ...(flags.signatureFault !== undefined && tally.summary().accepted > 0
      ? [`accepted with a bad signature (${flags.signatureFault}): the handler does not check it`]
      : []),
    ...(flags.failures !== undefined && kept > 0
      ? [`${count(kept, 'event')} to deliver again: callbell-status replay ${flags.failures} --to …`]
      : []),
  ];
}
