import type { Delivery } from '../../domain/delivery/delivery.ts';
import { formatDelivery } from '../../ui/delivery-line.ts';
import type { Style } from '../../ui/style.ts';
import type { OutputStream } from '../environment.ts';

/** After so many deliveries in a row that failed for the same reason, the rest of them is counted in one line. */
const SAME_MOST = 3;

/** The lines of a run of deliveries, as they are printed on stdout. */
export class DeliveryLines {
  readonly #format: 'pretty' | 'json' | 'none';
  readonly #style: Style;
  readonly #stdout: OutputStream;
  /** What it says of a failure is not said again. */
  #previous: Delivery | undefined;
  /** How many before the last one failed for the same reason, and how many lines were left out for that. */
  #sameInRow = 0;
  #leftOut = 0;

  constructor(format: 'pretty' | 'json' | 'none', style: Style, stdout: OutputStream) {
    this.#format = format;
    this.#style = style;
    this.#stdout = stdout;
  }

  /** Gives the line of a delivery, with what is to be said of those before. */
  add(delivery: Delivery): string {
    if (this.#format === 'none') return '';
    if (this.#format === 'json') return jsonLine('delivery', delivery);
    const previous = this.#previous;
    this.#previous = delivery;
    this.#sameInRow = isSameTrouble(delivery, previous) ? this.#sameInRow + 1 : 0;
    if (this.#sameInRow >= SAME_MOST) {
      this.#leftOut += 1;
      return '';
    }
    const look = { width: widthOf(this.#stdout), style: this.#style };
    return this.end() + formatDelivery(delivery, look, previous);
  }

  /** Gives what is still to be said of the deliveries so far. */
  end(): string {
    const count = this.#leftOut;
    this.#leftOut = 0;
    return count === 0 ? '' : `${this.#style.red('unreachable')}  ${count} more for the same reason\n`;
  }
}

/** How long a line may be; where nobody sees it wrap, as long as it is. */
export function widthOf({ isTTY, columns }: OutputStream): number {
  return isTTY === true && columns !== undefined ? Math.max(60, columns) : Number.POSITIVE_INFINITY;
}

/** A fact as a line of JSON, its type first. */
export function jsonLine(type: string, fact: object): string {
  // Spliced, because copying every delivery into a new object costs more than writing it.
  return `{"type":"${type}",${JSON.stringify(fact).slice(1)}\n`;
}

function isSameTrouble({ outcome, reason }: Delivery, previous: Delivery | undefined): boolean {
  return outcome === 'unreachable' && previous?.outcome === outcome && previous.reason === reason;
}
