import type { StatusEvent } from '../../domain/event.ts';
import { type AdoptedMessage, adoptMessage } from '../../domain/generate/adopt.ts';
import { isJsonObject } from '../../domain/json.ts';
import { CallbellStatusError } from '../../errors.ts';
import { readCapture } from '../../io/capture/read-capture.ts';
import type { Environment } from '../environment.ts';

/** A capture to start from. */
export interface CapturedEvents {
  readonly events: readonly StatusEvent[];
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
  const events: StatusEvent[] = [];
  for await (const { line, column, bytes, fault } of readCapture(file, environment)) {
    const event = fault === undefined ? parseEvent(bytes) : undefined;
    if (event === undefined) {
      throw new CallbellStatusError('unreadable-source', `${file}:${line}:${column} is not an event`, {
        hint: `callbell-status validate ${file} says why`,
      });
    }
    events.push(event);
  }
  if (events.length > 0) return { events, adopted: adoptMessage(events) };
  throw new CallbellStatusError('unreadable-source', `there is no event in ${file}`);
}

/** What has the shape of an event; whether it is a valid one is not asked, so that wrong ones can be made worse. */
function parseEvent(bytes: Buffer): StatusEvent | undefined {
  try {
    const event: unknown = JSON.parse(bytes.toString('utf8'));
    return isJsonObject(event) && isJsonObject(event.payload) ? (event as StatusEvent) : undefined;
  } catch {
    return undefined;
  }
}
