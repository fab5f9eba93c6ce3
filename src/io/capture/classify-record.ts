import { type CaptureKind, classify } from '../../domain/captures/classify.ts';
import type { CaptureRecord, Wrapping } from './capture-record.ts';

const REQUESTS: ReadonlySet<Wrapping | undefined> = new Set(['http', 'workflow', 'har']);

/** Tells what a record of a capture is. */
export function classifyRecord(record: CaptureRecord): CaptureKind {
  const { bytes, text, parsed } = record;
  if (record.origin !== undefined && bytes.length === 0) return 'connection-check';
  return classify({ text, parsed, request: requestOf(record) });
}

/** Whether a record is a captured request that was one of Callbell's checks of the connection, as `listen` judges it. */
export function isRecordedCheck(record: CaptureRecord): boolean {
  return classifyRecord(record) === 'connection-check';
}

/** The request whose body a record is; undefined where it is not known to be one. */
export function requestOf({
  origin,
  wrapping,
  request,
}: CaptureRecord): { readonly method: string | undefined } | undefined {
  // A body of whose request nothing is known may be any text.
  if (origin === undefined || request === undefined || !REQUESTS.has(wrapping.at(-1))) return undefined;
  return { method: request.method };
}
