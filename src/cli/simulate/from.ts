import { classifyValue } from '../../domain/captures/classify.ts';
import type { StatusEvent } from '../../domain/event.ts';
import { EVENT_NAME } from '../../domain/event-name.ts';
import { type AdoptedMessage, adoptMessage } from '../../domain/generate/adopt.ts';
import { isJsonObject } from '../../domain/json.ts';
import { isTooDeep, MOST_DEPTH } from '../../domain/json-depth.ts';
import { CallbellStatusError } from '../../errors.ts';
import type { CaptureRecord } from '../../io/capture/capture-record.ts';
import { classifyRecord } from '../../io/capture/classify-record.ts';
import { listSources } from '../../io/capture/list-sources.ts';
import { type CaptureInput, DEFAULT_MAX_EVENT_BYTES, readCapture } from '../../io/capture/read-capture.ts';
import { visible } from '../../ui/visible.ts';
import type { Environment } from '../environment.ts';
import { PassedOverFiles } from '../passed-over-files.ts';
import type { PlannedEvent } from './plan.ts';

/** A capture to start from. */
export interface CapturedEvents {
  readonly events: readonly StatusEvent[];
  /** The same, with when each was received where the capture says so, in unix milliseconds. */
  readonly timed: readonly PlannedEvent[];
  /** The message that they are about. */
  readonly adopted: AdoptedMessage;
  /** What was passed over, each a line. */
  readonly notes: readonly string[];
}

/**
 * Reads the events of a capture to start from. All are held at once: an override must fit one of them before
 * the first is written.
 *
 * @throws {CallbellStatusError} `unreadable-source` for what is not JSON, or where there is no event; `interrupted`
 */
export async function readCapturedEvents(
  file: string,
  { stdin, signal }: Pick<Environment, 'stdin' | 'signal'>,
): Promise<CapturedEvents> {
  const timed: PlannedEvent[] = [];
  let skipped = 0;
  let firstSkipped = 0;
  const stopReading = { sources: 'all', whenQuiet: undefined, atOnce: signal, onLeft: () => {} } as const;
  const input = { stdin, maxEventBytes: DEFAULT_MAX_EVENT_BYTES, stopReading, onBeginning: undefined };
  const passedOver = new PassedOverFiles();
  for await (const record of readSources(file, input, passedOver)) {
    const event = eventOf(record);
    if (event === undefined) {
      if (skipped === 0) firstSkipped = record.line;
      skipped += 1;
      continue;
    }
    const arrivesAt = record.receivedAt === undefined ? Number.NaN : Date.parse(record.receivedAt);
    timed.push(Number.isNaN(arrivesAt) ? { event } : { event, arrivesAt });
  }
  if (signal.aborted)
    throw new CallbellStatusError('interrupted', `interrupted: ${file} was not read to its end`);
  const events = timed.map(({ event }) => event);
  if (events.length === 0) throw new CallbellStatusError('unreadable-source', `there is no event in ${file}`);
  const notes = [passedOver.text()].filter((note) => note !== '');
  if (skipped > 0) {
    const what = `skipped ${skipped} in ${visible(file)} that are no events, the first in line ${firstSkipped}`;
    notes.push(`note: ${what}\n`);
  }
  return { events, timed, adopted: adoptMessage(events), notes };
}

/** Reads a file, or the captures of a folder. */
async function* readSources(
  path: string,
  input: CaptureInput,
  passedOver: PassedOverFiles,
): AsyncGenerator<CaptureRecord> {
  for await (const source of listSources([path])) {
    if (source.passedOver === undefined) yield* readCapture(source.path, input);
    else passedOver.add(source.path, source.passedOver);
  }
}

/**
 * The event of a record, an inner payload alone in its envelope; undefined for anything else. Whether it is a valid
 * one is not asked, so that wrong ones can be made worse.
 */
function eventOf(record: CaptureRecord): StatusEvent | undefined {
  const { source, line, column, parsed, fault } = record;
  const place = `${source}:${line}:${column}`;
  const kind = classifyRecord(record);
  if (kind === 'connection-check') return undefined;
  if (parsed === undefined || fault !== undefined) {
    throw new CallbellStatusError('unreadable-source', `${place} is not an event`, {
      hint: `callbell-status validate ${source} says why`,
    });
  }
  const { value } = parsed;
  const isBare = classifyValue(value) === 'bare-payload';
  const event = isBare ? { event: EVENT_NAME, payload: value } : value;
  const isEvent = isBare || kind === 'status-event' || kind === 'other-event';
  if (!isEvent || !isJsonObject(event) || !isJsonObject(event.payload)) return undefined;
  if (isTooDeep(event)) {
    throw new CallbellStatusError(
      'unreadable-source',
      `${place} is nested more than ${MOST_DEPTH} levels deep, and cannot be written anew`,
    );
  }
  return event as unknown as StatusEvent;
}
