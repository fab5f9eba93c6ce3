import type { CaptureKind } from '../../domain/captures/classify.ts';
import { isJsonObject, stringAt } from '../../domain/json.ts';
import { enveloped } from '../../io/capture/bare-payload.ts';
import { sizeOf } from '../../io/capture/capture-piece.ts';
import type { CaptureRecord } from '../../io/capture/capture-record.ts';
import { classifyRecord, requestOf } from '../../io/capture/classify-record.ts';
import type { SourceItem } from './delivery-source.ts';

/** Turns a record of a capture into an event to deliver, or into why it is none. */
export function toSourceItem(record: CaptureRecord, maxEventBytes: number): SourceItem {
  const { source: file, line, column, bytes, fault, faultCode } = record;
  const source = `${file}:${line}`;
  if (faultCode === 'torn-record' || faultCode === 'withheld-body') {
    return { skipped: `${source}: ${fault}`, isForeign: false };
  }
  if (faultCode === 'too-large' || bytes.length > maxEventBytes) {
    const unsendable = `${source} is larger than ${sizeOf(maxEventBytes)}: --max-event takes larger events`;
    return { source, bytes, unsendable, isEvent: record.parsed !== undefined };
  }
  if (fault !== undefined)
    return { source, bytes, isEvent: false, unsendable: `${source}:${column} is not JSON: ${fault}` };
  const kind = classifyRecord(record);
  if (kind === 'status-event' || kind === 'other-event') return toEvent(record, false);
  // The body of a request goes out as it came in.
  if (kind === 'bare-payload') return toEvent(record, requestOf(record) === undefined);
  if (kind !== 'connection-check' && isRecordedPost(record)) return toEvent(record, false);
  if (kind !== 'not-json') {
    const isForeign = kind === 'log-line' || kind === 'not-an-event';
    return { skipped: `${source}: ${WHAT[kind]}`, isForeign };
  }
  const unsendable = `${source}:${column} is not JSON: callbell-status validate ${file} says where`;
  return { source, bytes, unsendable, isEvent: false };
}

const WHAT = {
  'connection-check': 'a check of the connection, not an event',
  'own-line': 'a line of a report of callbell-status, not an event',
  'log-line': 'a line of a log, not an event',
  'not-an-event': 'not an event: it has no "event"',
} as const satisfies Partial<Record<CaptureKind, string>>;

/**
 * Whether a record was posted to a webhook. What came there was meant as an event, and one that is broken or odd is
 * delivered as it came: to see what the handler does with it is why it was recorded. An HTTP archive holds all that a
 * browser sends.
 */
function isRecordedPost(record: CaptureRecord): boolean {
  return record.wrapping.at(-1) !== 'har' && requestOf(record)?.method?.toUpperCase() === 'POST';
}

function toEvent({ source, line, bytes, parsed, receivedAt }: CaptureRecord, isBare: boolean): SourceItem {
  const event = parsed?.value;
  const payload = isBare ? event : isJsonObject(event) ? event.payload : undefined;
  const uuid = stringAt(payload, 'uuid');
  const status = stringAt(payload, 'status');
  return {
    source: `${source}:${line}`,
    bytes: isBare ? enveloped(bytes) : bytes,
    ...(uuid !== undefined && { uuid }),
    ...(status !== undefined && { status }),
    ...(receivedAt !== undefined && { receivedAt }),
  };
}
