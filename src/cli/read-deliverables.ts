import { isJsonObject, stringAt } from '../domain/json.ts';
import type { CaptureRecord } from '../io/capture/capture-record.ts';
import { readCapture } from '../io/capture/read-capture.ts';
import type { DeliverableEvent } from '../io/deliver/deliver.ts';
import type { NotSent } from './deliver-events.ts';
import type { Environment } from './environment.ts';

/** Reads captured events to deliver; one that is not JSON is said, not sent. */
export async function* readDeliverables(
  files: readonly string[],
  environment: Environment,
): AsyncGenerator<DeliverableEvent | NotSent> {
  for (const file of files) {
    for await (const record of readCapture(file, environment)) yield toDeliverable(record);
  }
}

function toDeliverable({
  source: file,
  line,
  column,
  bytes,
  fault,
}: CaptureRecord): DeliverableEvent | NotSent {
  const source = `${file}:${line}`;
  if (fault !== undefined) return { notSent: `${source}:${column} is not JSON: ${fault}` };
  let event: unknown;
  try {
    event = JSON.parse(bytes.toString('utf8'));
  } catch {
    return { notSent: `${source}:${column} is not JSON: callbell-status validate ${file} says where` };
  }
  const payload = isJsonObject(event) ? event.payload : undefined;
  const uuid = stringAt(payload, 'uuid');
  const status = stringAt(payload, 'status');
  return { source, bytes, ...(uuid !== undefined && { uuid }), ...(status !== undefined && { status }) };
}
