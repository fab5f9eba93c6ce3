import { type Delivery, DeliveryTally } from '../domain/delivery.ts';
import { type DeliverableEvent, deliverAll } from '../io/deliver/deliver.ts';
import { formatDelivery, formatDeliverySummary } from '../ui/delivery-line.ts';
import { startProgress } from '../ui/progress.ts';
import { createStyle } from '../ui/style.ts';
import { colorLevel, type Environment, isInteractive } from './environment.ts';
import { EXIT_CODES, type ExitCode, exitCodeOfSignal } from './exit-code.ts';
import { write } from './output.ts';
import { approveTarget } from './target.ts';

/** The flags of every command that delivers. */
export interface DeliverFlags {
  readonly to: URL;
  readonly yes?: boolean | undefined;
  readonly json?: boolean | undefined;
  readonly quiet?: boolean | undefined;
  readonly color?: boolean | undefined;
}

/** An event that cannot be sent, and why. */
export interface NotSent {
  readonly notSent: string;
}

/** Delivers events and reports each, then the figures; the one way from events to an exit code. */
export async function deliverEvents(
  events: AsyncIterable<DeliverableEvent | NotSent> | Iterable<DeliverableEvent | NotSent>,
  { to: url, yes, json, quiet, color }: DeliverFlags,
  environment: Environment,
): Promise<ExitCode> {
  const { stdout, stderr, signal, variables } = environment;
  await approveTarget(url, yes === true, environment);
  const style = await createStyle(colorLevel(stdout, variables, color));
  const tally = new DeliveryTally();
  const progress = await startProgress('delivering', stderr, !quiet && isInteractive(stderr, variables));
  const sendable = withoutUnsendable(events, async ({ notSent }) => {
    tally.addNotSent();
    await progress.around(() => write(stderr, `not sent: ${notSent}\n`));
  });
  try {
    for await (const delivery of deliverAll(sendable, { url, signal })) {
      tally.add(delivery);
      progress.update(`delivering: ${delivery.n} done`);
      const line = json ? `${JSON.stringify(jsonDelivery(delivery))}\n` : formatDelivery(delivery, style);
      if (!quiet) await progress.around(() => write(stdout, line));
    }
  } finally {
    progress.stop();
  }
  const summary = tally.summary();
  await write(
    stdout,
    json ? `${JSON.stringify({ type: 'summary', ...summary })}\n` : formatDeliverySummary(summary, style),
  );
  if (signal.aborted) return exitCodeOfSignal(signal);
  if (summary.total > 0 && summary.accepted + summary.refused === 0) return EXIT_CODES.impossible;
  return summary.accepted === summary.total ? EXIT_CODES.ok : EXIT_CODES.failed;
}

function jsonDelivery(delivery: Delivery): object {
  return { type: 'delivery', ...delivery };
}

async function* withoutUnsendable(
  events: AsyncIterable<DeliverableEvent | NotSent> | Iterable<DeliverableEvent | NotSent>,
  report: (event: NotSent) => Promise<void>,
): AsyncGenerator<DeliverableEvent> {
  for await (const event of events) {
    if ('notSent' in event) await report(event);
    else yield event;
  }
}
