import type { LatencyBar } from '../../domain/delivery/latency.ts';
import { CallbellStatusError } from '../../errors.ts';
import { count } from '../../ui/count.ts';
import { formatDeliverySummary } from '../../ui/delivery-summary.ts';
import { shellQuote } from '../../ui/shell-quote.ts';
import type { Style } from '../../ui/style.ts';
import { visible } from '../../ui/visible.ts';
import { type Environment, isInteractive } from '../environment.ts';
import { EXIT_CODES, type ExitCode, exitCodeOfSignal } from '../exit-code.ts';
import { explainError } from '../explain-error.ts';
import { ClosedPipe, talk, write } from '../output.ts';
import type { DeliveryFiles } from './delivery-files.ts';
import type { DeliveryFlags } from './delivery-flags.ts';
import { jsonLine, widthOf } from './delivery-lines.ts';
import type { DeliverySink } from './delivery-sink.ts';
import type { DeliverySource } from './delivery-source.ts';

/** How a run came to its end. */
export interface RunEnd {
  /** How many deliveries there were to be, where that is known. */
  readonly total: number | undefined;
  /** Whether it ended before its input did. */
  readonly isEarly: boolean;
  /** What was thrown, or which output failed. */
  readonly fault: { readonly error: unknown } | undefined;
}

/** A run that has come to its end, its files closed. */
interface EndedRun {
  readonly source: DeliverySource;
  readonly sink: DeliverySink;
  readonly files: DeliveryFiles;
  /** Why the file that the failures would have taken the place of was left as it was; undefined where it was not. */
  readonly whyLeft: string | undefined;
  readonly end: RunEnd;
  readonly flags: DeliveryFlags;
  readonly environment: Environment;
  readonly style: Style;
}

const HISTOGRAM_LINES = 8;

/**
 * Prints the figures of a run and what to do next, and gives its exit code.
 *
 * @throws what ended the run, where it was a fault of ours or wrong usage
 */
export async function summarize(ended: EndedRun): Promise<ExitCode> {
  const { source, sink, files, end, flags, environment, style } = ended;
  const { stdout, stderr, variables, signal } = environment;
  const { tally } = sink;
  const summary = sink.summary();
  const pretty = (stream: typeof stdout, bars: readonly LatencyBar[] = []): string =>
    formatDeliverySummary(summary, { width: widthOf(stream), style }, bars);
  const bars = isInteractive(stdout, variables) ? tally.bars(HISTOGRAM_LINES) : [];
  const figures = flags.json ? jsonLine('summary', summary) : pretty(stdout, bars);
  const stdoutFailure = sink.stdoutFailure ?? (await failureOf(write(stdout, figures)));
  // Where stdout takes no more, stderr may.
  if (stdoutFailure !== undefined) await talk(stderr, pretty(stderr));
  for (const note of notes(ended)) await talk(stderr, `${visible(note)}\n`);
  await tellFailedOutputs(ended);
  if (end.fault !== undefined && !isOfOutput(end.fault.error)) throw end.fault.error;
  // That an interrupted run left everything else in its file of failures must be true.
  if (sink.unkept > 0 && files.failures?.failure !== undefined) return EXIT_CODES.impossible;
  if (signal.aborted) return exitCodeOfSignal(signal);
  if (summary.total === 0 && !sink.isUnreadable) return await explainEmpty(source, environment);
  return exitCodeOf(ended, stdoutFailure);
}

/** What a promise rejects with. */
async function failureOf(promise: Promise<void>): Promise<{ readonly error: unknown } | undefined> {
  try {
    await promise;
    return undefined;
  } catch (error) {
    return { error };
  }
}

async function tellFailedOutputs({ files, end, environment }: EndedRun): Promise<void> {
  const errors = new Set([files.failures?.failure, files.report?.failure, end.fault?.error]);
  for (const error of errors) {
    const isTold = error instanceof CallbellStatusError && isOfOutput(error);
    if (isTold) await talk(environment.stderr, explainError(error));
  }
}

/** Whether an error is that an output could not be written, or has no reader. */
function isOfOutput(error: unknown): boolean {
  return (
    error instanceof ClosedPipe || (error instanceof CallbellStatusError && error.code === 'write-failed')
  );
}

function exitCodeOf(
  { sink, files, source, whyLeft }: EndedRun,
  stdoutFailure: { readonly error: unknown } | undefined,
): ExitCode {
  const { tally } = sink;
  const isComplete =
    tally.failed + tally.notSent === 0 && !sink.isUnreadable && source.unread() === undefined;
  if (files.report?.failure !== undefined || whyLeft !== undefined) return EXIT_CODES.impossible;
  if (stdoutFailure !== undefined) {
    return isComplete && stdoutFailure.error instanceof ClosedPipe ? EXIT_CODES.ok : EXIT_CODES.impossible;
  }
  // A run that delivered nothing is no success, whatever the reason.
  if (sink.isUnreadable || !tally.everReached) return EXIT_CODES.impossible;
  return isComplete ? EXIT_CODES.ok : EXIT_CODES.failed;
}

/** Says why there was nothing to deliver. That a file holds nothing at all is how a complete replay leaves its failures. */
export async function explainEmpty(source: DeliverySource, { stderr }: Environment): Promise<ExitCode> {
  const why = source.whyEmpty();
  await talk(stderr, `${why ?? 'nothing to deliver: the input is empty'}\n`);
  return why === undefined ? EXIT_CODES.ok : EXIT_CODES.impossible;
}

/** With --quiet no line has said why. */
function firstReasonNote({ firstReason }: DeliverySink, { quiet, json }: DeliveryFlags): string[] {
  if (!quiet || json || firstReason === undefined) return [];
  return [`the first that was not accepted: ${firstReason}`];
}

function notes({ sink, whyLeft, source, end, flags, environment }: EndedRun): string[] {
  const { signal } = environment;
  const { kept, unkept, tally } = sink;
  const unread = source.unread();
  const isRestUnknown = end.isEarly && end.total === undefined && flags.failures === undefined;
  const reason = signal.aborted ? 'interrupted' : end.fault === undefined ? '--bail' : 'stopped';
  const next = ['callbell-status', 'replay', flags.failures ?? '', '--to'].map(shellQuote).join(' ');
  return [
    ...firstReasonNote(sink, flags),
    ...(unread === undefined ? [] : [unread]),
    ...(isRestUnknown && unread === undefined ? [`${reason}: the rest of the input was not read`] : []),
    ...(flags.signatureFault !== undefined && tally.summary().accepted > 0
      ? [`accepted with a bad signature (${flags.signatureFault}): the handler does not check it`]
      : []),
    ...(whyLeft === undefined ? [] : [`${flags.failures} was left as it was: ${whyLeft}`]),
    ...(unkept > 0 && whyLeft === undefined
      ? [`${count(unkept, 'event')} not accepted and not in ${flags.failures}: it could not be kept there`]
      : []),
    ...(kept > 0 && whyLeft === undefined && sink.isKeptInFile
      ? [`${count(kept, 'event')} to deliver again: ${next} …`]
      : []),
  ];
}
