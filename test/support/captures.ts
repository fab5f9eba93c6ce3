import { minimalEvent } from './events.ts';

/** The uuid of the message with that number. */
export function uuidOf(message: number): string {
  return message.toString(16).padStart(32, '0');
}

/** A capture with so many events, each of a message of its own, one a line. */
export function captureOf(events: number, status = 'sent'): string {
  return Array.from({ length: events }, (_, index) => `${minimalEvent(uuidOf(index), status)}\n`).join('');
}

/** The uuid in the body of an event. */
export function uuidIn(body: Buffer | string): string {
  const { payload } = JSON.parse(body.toString()) as { payload: { uuid: string } };
  return payload.uuid;
}

/** The status in the body of an event. */
export function statusIn(body: Buffer | string): string {
  const { payload } = JSON.parse(body.toString()) as { payload: { status: string } };
  return payload.status;
}
