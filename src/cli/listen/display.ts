import type { Arrival, ForwardResult } from '../../domain/arrival/arrival.ts';
import { matchesUuid } from '../../domain/arrival/expectation.ts';
import { Timeline } from '../../domain/arrival/timeline.ts';
import { formatArrival } from '../../ui/arrival-line.ts';
import { formatTimelineAside, formatTimelineRow } from '../../ui/arrival-timeline.ts';
import { highlightJson } from '../../ui/highlight.ts';
import type { Style } from '../../ui/style.ts';
import { isInteractive, type OutputStream } from '../environment.ts';
import type { ListenFlags } from './flags.ts';
import { jsonArrival } from './json.ts';
import type { BoundedOutput } from './output.ts';

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

/** The width of an output; one that is no terminal has room for a usual line. */
export function widthOfOutput({ columns }: OutputStream): number {
  return Math.max(60, columns ?? 110);
}

/** The width of what is said; off a terminal no line is broken, for those who search in it. */
export function widthOfTalk({ isTTY, columns }: OutputStream): number {
  return isTTY ? Math.max(40, columns ?? 80) : Number.POSITIVE_INFINITY;
}

/** Chooses how arrivals are shown. What the filters leave out is not shown, but received all the same. */
export function createDisplay(parts: DisplayParts): ArrivalDisplay {
  const { flags, stdout, variables } = parts;
  if (flags.quiet) return { show: () => {}, takeIn: () => false, end: () => {}, hidden: 0 };
  const display: Omit<ArrivalDisplay, 'hidden'> =
    flags.show === 'timeline'
      ? new TimelineDisplay(parts, isInteractive(stdout, variables))
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
  const troubles = new ForwardTroubles();
  return {
    show: (arrival) => {
      if (json) {
        output.print(...jsonArrival(arrival));
        return;
      }
      const shown = verbose ? arrival : troubles.withNewOnes(arrival);
      const line = formatArrival(shown, { width: widthOfOutput(stdout), style, verbose });
      const withEvent = show === 'event' && arrival.json !== undefined;
      output.print(withEvent ? line + highlightJson(arrival.json, style, '  ') : line);
    },
    takeIn: () => false,
    end: () => {},
  };
}

/** Remembers why targets give no answer: while nothing changes, it is not said below every line. */
class ForwardTroubles {
  readonly #reasons = new Map<string, string | undefined>();

  /** The arrival without the reasons that were shown with an earlier one. */
  withNewOnes(arrival: Arrival): Arrival {
    const { forwards } = arrival;
    if (forwards === undefined) return arrival;
    return { ...arrival, forwards: forwards.map((result) => this.#withNewReason(result)) };
  }

  #withNewReason(result: ForwardResult): ForwardResult {
    const { origin } = new URL(result.url);
    const { reason, ...others } = result;
    const isKnown = result.outcome === 'unreachable' && this.#reasons.get(origin) === reason;
    this.#reasons.set(origin, reason);
    return isKnown ? others : result;
  }
}

const REDRAW_MS = 100;
const USUAL_ROWS = 24;

/** A row a message: on a terminal drawn again in place, elsewhere printed once at the end. */
class TimelineDisplay implements Omit<ArrivalDisplay, 'hidden'> {
  readonly #timeline = new Timeline();
  readonly #parts: DisplayParts;
  readonly #isLive: boolean;
  #drawnLines = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: DisplayParts, isLive: boolean) {
    this.#parts = parts;
    this.#isLive = isLive;
  }

  show(arrival: Arrival): void {
    this.#timeline.add(arrival);
    if (!this.#isLive) return;
    this.#timer ??= setTimeout(() => this.#draw(), REDRAW_MS);
  }

  /** What is said on the same terminal must go the same way, or it would be drawn over. */
  takeIn(text: string): boolean {
    const { output, stderr } = this.#parts;
    if (!this.#isLive || !stderr.isTTY) return false;
    this.#erase();
    output.print(text);
    this.#draw();
    return true;
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#erase();
    this.#print(this.#timeline.rows.length);
    this.#drawnLines = 0;
  }

  #draw(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#erase();
    const { rows = USUAL_ROWS } = this.#parts.stdout;
    this.#drawnLines = this.#print(Math.max(1, rows - 6)) + this.#printAside();
  }

  /** What has no row is told below them while it goes on; in the end the figures say it. */
  #printAside(): number {
    const { output, style, stdout } = this.#parts;
    const lines = formatTimelineAside(this.#timeline.aside, style, widthOfOutput(stdout));
    for (const line of lines) output.print(`${line}\n`);
    return lines.length;
  }

  #erase(): void {
    if (!this.#isLive) return;
    // From the first column: a terminal shows ^C where the cursor stands.
    const up = this.#drawnLines > 0 ? `\u001b[${this.#drawnLines}A` : '';
    this.#parts.output.print(`\r${up}\u001b[0J`);
    this.#drawnLines = 0;
  }

  /** Prints the last rows, at most so many; gives how many. */
  #print(most: number): number {
    const { output, style, stdout } = this.#parts;
    const rows = this.#timeline.rows.slice(-most);
    for (const row of rows) output.print(`${formatTimelineRow(row, style, widthOfOutput(stdout))}\n`);
    return rows.length;
  }
}
