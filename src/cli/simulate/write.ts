import { setImmediate as nextTurn } from 'node:timers/promises';
import type { StatusEvent } from '../../domain/event.ts';
import { CallbellStatusError } from '../../errors.ts';
import { count } from '../../ui/count.ts';
import { visible } from '../../ui/visible.ts';
import { rejectWithoutTarget } from '../deliver/delivery-flags.ts';
import type { SourceEvent } from '../deliver/delivery-source.ts';
import type { Environment } from '../environment.ts';
import { EXIT_CODES, type ExitCode } from '../exit-code.ts';
import { talk, write } from '../output.ts';
import type { SimulateFlags } from './options.ts';
import type { EventPlan, PlannedEvent } from './plan.ts';
import { documentOf, documentOrArray, documentOrLines, linesOf } from './text.ts';

/** Events to write, and what to say of them: not before it is sure that they can be written. */
interface Written extends Pick<EventPlan, 'events' | 'timed' | 'most' | 'total'> {
  /** Whole lines, or nothing. */
  readonly notes: string;
}

/** Delivers events, writes them to a file or a folder, or prints them: whichever the flags say. */
export async function writeEvents(
  { events, timed, most, total, notes }: Written,
  flags: SimulateFlags,
  environment: Environment,
): Promise<ExitCode> {
  const { to, from, json, quiet } = flags;
  const output = flags.output === '-' ? undefined : flags.output;
  const { stdin, stdout, stderr, signal } = environment;
  if (to !== undefined) {
    const { deliverEvents } = await import('../deliver/deliver-events.ts');
    const { readsFrom } = await import('../deliver/reads-from.ts');
    const lines = notes.split('\n').filter((line) => line !== '');
    const items = (): Iterable<SourceEvent> => deliverables(timed);
    return await deliverEvents(
      {
        items: items(),
        total,
        preview: items,
        isShort: false,
        notes: lines,
        readsFrom: (path) => readsFrom(path, from === undefined ? [] : [from], stdin),
        isReplaceable: false,
        isOpenToNewFiles: false,
        stopReading: () => {},
        unread: () => undefined,
        whyEmpty: () => 'there is no event to deliver',
      },
      { ...flags, to },
      environment,
    );
  }
  rejectWithoutTarget(flags);
  if (output !== undefined) {
    const written = await writeOutput(events, most, output, flags.force === true, signal);
    await talk(stderr, notes);
    if (!quiet) await talk(stderr, `wrote ${count(written, 'event')} to ${visible(output)}\n`);
    return EXIT_CODES.ok;
  }
  await talk(stderr, notes);
  const chunks = json ? linesOf(events) : documentOrLines(events);
  for (const chunk of untilInterrupted(chunks, signal)) {
    await write(stdout, chunk);
    // Writes to a file are done at once, without a turn of the event loop: Ctrl+C would never be heard.
    await nextTurn();
  }
  return EXIT_CODES.ok;
}

async function writeOutput(
  events: Iterable<StatusEvent>,
  most: number,
  output: string,
  force: boolean,
  signal: AbortSignal,
): Promise<number> {
  const [{ writeWholeFile }, { isFolder, writeWholeFolder }] = await Promise.all([
    import('../../io/output/write-whole-file.ts'),
    import('../../io/output/write-whole-folder.ts'),
  ]);
  if (/[\\/]$/.test(output) || (await isFolder(output))) {
    return await writeWholeFolder(output, untilInterrupted(filesOf(events, most), signal), force);
  }
  const toText = formatOf(output);
  const counter = new Counter(events);
  await writeWholeFile(output, untilInterrupted(toText(counter), signal), force);
  return counter.count;
}

/** How to write events to a file: by its ending. */
export function formatOf(file: string): (events: Iterable<StatusEvent>) => Iterable<string> {
  if (/\.json$/i.test(file)) return documentOrArray;
  if (/\.(ndjson|jsonl)$/i.test(file) || file.startsWith('/dev/')) return linesOf;
  throw new CallbellStatusError('usage', `the ending of ${file} does not say how to write the events`, {
    hint: '.json for a document or an array, .ndjson for one event a line, or a folder that ends with /',
  });
}

/** Counts what is taken from it. */
class Counter<Item> implements Iterable<Item> {
  count = 0;
  readonly #items: Iterable<Item>;

  constructor(items: Iterable<Item>) {
    this.#items = items;
  }

  *[Symbol.iterator](): Generator<Item> {
    for (const item of this.#items) {
      this.count += 1;
      yield item;
    }
  }
}

function* filesOf(events: Iterable<StatusEvent>, most: number): Generator<{ name: string; text: string }> {
  const width = Math.max(2, String(most).length);
  let n = 0;
  for (const event of events) {
    n += 1;
    // An override may have put anything there, slashes for example.
    const status = String(event.payload.status).replace(/[^\w-]+/g, '-');
    yield { name: `${String(n).padStart(width, '0')}-${status}.json`, text: documentOf(event) };
  }
}

function* untilInterrupted<Item>(items: Iterable<Item>, signal: AbortSignal): Generator<Item> {
  for (const item of items) {
    if (signal.aborted)
      throw new CallbellStatusError('interrupted', 'interrupted: not everything was written');
    yield item;
  }
}

function* deliverables(events: Iterable<PlannedEvent>): Generator<SourceEvent> {
  let n = 0;
  for (const { event, arrivesAt } of events) {
    n += 1;
    const { uuid, status } = event.payload;
    const bytes = Buffer.from(JSON.stringify(event));
    // When it arrives, not when it happened: what is late comes late, and what has no time of its own in time.
    const receivedAt = arrivesAt === undefined ? undefined : new Date(arrivesAt).toISOString();
    yield { source: `simulated:${n}`, bytes, uuid, status, ...(receivedAt !== undefined && { receivedAt }) };
  }
}
