import type { StatusEvent } from '../../domain/event.ts';
import { EVENT_NAME } from '../../domain/event-name.ts';
import { type AdoptedMessage, adoptMessage } from '../../domain/generate/adopt.ts';
import { isJsonObject } from '../../domain/json.ts';
import { CallbellStatusError } from '../../errors.ts';
import { isBarePayload } from '../../io/capture/bare-payload.ts';
import type { CaptureRecord } from '../../io/capture/capture-record.ts';
import { readCapture } from '../../io/capture/read-capture.ts';
import type { Environment } from '../environment.ts';
import type { PlannedEvent } from './plan.ts';

/** A capture to start from. */
export interface CapturedEvents {
  readonly events: readonly StatusEvent[];
  /** The same, with when each was received where the capture says so, in unix milliseconds. */
  readonly timed: readonly PlannedEvent[];
  /** The message that they are about. */
  readonly adopted: AdoptedMessage;
}

/**
 * Reads the events of a capture to start from. All are held at once: an override must fit one of them before
 * the first is written.
 *
 * @throws {CallbellStatusError} `unreadable-source` for what is not an event
 */
export async function readCapturedEvents(file: string, environment: Environment): Promise<CapturedEvents> {
  const timed: PlannedEvent[] = [];
  for await (const record of readCapture(file, environment)) {
    const { line, column, receivedAt } = record;
    const event = eventOf(record);
    if (event === undefined) {
      throw new CallbellStatusError('unreadable-source', `${file}:${line}:${column} is not an event`, {
        hint: `callbell-status validate ${file} says why`,
      });
    }
    const arrivesAt = receivedAt === undefined ? Number.NaN : Date.parse(receivedAt);
    timed.push(Number.isNaN(arrivesAt) ? { event } : { event, arrivesAt });
  }
  const events = timed.map(({ event }) => event);
  if (events.length > 0) return { events, timed, adopted: adoptMessage(events) };
  throw new CallbellStatusError('unreadable-source', `there is no event in ${file}`);
}

/**
 * What has the shape of an event, an inner payload alone in its envelope; whether it is a valid one is not
 * asked, so that wrong ones can be made worse.
 */
function eventOf(record: CaptureRecord): StatusEvent | undefined {
  const value = record.parsed?.value;
  const event = isBarePayload(record) ? { event: EVENT_NAME, payload: value } : value;
  return isJsonObject(event) && isJsonObject(event.payload) ? (event as unknown as StatusEvent) : undefined;
}
