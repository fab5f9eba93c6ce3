import { capturedLine, capturedText } from '../../domain/delivery/captured-line.ts';
import { type Delivery, isSuccess, type NotSentReason } from '../../domain/delivery/delivery.ts';
import { type DeliverySummary, DeliveryTally } from '../../domain/delivery/tally.ts';
import type { DeliverableEvent } from '../../io/deliver/deliver-options.ts';
import type { Settled } from '../../io/deliver/settled.ts';
import type { Progress } from '../../ui/progress.ts';
import type { Style } from '../../ui/style.ts';
import { visible } from '../../ui/visible.ts';
import type { OutputStream } from '../environment.ts';
import { explainError } from '../explain-error.ts';
import { talk, write } from '../output.ts';
import type { DeliveryFiles } from './delivery-files.ts';
import { DeliveryLines, jsonLine } from './delivery-lines.ts';
import type { NotDelivered, SourceEvent } from './delivery-source.ts';

/** Where all that becomes of events is written to. */
export interface SinkOptions {
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly style: Style;
  readonly progress: Progress;
  readonly lines: 'pretty' | 'json' | 'none';
  readonly files: DeliveryFiles;
  /** Is told that the run cannot go on: an output failed, or its source did. */
  onFailure(error: unknown): void;
}

/** So many things that are passed over are said one by one. */
const SKIPPED_MOST = 5;

/**
 * Counts what becomes of events, prints it, and writes it to the files that were asked for. Never rejects: an output
 * that fails is told once and written to no more, and the others go on.
 */
export class DeliverySink {
  readonly tally = new DeliveryTally();
  readonly #options: SinkOptions;
  readonly #lines: DeliveryLines;
  #kept = 0;
  #skipped = 0;
  #foreign = 0;
  /** Copies of events that were not accepted: what is kept is the event itself, once. */
  #copies = 0;
  #firstReason: string | undefined;
  #isUnreadable = false;
  #stdoutFailure: { readonly error: unknown } | undefined;

  constructor(options: SinkOptions) {
    this.#options = options;
    this.#lines = new DeliveryLines(options.lines, options.style, options.stdout);
  }

  /** How many events are in the file of failures. */
  get kept(): number {
    return this.#kept;
  }

