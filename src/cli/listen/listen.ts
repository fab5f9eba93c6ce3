import { Expectations } from '../../domain/arrival/expectation.ts';
import { shownTarget, shownUrlAt } from '../../domain/arrival/forward-url.ts';
import { ArrivalTally } from '../../domain/arrival/tally.ts';
import { type Receiver, startReceiver } from '../../io/listen/receiver.ts';
import { formatNotice } from '../../ui/arrival-notice.ts';
import { formatArrivalSummary } from '../../ui/arrival-summary.ts';
import { wrap } from '../../ui/columns.ts';
import { createStyle } from '../../ui/style.ts';
import { colorLevel, type Environment } from '../environment.ts';
import { EXIT_CODES, type ExitCode } from '../exit-code.ts';
import { talk } from '../output.ts';
import { createDisplay } from './display.ts';
import { type Ending, type EndReason, exitCodeOf, listenEnding, sayUnmet } from './ending.ts';
import { checkListenFlags, type ListenFlags } from './flags.ts';
import { arrivalFollower, noticeSayer } from './followers.ts';
import { InternalErrors } from './internal-errors.ts';
import { jsonLine } from './json.ts';
import { LostForwards } from './lost-forwards.ts';
import { BoundedOutput, isReaderGone } from './output.ts';
import { widthOfOutput, widthOfTalk } from './output-width.ts';
import { setUpListening } from './setup.ts';

/** Listens until what was asked for has come or a signal does; shows what arrives, then the figures. */
export async function listen(flags: ListenFlags, environment: Environment): Promise<ExitCode> {
  checkListenFlags(flags);
  const { stdout, stderr, variables } = environment;
  const style = await createStyle(colorLevel(stdout, variables, flags.color));
  const talkStyle = await createStyle(colorLevel(stderr, variables, flags.color));
  const setup = await setUpListening(flags, environment, talkStyle);
  const expectations = new Expectations(flags);
  const tally = new ArrivalTally();
  const { signal } = environment;
  const secondSignal = environment.secondSignal();
  const { timeout: timeoutMs, exec } = flags;
  const ending = listenEnding({ timeoutMs, exec, signal, variables, stderr });
  const output = new BoundedOutput(stdout, {
    gap: (count) => (flags.json ? jsonLine({ type: 'not-shown', arrivals: count }) : gapNote(count)),
    onEnd: (error) => onOutputEnd(error, flags, ending, environment),
  });
  const display = createDisplay({ flags, output, stdout, stderr, variables, style });
  const tell = (text: string): void => {
    if (!display.takeIn(text)) void talk(stderr, text);
  };
  const say = noticeSayer(tally, (notice) => tell(formatNotice(notice, talkStyle, widthOfTalk(stderr))));
  const lost = new LostForwards(flags.forwardTo ?? []);
  const follow = arrivalFollower({
    tally,
    expectations,
    display,
    lost,
    say,
    showsPages: flags.json === true,
    onSettled: () => {
      if (exec === undefined) ending.end({ why: 'settled' });
    },
  });
  const internalErrors = new InternalErrors((text) => void talk(stderr, text));
  const receiver = await startReceiver(
    { ...setup.options, onNotice: say },
    {
      now: () => environment.now().getTime(),
      randomSeed: environment.randomSeed,
      onArrival: follow,
      onFault: (error) => internalErrors.add(error),
    },
  ).catch(async (error: unknown) => {
    await ending.stop(secondSignal);
    throw error;
  });
  const result = await runUntilEnd({ receiver, ending, talk: tell, secondSignal }, async () => {
    if (flags.json) {
      output.print(jsonLine({ type: 'ready', url: receiver.url, port: receiver.port, pid: environment.pid }));
    }
    await talk(stderr, flags.json ? setup.warnings : setup.greeting(receiver.url));
  });
  display.end();
  const missing = expectations.missing(result.why === 'settled');
  const figures = tally.summary();
  const targets = figures.targets.map((each, index) => ({ url: targetName(flags, index), ...each }));
  const summary = {
    ...figures,
    targets,
    internalErrors: internalErrors.count,
    notShown: output.leftOut,
    hidden: display.hidden,
  };
  const expectation = expectations.isEmpty ? undefined : { met: missing.length === 0, missing };
  output.print(
    flags.json
      ? jsonLine({ type: 'summary', ...summary, expectation, record: flags.record })
      : formatArrivalSummary(summary, style, widthOfOutput(stdout)),
  );
  await output.finish();
  const notCounted = expectations.isEmpty ? [] : expectations.notCounted();
  await sayUnmet({ missing, notCounted, replayUrl: lost.replayUrl }, result, flags, environment);
  // Nothing that a run proves can be relied on after an error of our own.
  if (internalErrors.count > 0) return EXIT_CODES.internal;
  return exitCodeOf(result, missing.length === 0, expectations.isEmpty, environment.signal);
}

/** The `…` that stands for the path of each request is for people only. */
function targetName({ forwardTo, json }: ListenFlags, index: number): string {
  const target = forwardTo?.[index];
  if (target === undefined) return '';
  return json ? shownUrlAt(target, target.pathname + target.search) : shownTarget(target);
}

function gapNote(count: number): string {
  return `… ${count} arrivals not shown: what reads this output is too slow\n`;
}

/** When nobody reads any more and nothing else depends on us, the run is over; else it goes on in silence. */
function onOutputEnd(error: unknown, flags: ListenFlags, ending: Ending, { stderr }: Environment): void {
  const { record, forwardTo, exec, until, expect, maxEvents, failOnInvalid } = flags;
  const isNeeded = [record, forwardTo, exec, until, expect, maxEvents, failOnInvalid].some(Boolean);
  if (!isNeeded) ending.end({ why: 'output-gone', error });
  if (!isNeeded && isReaderGone(error)) return;
  const lines = wrap(`! ${whyUnread(error)}; arrivals are no longer shown`, widthOfTalk(stderr));
  void talk(stderr, `${lines.join('\n')}\n`);
}

function whyUnread(error: unknown): string {
  if (isReaderGone(error)) return 'nobody reads the output any more';
  return error instanceof Error ? error.message : String(error);
}

interface Run {
  readonly receiver: Receiver;
  readonly ending: Ending;
  /** Says something besides what is shown. */
  readonly talk: (text: string) => void;
  /** Ends the wait for what is under way. */
  readonly secondSignal: AbortSignal;
}

/** Waits for the end and stops everything, also where something throws. */
async function runUntilEnd(
  { receiver, ending, talk, secondSignal }: Run,
  greet: () => Promise<void>,
): Promise<EndReason> {
  try {
    await greet();
    ending.begin(receiver.url);
    return await ending.ended;
  } finally {
    const timer = setTimeout(() => talk(STOPPING), STOPPING_AFTER_MS);
    const giveUp = (): void => receiver.giveUp();
    secondSignal.addEventListener('abort', giveUp, { once: true });
    await ending.stop(secondSignal);
    await receiver.close();
    secondSignal.removeEventListener('abort', giveUp);
    clearTimeout(timer);
  }
}

/** Most runs end before that; then there is nothing to be said. */
const STOPPING_AFTER_MS = 100;

const STOPPING = 'stopping: waiting up to 2 s for what is under way (Ctrl+C again gives it up)\n';
