import { notForwardedFile } from '../../io/listen/request-recorder.ts';
import { wrap } from '../../ui/columns.ts';
import { formatDuration } from '../../ui/duration.ts';
import { shellQuote } from '../../ui/shell-quote.ts';
import { visible } from '../../ui/visible.ts';
import type { Environment } from '../environment.ts';
import { EXIT_CODES, type ExitCode, exitCodeOfSignal } from '../exit-code.ts';
import { ClosedPipe, talk } from '../output.ts';
import { type CommandEnd, type CommandParts, type RunningCommand, runCommand } from './exec.ts';
import type { ListenFlags } from './flags.ts';
import type { ReplayUrl } from './lost-forwards.ts';
import { widthOfTalk } from './output-width.ts';

/** Why listening ended. */
export type EndReason =
  | { readonly why: 'signal' }
  | { readonly why: 'settled' }
  | { readonly why: 'timeout' }
  | { readonly why: 'output-gone'; readonly error: unknown }
  | { readonly why: 'command'; readonly end: CommandEnd };

/** What ends the listening: whichever comes first. */
export interface Ending {
  readonly ended: Promise<EndReason>;
  end(reason: EndReason): void;
  /** Starts the clock and the command. */
  begin(url: string): void;
  /**
   * Ends what was begun, the command's processes too.
   *
   * @param hurry aborted when nothing is to be waited for
   */
  stop(hurry: AbortSignal): Promise<void>;
}

/** What {@link listenEnding} needs. */
export interface EndingParts extends Omit<CommandParts, 'url'> {
  readonly timeoutMs: number | undefined;
  readonly exec: string | undefined;
  /** Aborted when the listening is to end. */
  readonly signal: AbortSignal;
}

/** Sets up everything that may end the listening: a signal, `--timeout`, the command of `--exec`. */
export function listenEnding({ timeoutMs, exec, signal, variables, stderr }: EndingParts): Ending {
  let end: (reason: EndReason) => void = () => {};
  const ended = new Promise<EndReason>((resolve) => {
    end = resolve;
  });
  const onSignal = (): void => end({ why: 'signal' });
  signal.addEventListener('abort', onSignal, { once: true });
  let timer: NodeJS.Timeout | undefined;
  let command: RunningCommand | undefined;
  return {
    ended,
    end,
    begin: (url) => {
      if (signal.aborted) return onSignal();
      if (timeoutMs !== undefined) timer = setTimeout(() => end({ why: 'timeout' }), timeoutMs);
      if (exec === undefined) return;
      command = runCommand(exec, { url, variables, stderr });
      void command.ended.then((commandEnd) => end({ why: 'command', end: commandEnd }));
    },
    stop: async (hurry) => {
      signal.removeEventListener('abort', onSignal);
      clearTimeout(timer);
      await command?.stop(hurry);
    },
  };
}

/** The exit code of a run: a failed command or an unmet expectation is a failure of what is tested. */
export function exitCodeOf(
  reason: EndReason,
  isMet: boolean,
  expectsNothing: boolean,
  signal: AbortSignal,
): ExitCode {
  if (reason.why === 'output-gone') {
    return reason.error instanceof ClosedPipe ? EXIT_CODES.ok : EXIT_CODES.impossible;
  }
  if (reason.why === 'signal') {
    return expectsNothing || isMet ? EXIT_CODES.ok : exitCodeOfSignal(signal);
  }
  if (reason.why === 'command' && 'notStarted' in reason.end) return EXIT_CODES.impossible;
  if (reason.why === 'command' && howItFailed(reason.end) !== undefined) return EXIT_CODES.failed;
  return isMet ? EXIT_CODES.ok : EXIT_CODES.failed;
}

/** Why a run ended, in words. */
function whyItEnded({ why }: EndReason, { timeout, exec }: ListenFlags): string {
  switch (why) {
    case 'signal':
      return 'it was interrupted';
    case 'settled':
      return 'more events could change nothing';
    case 'timeout':
      return `the ${formatDuration(timeout ?? 0)} of --timeout were over`;
    case 'command':
      return `the command ended: ${exec}`;
    case 'output-gone':
      return 'nobody reads its output any more';
    default:
      return why satisfies never;
  }
}

/** How a command failed, in words; undefined where it went well. */
function howItFailed(end: CommandEnd): string | undefined {
  if ('notStarted' in end) return `could not be started (${end.notStarted})`;
  if ('signal' in end) return `was ended by ${end.signal}`;
  return end.exitCode === 0 ? undefined : `ended with ${end.exitCode}`;
}

/** What a run did not come to. */
export interface Shortfall {
  readonly missing: readonly string[];
  /** What came but did not count for what is expected, in words. */
  readonly notCounted: readonly string[];
  /** Where to deliver again what was not forwarded. */
  readonly replayUrl: ReplayUrl;
}

/** Says what did not come true, and what can be done about it. */
export async function sayUnmet(
  { missing, notCounted, replayUrl }: Shortfall,
  reason: EndReason,
  flags: ListenFlags,
  { stderr }: Environment,
): Promise<void> {
  const lines = missing.map((each) => `not met: ${each}`);
  if (lines.length > 0 && notCounted.length > 0) lines.push(`not counted: ${notCounted.join(', ')}`);
  if (lines.length > 0) lines.push(`it ended because ${whyItEnded(reason, flags)}`);
  const how = reason.why === 'command' ? howItFailed(reason.end) : undefined;
  if (how !== undefined) lines.push(`not met: the command ${how}: ${flags.exec}`);
  await talk(
    stderr,
    [...lines.flatMap((line) => wrap(visible(line), widthOfTalk(stderr))), ...keptLines(replayUrl, flags)]
      .map((line) => `${line}\n`)
      .join(''),
  );
}

/** Where to find what was not forwarded. The command is a line of its own and never broken: it is to be copied. */
function keptLines(replayUrl: ReplayUrl, { record, redact }: ListenFlags): string[] {
  if (replayUrl === 'nothing-lost' || record === undefined) return [];
  const file = visible(shellQuote(notForwardedFile(record)));
  const isOne = replayUrl !== 'several-targets';
  const to = isOne ? shellQuote(replayUrl.url) : '…';
  const kept = redact ? 'kept, masked' : 'kept';
  return [
    `what was not forwarded is ${kept}; ${isOne ? 'to deliver it' : 'each line says where to'}:`,
    `callbell-status replay ${file} --to ${visible(to)}`,
  ];
}
