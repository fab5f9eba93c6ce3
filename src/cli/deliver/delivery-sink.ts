import { capturedLine } from '../../domain/delivery/captured-line.ts';
import type { Delivery, NotSentReason } from '../../domain/delivery/delivery.ts';
import { DeliveryTally } from '../../domain/delivery/tally.ts';
import type { DeliverableEvent } from '../../io/deliver/deliver-options.ts';
import type { Settled } from '../../io/deliver/settled.ts';
import type { LineFile } from '../../io/line-file.ts';
import { formatDelivery } from '../../ui/delivery-line.ts';
import type { Progress } from '../../ui/progress.ts';
import type { Style } from '../../ui/style.ts';
import { visible } from '../../ui/visible.ts';
import type { OutputStream } from '../environment.ts';
import { explainError } from '../explain-error.ts';
import { write } from '../output.ts';
import type { NotDelivered } from './delivery-source.ts';

/** Where all that becomes of events is written to. */
export interface SinkOptions {
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly style: Style;
  readonly progress: Progress;
  readonly lines: 'pretty' | 'json' | 'none';
  readonly report?: LineFile;
  readonly failures?: LineFile;
}

/** Counts what becomes of events, prints it, and writes it to the files that were asked for. */
export class DeliverySink {
  readonly tally = new DeliveryTally();
  readonly #options: SinkOptions;
  /** The delivery printed last: what it says of a failure is not said again. */
  #previous: Delivery | undefined;
  #kept = 0;
  #isUnreadable = false;

  constructor(options: SinkOptions) {
    this.#options = options;
  }

  /** How many events are in the file of failures. */
  get kept(): number {
    return this.#kept;
  }

  /** Whether a file could not be read. */
  get isUnreadable(): boolean {
    return this.#isUnreadable;
  }

  /** Takes a batch; the files are written before stdout, which may have lost its reader. */
  async add(batch: readonly Settled<DeliverableEvent>[]): Promise<void> {
    const { report, failures, stdout, progress } = this.#options;
    let text = '';
    let reported = '';
    const failed: Uint8Array[] = [];
    for (const settled of batch) {
      if ('delivery' in settled) this.tally.add(settled.delivery);
      else this.tally.addNotSent();
      text += this.#line(settled);
      if (report !== undefined) reported += reportLine(settled);
      if (failures !== undefined && !isAccepted(settled)) failed.push(capturedLine(settled.event));
    }
    if (failed.length > 0) {
      await failures?.write(Buffer.concat(failed));
      this.#kept += failed.length;
    }
    if (reported !== '') await report?.write(reported);
    if (text !== '') await progress.around(() => write(stdout, text));
  }

  /** Takes what is not delivered. */
  async addNotDelivered(item: NotDelivered): Promise<void> {
    const { report, failures, stderr, progress } = this.#options;
    if ('unreadable' in item) {
      this.#isUnreadable = true;
      await progress.around(() => write(stderr, explainError(item.unreadable)));
      return;
    }
    if ('skipped' in item) {
      await progress.around(() => write(stderr, `skipped ${visible(item.skipped)}\n`));
      return;
    }
    const { unsendable, source, bytes } = item;
    this.tally.addNotSent();
    if (failures !== undefined && bytes.length > 0) {
      await failures.write(capturedLine({ bytes }));
      this.#kept += 1;
    }
    await report?.write(notSentLine({ source }, 'unreadable', unsendable));
    await progress.around(() => write(stderr, `not sent: ${visible(unsendable)}\n`));
  }

  /** Writes the figures to the report. */
  async close(): Promise<void> {
    const { report, failures } = this.#options;
    try {
      await report?.write(jsonLine('summary', this.tally.summary()));
    } finally {
      await report?.close();
      await failures?.close();
    }
  }

  #line(settled: Settled<DeliverableEvent>): string {
    const { lines, style, stdout } = this.#options;
    if (lines === 'none' || !('delivery' in settled)) return '';
    const { delivery } = settled;
    if (lines === 'json') return jsonLine('delivery', delivery);
    const line = formatDelivery(delivery, { width: widthOf(stdout), style }, this.#previous);
    this.#previous = delivery;
    return line;
  }
}

/** How long a line may be; where nobody sees it wrap, as long as it is. */
export function widthOf({ isTTY, columns }: OutputStream): number {
  return isTTY === true && columns !== undefined ? Math.max(60, columns) : Number.POSITIVE_INFINITY;
}

function isAccepted(settled: Settled<DeliverableEvent>): boolean {
  return 'delivery' in settled && settled.delivery.outcome === 'accepted';
}

function reportLine(settled: Settled<DeliverableEvent>): string {
  return 'delivery' in settled
    ? jsonLine('delivery', settled.delivery)
    : notSentLine(settled.event, settled.notSent);
}

/** A fact as a line of JSON, its type first. */
export function jsonLine(type: string, fact: object): string {
  // Spliced, because copying every delivery into a new object costs more than writing it.
  return `{"type":"${type}",${JSON.stringify(fact).slice(1)}\n`;
}

function notSentLine(
  { source, uuid, status }: { readonly source: string; readonly uuid?: string; readonly status?: string },
  why: NotSentReason,
  reason?: string,
): string {
  return jsonLine('not-sent', { source, uuid, status, why, reason });
}
