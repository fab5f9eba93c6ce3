import type { Readable } from 'node:stream';
import { CallbellStatusError } from '../../errors.ts';
import { listSources } from '../../io/capture/list-sources.ts';
import { DEFAULT_MAX_EVENT_BYTES, readCapture } from '../../io/capture/read-capture.ts';
import { type DeliverySource, isSendable, type SourceEvent, type SourceItem } from './delivery-source.ts';
import { readsFrom, statOfSource } from './reads-from.ts';
import { toSourceItem } from './to-source-item.ts';

/** Which captured events to deliver. */
export interface Selection {
  readonly status: readonly string[] | undefined;
  /** The uuids of messages, or how they begin. */
  readonly uuid: readonly string[] | undefined;
  /** Of the events that are left, so many are passed over. */
  readonly skip: number | undefined;
  /** At most so many are taken. */
  readonly limit: number | undefined;
  /** Larger events, in bytes, are not taken. */
  readonly maxEvent: number | undefined;
}

/** Up to that many bytes are looked through beforehand only to say how many events there are. */
const SHORT_BYTES = 32 * 1024 * 1024;

/** Prepares captured files to be delivered; `-` is standard input. */
export async function openDeliverables(
  files: readonly string[],
  selection: Selection,
  stdin: Readable,
): Promise<DeliverySource> {
  const stats = await Promise.all(files.map((file) => statOfSource(file, stdin)));
  const isRepeatable = stats.every((each, index) => each?.isFile() && files[index] !== '-');
  const bytes = stats.reduce((sum, each) => sum + (each?.size ?? 0), 0);
  const reading = new Reading(files, selection, stdin);
  return {
    items: reading.items(),
    total: undefined,
    preview: isRepeatable ? () => reading.preview() : undefined,
    isShort: bytes <= SHORT_BYTES,
    notes: [],
    isReplaceable: Object.values({ ...selection, maxEvent: undefined }).every((each) => each === undefined),
    readsFrom: (path) => readsFrom(path, files, stdin),
    isOpenToNewFiles: stats.some((each) => each?.isDirectory()),
    stopReading: (how) => reading.stop(how),
    unread: () => reading.unread(),
    whyEmpty: () =>
      stats.every((each) => each?.isFile() && each.size === 0) ? undefined : reading.whyEmpty(),
  };
}

/** The reading of captured files, which knows how far it has come. */
class Reading {
  readonly #files: readonly string[];
  readonly #selection: Selection;
  readonly #stdin: Readable;
  readonly #whenQuiet = new AbortController();
  readonly #atOnce = new AbortController();
  #events = 0;
  /** The source that is read, and the line of the last record in it. */
  #place = { file: '', line: 0 };
  #left: string | undefined;

  constructor(files: readonly string[], selection: Selection, stdin: Readable) {
    this.#files = files;
    this.#selection = selection;
    this.#stdin = stdin;
  }

  /** What is selected; what cannot be sent cannot be selected, and is always given. */
  items(): AsyncGenerator<SourceItem> {
    return this.#select(this.#read());
  }

  /** The same without counting. */
  preview(): AsyncGenerator<SourceItem> {
    return new Reading(this.#files, this.#selection, this.#stdin).items();
  }

  stop(how: 'when-quiet' | 'at-once'): void {
    (how === 'at-once' ? this.#atOnce : this.#whenQuiet).abort();
  }

  unread(): string | undefined {
    return this.#left;
  }

  whyEmpty(): string {
    if (this.#events === 0) return 'there is no event in the input';
    return `none of the ${this.#events} events was selected`;
  }

  async *#read(): AsyncGenerator<SourceItem> {
    const { maxEvent = DEFAULT_MAX_EVENT_BYTES } = this.#selection;
    const input = {
      stdin: this.#stdin,
      maxEventBytes: longestLineOf(maxEvent),
      stopReading: {
        sources: 'open-ended',
        whenQuiet: this.#whenQuiet.signal,
        atOnce: this.#atOnce.signal,
        onLeft: () => this.#leave(),
      },
      onBeginning: undefined,
    } as const;
    for await (const { path: file, passedOver } of listSources(this.#files)) {
      if (passedOver !== undefined) {
        yield { skipped: `${file}: ${passedOver}`, isForeign: true };
        continue;
      }
      this.#place = { file, line: 0 };
      try {
        for await (const record of readCapture(file, input)) {
          this.#place = { file, line: record.line };
          yield toSourceItem(record, maxEvent);
        }
      } catch (error) {
        yield isUnreadable(error) ? { unreadable: error } : { error, event: undefined };
      }
    }
  }

  #leave(): void {
    const { file, line } = this.#place;
    const name = file === '-' ? 'standard input' : file;
    this.#left ??= `${name} was still open: what came after line ${line} was not read`;
  }

  async *#select(items: AsyncIterable<SourceItem>): AsyncGenerator<SourceItem> {
    const { skip = 0, limit = Number.POSITIVE_INFINITY } = this.#selection;
    let passed = 0;
    for await (const item of items) {
      if (!isSendable(item)) {
        yield item;
        continue;
      }
      this.#events += 1;
      if (!isSelected(item, this.#selection)) continue;
      passed += 1;
      if (passed > skip) yield item;
      if (passed === skip + limit) return;
    }
  }
}

/**
 * How long the line of an event may be that has so many bytes: in a file of failures it may stand in base64, inside a
 * record of its request. What we have written we can read.
 */
function longestLineOf(eventBytes: number): number {
  return Math.ceil(eventBytes / 3) * 4 + 4096;
}

function isUnreadable(error: unknown): error is CallbellStatusError {
  return error instanceof CallbellStatusError && error.code === 'unreadable-source';
}

function isSelected({ status, uuid }: SourceEvent, selection: Selection): boolean {
  const { status: statuses, uuid: uuids } = selection;
  if (statuses !== undefined && (status === undefined || !statuses.includes(status))) return false;
  return uuids === undefined || uuids.some((wanted) => uuid?.startsWith(wanted));
}
