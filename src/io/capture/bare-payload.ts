import { EVENT_NAME } from '../../domain/event-name.ts';
import type { CaptureRecord } from './capture-record.ts';

/**
 * Whether a record is the inner payload without its envelope, as the dashboard shows it. The answer about the
 * status of a message has one inside: there, too, the innermost wrapping is the payload.
 */
export function isBarePayload({ wrapping }: Pick<CaptureRecord, 'wrapping'>): boolean {
  return wrapping.at(-1) === 'payload';
}

/** The event as Callbell sends it, around the bytes of its payload. */
export function enveloped(payload: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(`{"event":"${EVENT_NAME}","payload":`), payload, Buffer.from('}')]);
}
