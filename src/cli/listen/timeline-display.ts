import type { Arrival } from '../../domain/arrival/arrival.ts';
import { Timeline } from '../../domain/arrival/timeline.ts';
import {
  formatTimelineAbove,
  formatTimelineAside,
  formatTimelineRow,
  formatTimelineTrouble,
} from '../../ui/arrival-timeline.ts';
import { widthOf } from '../../ui/columns.ts';
import type { Style } from '../../ui/style.ts';
import type { OutputStream } from '../environment.ts';
import type { BoundedOutput } from './output.ts';
import { widthOfOutput } from './output-width.ts';

const REDRAW_MS = 100;
const USUAL_ROWS = 24;

/** What a {@link TimelineDisplay} needs. */
export interface TimelineDisplayParts {
  readonly output: BoundedOutput;
  readonly stdout: OutputStream;
  /** What is said goes to the same terminal. */
  readonly sharesTerminal: boolean;
  /** The timeline is drawn again in place; else it is printed once at the end. */
  readonly isLive: boolean;
  readonly style: Style;
  readonly plain: Style;
}

/** A row a message: on a terminal drawn again in place, elsewhere printed once at the end. */
export class TimelineDisplay {
  readonly #timeline = new Timeline();
  readonly #parts: TimelineDisplayParts;
  /** The width of each line that is drawn: where the terminal has become narrower, it takes several rows. */
  #drawn: readonly number[] = [];
  #timer: NodeJS.Timeout | undefined;
  readonly #onResize = (): void => this.#drawSoon();

  constructor(parts: TimelineDisplayParts) {
    this.#parts = parts;
    if (parts.isLive) parts.stdout.on('resize', this.#onResize);
  }

  show(arrival: Arrival): void {
    this.#timeline.add(arrival);
    if (this.#parts.isLive) this.#drawSoon();
  }

  /** What is said on the same terminal must go the same way, or it would be drawn over. */
  takeIn(text: string): boolean {
    const { isLive, sharesTerminal } = this.#parts;
    if (!isLive || !sharesTerminal) return false;
    this.#draw(text.replace(/\n$/, '').split('\n'));
    return true;
  }

  end(): void {
    const { stdout, style } = this.#parts;
    clearTimeout(this.#timer);
    stdout.off('resize', this.#onResize);
    const width = widthOfOutput(stdout);
    this.#replace([
      ...this.#timeline.rows.map((row) => formatTimelineRow(row, style, width)),
      ...this.#troubleLines(style, width),
    ]);
  }

  #drawSoon(): void {
    this.#timer ??= setTimeout(() => this.#draw(), REDRAW_MS);
  }

  /** @param above lines that stay above the timeline */
  #draw(above: readonly string[] = []): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const { style, plain } = this.#parts;
    this.#replace([...above, ...this.#lines(style)]);
    this.#drawn = this.#lines(plain).map(widthOf);
  }

  /** As many of the latest rows as there is room for; below them what has no row, and the last trouble. */
  #lines(style: Style): string[] {
    const { stdout } = this.#parts;
    const width = widthOfOutput(stdout);
    const below = [
      ...formatTimelineAside(this.#timeline.aside, style, width),
      ...this.#troubleLines(style, width),
    ];
    // The last row of the terminal is the cursor's.
    const room = Math.max(1, (stdout.rows || USUAL_ROWS) - 1 - below.length);
    const { rows } = this.#timeline;
    const isCut = rows.length > room;
    const shown = rows.slice(-(isCut ? Math.max(1, room - 1) : room));
    return [
      ...(isCut ? [formatTimelineAbove(rows.length - shown.length, style)] : []),
      ...shown.map((row) => formatTimelineRow(row, style, width)),
      ...below,
    ];
  }

  #troubleLines(style: Style, width: number): string[] {
    const { lastTrouble } = this.#timeline;
    return lastTrouble === undefined ? [] : [formatTimelineTrouble(lastTrouble, style, width)];
  }

  /**
   * Puts lines in the place of those that are drawn: over them, each cleared to its end, and then all below. To clear
   * first would flicker, and some terminals keep a copy of a whole screen that is cleared.
   */
  #replace(lines: readonly string[]): void {
    const { isLive, stdout, output } = this.#parts;
    if (!isLive) {
      for (const line of lines) output.print(`${line}\n`);
      return;
    }
    const width = widthOfOutput(stdout);
    const rows = this.#drawn.reduce((sum, columns) => sum + Math.max(1, Math.ceil(columns / width)), 0);
    // From the first column: a terminal shows ^C where the cursor stands.
    const start = `\r${rows > 0 ? `\u001b[${rows}A` : ''}`;
    const drawn = lines.map((line) => `${line}\u001b[K\n`).join('');
    output.print(`${start}${drawn}\u001b[0J`);
    this.#drawn = [];
  }
}
