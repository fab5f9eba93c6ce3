import type { Arrival } from '../domain/arrival.ts';
import { ArrivalTally } from '../domain/arrival-tally.ts';
import { describeProblem, suggestionOf } from '../domain/validate/problem.ts';
import { startListener } from '../io/listen/listener.ts';
import { formatArrival } from '../ui/arrival-line.ts';
import { formatArrivalSummary } from '../ui/arrival-summary.ts';
import { createStyle } from '../ui/style.ts';
import { colorLevel, type Environment } from './environment.ts';
import { EXIT_CODES, type ExitCode } from './exit-code.ts';
import { write } from './output.ts';

/** The flags of `listen`. */
export interface ListenFlags {
  readonly port: number;
  readonly json?: boolean | undefined;
  readonly quiet?: boolean | undefined;
  readonly color?: boolean | undefined;
}

/** Listens until a signal comes, prints what arrives, then the figures. */
export async function listen(
  { port, json, quiet, color }: ListenFlags,
  environment: Environment,
): Promise<ExitCode> {
  const { stdout, stderr, signal, variables, pid } = environment;
  const style = await createStyle(colorLevel(stdout, variables, color));
  const listener = await startListener({ port });
  const stop = (): void => void listener.close();
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  const tally = new ArrivalTally();
  try {
    if (json) await printJson(stdout, { type: 'ready', url: listener.url, port: listener.port, pid });
    else await write(stderr, `listening on ${style.bold(listener.url)}      Ctrl+C to stop\n\n`);
    for await (const arrival of listener.arrivals) {
      tally.add(arrival);
      if (json) await printJson(stdout, jsonArrival(arrival));
      else if (!quiet) await write(stdout, formatArrival(arrival, { width: stdout.columns ?? 100, style }));
    }
  } finally {
    signal.removeEventListener('abort', stop);
    await listener.close();
  }
  const summary = tally.summary();
  if (json) await printJson(stdout, { type: 'summary', ...summary });
  else await write(stdout, formatArrivalSummary(summary));
  return EXIT_CODES.ok;
}

function printJson(stdout: Environment['stdout'], fact: object): Promise<void> {
  return write(stdout, `${JSON.stringify(fact)}\n`);
}

function jsonArrival(arrival: Arrival): object {
  const { n, receivedAt, method, path, kind, uuid, status, phone, transition, problems } = arrival;
  const { signature, answered, ms, event, eventName } = arrival;
  return {
    type: 'arrival',
    n,
    receivedAt,
    method,
    path,
    kind,
    uuid,
    status,
    phone,
    eventName,
    transition: transition?.kind,
    skipped: transition?.kind === 'skipped' ? transition.skipped : undefined,
    problems: problems.map((found) => ({
      path: found.path,
      severity: found.severity,
      code: found.code,
      message: describeProblem(found),
      suggestion: suggestionOf(found),
    })),
    signature,
    answered,
    ms,
    event,
  };
}
