import type { CaptureKind } from '../../domain/captures/classify.ts';
import { EVENT_NAME } from '../../domain/event-name.ts';
import { isJsonObject, type JsonObject } from '../../domain/json.ts';
import type { UncountedKind } from '../../domain/report/capture-report.ts';
import { type ReportEvent, readReportEvent } from '../../domain/report/report-event.ts';
import { isBarePayload } from '../../io/capture/bare-payload.ts';
import type { CaptureRecord } from '../../io/capture/capture-record.ts';
import { classifyRecord } from '../../io/capture/classify-record.ts';

/**
 * Reads a record of a capture for a report: the event to count, or the kind of what is none. `unidentified` is a
 * status event that names no message, or none of the seven statuses.
 *
 * @param now the latest time an event without `receivedAt` can be of, in unix milliseconds
 */
export function readRecord(record: CaptureRecord, now: number): ReportEvent | UncountedKind {
  const { faultCode, receivedAt } = record;
  if (faultCode === 'log-line') return 'logLines';
  if (faultCode !== undefined) return faultCode === 'torn-record' ? 'skipped' : 'unrecognised';
  const payload = payloadOf(record);
  if (payload !== undefined) return readReportEvent(payload, receivedAt, now) ?? 'unidentified';
  return KINDS[classifyRecord(record)];
}

const KINDS = {
  'status-event': 'unidentified',
  'bare-payload': 'unidentified',
  'other-event': 'otherEvents',
  'connection-check': 'connectionChecks',
  'own-line': 'ownLines',
  'log-line': 'logLines',
  'not-an-event': 'unrecognised',
  'not-json': 'unrecognised',
} as const satisfies Record<CaptureKind, UncountedKind>;

/** The payload of a status event, with or without its envelope. */
function payloadOf(record: CaptureRecord): JsonObject | undefined {
  const value = record.parsed?.value;
  if (!isJsonObject(value)) return undefined;
  if (isBarePayload(record)) return value;
  return value.event === EVENT_NAME && isJsonObject(value.payload) ? value.payload : undefined;
}