  /** How many events were neither accepted nor are in the file of failures; 0 where there is no such file. */
  get unkept(): number {
    if (this.#options.files.failures === undefined) return 0;
    return this.tally.failed + this.tally.notSent - this.#copies - this.#kept;
  }

  /** All figures; what was passed over is no event, and not part of the total. */
  summary(): DeliverySummary & { readonly skipped: number } {
    return { ...this.tally.summary(), skipped: this.#skipped };
  }

  /** Why the first delivery that was not accepted was not; undefined where all were. */
  get firstReason(): string | undefined {
    return this.#firstReason;
  }

  /** How many things of the input are no events, and somebody's all the same. */
  get foreign(): number {
    return this.#foreign;
  }

  /** Whether the failures can be read again: not from a device or a pipe. */
  get isKeptInFile(): boolean {
    return this.#options.files.failures?.isRegular === true;
  }

  /** Whether a file could not be read. */
  get isUnreadable(): boolean {
    return this.#isUnreadable;
  }

  /** Why stdout is not written to any more. */
  get stdoutFailure(): { readonly error: unknown } | undefined {
    return this.#stdoutFailure;
  }

  /** Takes a batch; what is not to be lost is written first. */
  async add(batch: readonly Settled<SourceEvent>[]): Promise<void> {
    const { files } = this.#options;
    let text = '';
    const reported: string[] = [];
    const failed: Uint8Array[] = [];
    for (const settled of batch) {
      if ('delivery' in settled) this.#count(settled.delivery);
      else this.tally.addNotSent();
      if ('delivery' in settled) text += this.#lines.add(settled.delivery);
      if (files.report !== undefined) reported.push(reportLine(settled));
      if (files.failures === undefined || isSettledWell(settled)) continue;
      if (settled.event.isCopy) this.#copies += 1;
      else failed.push(capturedLine(settled.event));
    }
    await this.#keep(failed);
    await this.#report(reported.join(''));
    await this.#print(text);
  }

  #count(delivery: Delivery): void {
    this.tally.add(delivery);
    if (delivery.outcome !== 'accepted') this.#firstReason ??= delivery.reason;
  }

  /** Takes what is not delivered. */
  async addNotDelivered(item: NotDelivered): Promise<void> {
    const { stderr, progress, onFailure } = this.#options;
    if ('error' in item) {
      onFailure(item.error);
      if (item.event !== undefined) await this.add([{ event: item.event, notSent: 'stopped' }]);
      return;
    }
    const say = (text: string): Promise<void> => progress.around(() => talk(stderr, text));
    if ('unreadable' in item) {
      this.#isUnreadable = true;
      return say(explainError(item.unreadable));
    }
    if ('skipped' in item) {
      this.#skipped += 1;
      if (item.isForeign) this.#foreign += 1;
      return this.#skipped <= SKIPPED_MOST ? say(`skipped ${visible(item.skipped)}\n`) : undefined;
    }
    const { unsendable, source, bytes, isEvent } = item;
    this.tally.addNotSent();
    if (bytes.length > 0) await this.#keep([isEvent ? capturedLine({ bytes }) : capturedText(bytes)]);
    await this.#report(notSentLine({ source }, 'unreadable', unsendable));
    await say(`not sent: ${visible(unsendable)}\n`);
  }

  /** Counts what was not read any more as not sent: of so many events, all that nothing was heard of. */
  addUnread(total: number): void {
    this.tally.addNotSent(Math.max(0, total - this.tally.summary().total));
  }

  /**
   * Writes the figures, and gives the files their names.
   *
   * @param keepOld leaves the file that the failures would take the place of as it was
   */
  async finish(keepOld: boolean): Promise<void> {
    const { progress, files, stderr } = this.#options;
    progress.stop();
    await this.#print(this.#lines.end());
    const more = this.#skipped - SKIPPED_MOST;
    if (more > 0) await talk(stderr, `skipped ${more} more that are no events\n`);
    await this.#report(jsonLine('summary', this.summary()));
    await files.failures?.finish(keepOld);
    if (files.failures?.isLost) this.#kept = 0;
    await files.report?.finish();
  }

  async #keep(lines: readonly Uint8Array[]): Promise<void> {
    const { failures } = this.#options.files;
    if (lines.length === 0 || failures === undefined || failures.failure !== undefined) return;
    this.#kept += await failures.write(Buffer.concat(lines));
    if (failures.failure !== undefined) this.#options.onFailure(failures.failure);
  }

  async #report(lines: string): Promise<void> {
    const { report } = this.#options.files;
    if (lines === '' || report === undefined || report.failure !== undefined) return;
    await report.write(Buffer.from(lines));
    if (report.failure !== undefined) this.#options.onFailure(report.failure);
  }

  async #print(text: string): Promise<void> {
    const { stdout, progress, onFailure } = this.#options;
    if (text === '' || this.#stdoutFailure !== undefined) return;
    await progress.around(() =>
      write(stdout, text).catch((error: unknown) => {
        this.#stdoutFailure = { error };
        onFailure(error);
      }),
    );
  }
}

function isSettledWell(settled: Settled<DeliverableEvent>): boolean {
  return 'delivery' in settled && isSuccess(settled.delivery);
}

function reportLine(settled: Settled<DeliverableEvent>): string {
  return 'delivery' in settled
    ? jsonLine('delivery', settled.delivery)
    : notSentLine(settled.event, settled.notSent);
}

function notSentLine(
  { source, uuid, status }: { readonly source: string; readonly uuid?: string; readonly status?: string },
  why: NotSentReason,
  reason?: string,
): string {
  return jsonLine('not-sent', { source, uuid, status, why, reason });
}
