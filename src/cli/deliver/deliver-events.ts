import type { DeliverOptions, RetryNotice } from '../../io/deliver/deliver-options.ts';
import { runDeliveries } from '../../io/deliver/delivery-run.ts';
import { onAbort } from '../../io/deliver/on-abort.ts';
import { rejectCallbell } from '../../io/deliver/reject-callbell.ts';
import { count } from '../../ui/count.ts';
import { formatProgress } from '../../ui/delivery-progress.ts';
import { type Progress, startProgress } from '../../ui/progress.ts';
import { createStyle } from '../../ui/style.ts';
import { visible } from '../../ui/visible.ts';
import { colorLevel, type Environment, isInteractive } from '../environment.ts';
import type { ExitCode } from '../exit-code.ts';
import { talk } from '../output.ts';
import { arrangeEvents } from './arrange-events.ts';
import { type DeliveryFiles, planDeliveryFiles } from './delivery-files.ts';
import { type DeliveryFlags, rejectContradictions } from './delivery-flags.ts';
import { toDeliverOptions } from './delivery-options.ts';
import { DeliverySink } from './delivery-sink.ts';
import type { DeliverySource } from './delivery-source.ts';
import { type RunEnd, summarize } from './delivery-summary.ts';
import { createRetryNotes } from './retry-notes.ts';
import { approveTarget, describeTarget } from './target.ts';

/** Delivers events and reports each, then the figures; the one way from events to an exit code. */
export async function deliverEvents(
  source: DeliverySource,
  flags: DeliveryFlags,
  environment: Environment,
): Promise<ExitCode> {
  rejectContradictions(flags);
  rejectCallbell(flags.to);
  const options = await toDeliverOptions(flags, environment);
  if (flags.dryRun || flags.print !== undefined) {
    const { showEvents } = await import('./show-events.ts');
    return showEvents(source, options, flags, environment);
  }
  const planned = await planDeliveryFiles(flags, source);
  await approveTarget(options.url, flags.yes === true, environment);
  const { stdout, stderr, variables } = environment;
  const style = await createStyle(colorLevel(stdout, variables, flags.color));
  const isShown = !flags.quiet && isInteractive(stderr, variables);
  const files = await planned.open();
  const progress = await startProgress('delivering', stderr, isShown);
  const lines = flags.quiet ? 'none' : flags.json ? 'json' : 'pretty';
  const failed = new AbortController();
  const onFailure = (error: unknown): void => failed.abort({ error });
  const sink = new DeliverySink({ stdout, stderr, style, progress, lines, files, onFailure });
  const end = await run({
    source,
    options,
    flags,
    environment,
    sink,
    progress,
    isShown,
    failed: failed.signal,
  });
  source.stopReading('at-once');
  if (end.isEarly && end.total !== undefined && flags.failures === undefined) sink.addUnread(end.total);
  // What the failures lack must not be lost with the file whose place they would take.
  const whyLeft = await reasonToLeave(files, sink, source, flags.force === true);
  await sink.finish(whyLeft !== undefined);
  await files.resumed?.release();
  return summarize({ source, sink, files, whyLeft, end, flags, environment, style });
}

/** Why the file that the failures would take the place of must stay; undefined where nothing would be lost with it. */
async function reasonToLeave(
  { resumed }: DeliveryFiles,
  sink: DeliverySink,
  source: DeliverySource,
  isForced: boolean,
): Promise<string | undefined> {
  if (resumed === undefined) return undefined;
  if (sink.unkept > 0 || sink.isUnreadable || source.unread() !== undefined) {
    return 'not all that is left could be written to it';
  }
  if (sink.foreign > 0 && !isForced) {
    return `${count(sink.foreign, 'thing')} in it that ${sink.foreign === 1 ? 'is' : 'are'} no event would be lost (--force drops them)`;
  }
  return (await resumed.hasChanged()) ? 'something else has written to it meanwhile' : undefined;
}

interface Run {
  readonly source: DeliverySource;
  readonly options: DeliverOptions;
  readonly flags: DeliveryFlags;
  readonly environment: Environment;
  readonly sink: DeliverySink;
  readonly progress: Progress;
  /** Whether progress is shown. */
  readonly isShown: boolean;
  /** Aborted when an output or the source has failed. */
  readonly failed: AbortSignal;
}

/** Runs the deliveries. Never rejects: what was thrown is told when all that was read is kept. */
async function run({
  source,
  options,
  flags,
  environment,
  sink,
  progress,
  isShown,
  failed,
}: Run): Promise<RunEnd> {
  const { signal, stderr, randomSeed } = environment;
  const say = (text: string): Promise<void> => progress.around(() => talk(stderr, `${visible(text)}\n`));
  const unhear = onAbort(signal, () => void say(INTERRUPTED));
  const giveUp = environment.secondSignal();
  const unhearSecond = onAbort(giveUp, () => source.stopReading('at-once'));
  let total: number | undefined;
  let isEarly = false;
  try {
    const arranged = await arrangeEvents(source, flags, {
      randomSeed,
      signal,
      report: (item) => sink.addNotDelivered(item),
      isTotalWanted: isShown,
    });
    total = arranged.total;
    const announce = async (): Promise<void> => {
      await say(`delivering to ${describeTarget(options)}`);
      for (const note of [...source.notes, ...arranged.notes]) await say(note);
    };
    const drain = flags.failures !== undefined;
    // Not waited for: what stderr says of a retry must not hold up the retry.
    const sayRetry = createRetryNotes(flags.quiet === true, say);
    const onRetry = (notice: RetryNotice): void => void sayRetry(notice);
    const control = {
      ends: [
        { signal, reason: 'interrupted' },
        { signal: failed, reason: 'stopped' },
      ],
      giveUp,
      drain,
      onEnd: () => {
        isEarly = true;
        source.stopReading(drain ? 'when-quiet' : 'at-once');
      },
    } as const;
    const began = performance.now();
    const batches = runDeliveries(announced(arranged.events, announce), { ...options, onRetry }, control);
    for await (const batch of batches) {
      await sink.add(batch);
      if (isShown) progress.update(formatProgress(sink.tally, total, performance.now() - began));
    }
    return { total, isEarly, fault: failed.aborted ? failed.reason : undefined };
  } catch (error) {
    return { total, isEarly: true, fault: { error } };
  } finally {
    unhear();
    unhearSecond();
  }
}

const INTERRUPTED = 'interrupted: finishing what is in flight (interrupt again to give it up)';

/** The same events; before the first of them is taken, it is said where they go. */
async function* announced<Event>(
  events: AsyncIterable<Event>,
  announce: () => Promise<void>,
): AsyncGenerator<Event> {
  let isAnnounced = false;
  for await (const event of events) {
    if (!isAnnounced) await announce();
    isAnnounced = true;
    yield event;
  }
}
