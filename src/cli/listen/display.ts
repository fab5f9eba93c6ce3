import type { Arrival } from '../../domain/arrival/arrival.ts';
import { matchesUuid } from '../../domain/arrival/expectation.ts';
import { formatArrival, formatRepeated } from '../../ui/arrival-line.ts';
import { highlightJson } from '../../ui/highlight.ts';
import { PLAIN, type Style } from '../../ui/style.ts';
import { isInteractive, type OutputStream } from '../environment.ts';
import type { ListenFlags } from './flags.ts';
import { jsonArrival } from './json.ts';
import type { BoundedOutput } from './output.ts';
import { widthOfOutput } from './output-width.ts';
import { RepeatedAnswers } from './repeated-answers.ts';
import { TimelineDisplay } from './timeline-display.ts';

/** How arrivals are shown. */
export interface ArrivalDisplay {
  show(arrival: Arrival): void;
  /** Takes in a text that is said besides, where it would break what is shown; false where it would not. */
  takeIn(text: string): boolean;
  /** Shows what is only shown at the end. */
  end(): void;
  /** How many arrivals the filters left out. */
  readonly hidden: number;
}

/** What a display needs. */
export interface DisplayParts {
  readonly flags: ListenFlags;
  readonly output: BoundedOutput;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly style: Style;
}

/** Chooses how arrivals are shown. What the filters leave out is not shown, but received all the same. */
export function createDisplay(parts: DisplayParts): ArrivalDisplay {
  const { flags, output, stdout, stderr, variables, style } = parts;
  if (flags.quiet) return { show: () => {}, takeIn: () => false, end: () => {}, hidden: 0 };
  const display: Omit<ArrivalDisplay, 'hidden'> =
    flags.show === 'timeline'
      ? new TimelineDisplay({
          output,
          stdout,
          sharesTerminal: stderr.isTTY === true,
          isLive: isInteractive(stdout, variables),
          style,
          plain: PLAIN,
        })
      : lineDisplay(parts);
  let hidden = 0;
  return {
    show: (arrival) => {
      if (isWanted(arrival, flags)) display.show(arrival);
      else hidden += 1;
    },
    get hidden() {
      return hidden;
    },
    takeIn: (text) => display.takeIn(text),
    end: () => display.end(),
  };
}

function isWanted({ uuid, status }: Arrival, { uuid: wantedUuid, status: wanted }: ListenFlags): boolean {
  if (!matchesUuid(uuid, wantedUuid)) return false;
  return wanted === undefined || (status !== undefined && wanted.includes(status));
}

function lineDisplay({ flags, output, stdout, style }: DisplayParts): Omit<ArrivalDisplay, 'hidden'> {
  const { json, verbose = false, show } = flags;
  const answers = new RepeatedAnswers();
  const sayRepeated = (times: number): void => {
    if (times > 0) output.print(formatRepeated(times, style, widthOfOutput(stdout)));
  };
  return {
    show: (arrival) => {
      if (json) {
        output.print(...jsonArrival(arrival));
        return;
      }
      const { isRepeated, endedAfter } = verbose
        ? { isRepeated: false, endedAfter: 0 }
        : answers.follow(arrival);
      sayRepeated(endedAfter);
      const line = formatArrival(arrival, { width: widthOfOutput(stdout), style, verbose, isRepeated });
      const withEvent = show === 'event' && arrival.json !== undefined;
      output.print(withEvent ? line + highlightJson(arrival.json, style, '  ') : line);
    },
    takeIn: () => false,
    end: () => sayRepeated(answers.end()),
  };
}
