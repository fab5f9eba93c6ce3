import type { DeliverOptions, RetryNotice } from '../../io/deliver/deliver-options.ts';
import { runDeliveries } from '../../io/deliver/delivery-run.ts';
import { formatProgress } from '../../ui/delivery-progress.ts';
import { formatDuration } from '../../ui/duration.ts';
import { type Progress, startProgress } from '../../ui/progress.ts';
import { createStyle } from '../../ui/style.ts';
import { visible } from '../../ui/visible.ts';
import { colorLevel, type Environment, isInteractive } from '../environment.ts';
import type { ExitCode } from '../exit-code.ts';
import { ClosedPipe, write } from '../output.ts';
import { arrangeEvents } from './arrange-events.ts';
import { checkDeliveryFiles, openDeliveryFiles } from './delivery-files.ts';
import { type DeliveryFlags, rejectContradictions } from './delivery-flags.ts';
import { toDeliverOptions } from './delivery-options.ts';
import { DeliverySink } from './delivery-sink.ts';
import type { DeliverySource } from './delivery-source.ts';
import { summarize } from './delivery-summary.ts';
import { approveTarget, describeTarget, rejectCallbell } from './target.ts';

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
  await checkDeliveryFiles(flags, source.files);
  await approveTarget(options.url, flags.yes === true, environment);
  const { stdout, stderr, variables } = environment;
  const files = await openDeliveryFiles(flags);
  const style = await createStyle(colorLevel(stdout, variables, flags.color));
  const isShown = !flags.quiet && isInteractive(stderr, variables);
  const progress = await startProgress('delivering', stderr, isShown);
  const lines = flags.quiet ? 'none' : flags.json ? 'json' : 'pretty';
  const sink = new DeliverySink({ stdout, stderr, style, progress, lines, ...files });
  let total: number | undefined;
  try {
    total = await run({ source, options, flags, environment, sink, progress, isShown });
  } finally {
    progress.stop();
    await sink.close();
  }
  return summarize({ source, sink, total, flags, environment, style });
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
}

/** Runs the deliveries; how many there were to be, where that is known. */
async function run({
  source,
  options,
  flags,
  environment,
  sink,
  progress,
  isShown,
}: Run): Promise<number | undefined> {
  const { signal, stderr, stdin } = environment;
  const say = (text: string): Promise<void> => progress.around(() => write(stderr, `${visible(text)}\n`));
  const arranged = await arrangeEvents(
    source,
    flags,
    environment,
    (item) => sink.addNotDelivered(item),
    isShown,
  );
  const { total } = arranged;
  const begin = async (): Promise<void> => {
    await say(`delivering to ${describeTarget(options)}`);
    for (const note of [...(source.notes ?? []), ...arranged.notes]) await say(note);
  };
  const onInterrupt = (): void =>
    void say('interrupted: finishing what is under way (once more, and it is given up)').catch(() => {});
  signal.addEventListener('abort', onInterrupt, { once: true });
  const closed = new AbortController();
  const began = performance.now();
  const batches = runDeliveries(announced(arranged.events, begin), {
    ...options,
    signal: AbortSignal.any([signal, closed.signal]),
    hurry: environment.secondSignal(),
    drain: flags.failures !== undefined,
    // Not waited for: what stderr says of a retry must not hold up the retry.
    onRetry: (notice) => void (flags.quiet || say(retryNote(notice)).catch(() => {})),
  });
  try {
    for await (const batch of batches) {
      await sink.add(batch).catch((error: unknown) => {
        if (!(error instanceof ClosedPipe)) throw error;
        closed.abort(error);
      });
      if (isShown) progress.update(formatProgress(sink.tally, total, performance.now() - began));
    }
  } finally {
    signal.removeEventListener('abort', onInterrupt);
    // A standard input that is still open would keep the process alive.
    if (signal.aborted || closed.signal.aborted) stdin.destroy();
  }
  if (closed.signal.aborted) throw closed.signal.reason;
  return total;
}

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

function retryNote({ source, retry, retries, waitMs, reason }: RetryNotice): string {
  return `retry ${retry} of ${retries} in ${formatDuration(waitMs)}: ${source} ${reason}`;
}
